"""`mudmai demo`: an invented town, loaded from its ten lists through the real import, and served."""

import csv
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from mudmai.access import services as access
from mudmai.accounts import queries as accounts
from mudmai.intake import services as intake
from mudmai.kernel import clock
from mudmai.linkage import queries as linkage
from mudmai.needs import queries as needed
from mudmai.needs import services as needs
from mudmai.people import queries as people
from mudmai.people.rules.catalogue import catalogue
from mudmai.places import services as places
from mudmai.rights import queries as entitled
from mudmai.rights import services as rights
from mudmai.site import serving
from mudmai.site.demo import AS_OF, SEED, DemoFile, write_demo
from mudmai.site.demo.hard.files import write_hard_demo
from mudmai.site.demo.meeting import hold_assembly
from mudmai.site.demo.visits import SECOND, SECOND_NAME, TEAM, week_of_visits
from mudmai.surveys.rules.ready import ready_forms

if TYPE_CHECKING:
    from mudmai.intake.models import Upload

TAMBON, VILLAGE = "520306", "52030601"
HALF_YEAR = AS_OF.replace(month=6, day=30)
PASSWORD = "mudmai-2569"  # noqa: S105  # printed for everybody: the people are invented
CAST = (
    ("somsri", "สมศรี ใจงาม", "registrar", TAMBON),
    ("wichai", "วิชัย คำแสน", "case_manager", TAMBON),
    ("noi", "น้อย แก้วมา", "volunteer", VILLAGE),
    ("nayok", "นายกเทศมนตรี", "viewer", TAMBON),
    ("admin", "ผู้ดูแลระบบ", "administrator", ""),
)


def write_villages(boundaries: Path) -> Path:
    """The villages of the drawn outlines as a list of codes and names, as an operator would load them."""
    path = boundaries.with_name("villages.csv")
    features = json.loads(boundaries.read_text(encoding="utf-8"))["features"]
    villages = [feature["properties"] for feature in features if len(feature["properties"]["code"]) == 8]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["code", "moo", "name_th"])
        writer.writerows([each["code"], int(each["code"][6:]), each["name_th"]] for each in villages)
    return path


class Command(BaseCommand):
    help = "Load the invented town through the real import and show it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="stop when the town is loaded")
        parser.add_argument("--port", type=int, default=8000, help="the first port to try")
        parser.add_argument("--households", type=int, default=2200, help="how large the town is")
        parser.add_argument(
            "--hard", action="store_true", help="a register and three lists that are hard to link, instead of the ten"
        )

    def handle(self, **options: Any) -> None:
        self.console = Console()
        if not settings.DEMO_MARK.exists():
            if people.area_numbers([""], clock.today()).people:
                self.stderr.write(
                    _("There are people in this registry already, so the invented town was not mixed in. "
                      "Set MUDMAI_HOME to an empty folder to see the demo.")
                )  # fmt: skip
                raise SystemExit(1)
            self._load(settings.HOME / "demo", options["households"], hard=options["hard"])
            settings.DEMO_MARK.touch()
        self._tell()
        if not options["no_serve"]:
            port = serving.free_port("127.0.0.1", options["port"])
            serving.serve(host="127.0.0.1", port=port)

    def _load(self, folder: Path, households: int, *, hard: bool) -> None:
        started = time.monotonic()
        with self.console.status(_("Inventing the town")):
            files, boundaries = self._written(folder, households, hard=hard)
            places.load_file(write_villages(boundaries))
            places.load_file(boundaries)
        self._users()
        table = Table(title=_("The lists, brought in one after another"))
        for heading in (_("File"), _("Kind"), _("Rows"), _("New people"), _("Linked"), _("To review"), _("Problems")):
            left = heading in {_("File"), _("Kind")}
            table.add_column(heading, justify="left" if left else "right", overflow="fold")
        for file in files:
            upload = self._bring_in(file)
            numbers = intake.result_of(upload)
            counts = [numbers[key] for key in ("rows", "new_people", "linked", "to_review", "problems")]
            table.add_row(upload.filename, catalogue().kinds[upload.kind].th, *(f"{n:,}" for n in counts))
        self.console.print(table)
        if not hard:
            self._visit()
        self._assess()
        self.console.print(_("Loaded in %(seconds)s seconds.") % {"seconds": f"{time.monotonic() - started:.0f}"})

    def _visit(self) -> None:
        """A team, its forms and a week of visits, sent as phones send them; then the village meets and signs."""
        officer, volunteer = accounts.user_named("somsri"), accounts.user_named("noi")
        with self.console.status(_("Going from house to house")):
            sent = week_of_visits(officer=officer, volunteer=volunteer, area_code=VILLAGE, password=PASSWORD, seed=SEED)
            hold_assembly(VILLAGE, by=officer, on=clock.today())
        table = Table(title=_("A week of visits in %(village)s") % {"village": f"หมู่ที่ {int(VILLAGE[6:])}"})
        table.add_column(_("Form"))
        table.add_column(_("Sent"), justify="right")
        for code, number in sent.forms.items():
            table.add_row(ready_forms()[code].title, f"{number:,}")
        table.add_row(_("Photos"), f"{sent.photos:,}")
        self.console.print(table)

    def _assess(self) -> None:
        """Who needs what first, who is entitled to what; and how it was in the middle of the year, to compare."""
        officer = accounts.user_named("somsri")
        with self.console.status(_("Finding out who needs what first")):
            needs.assess_all()
            rights.evaluate_all()
            needs.fill_snapshot(needs.take_snapshot(by=officer, area_code=TAMBON, as_of=HALF_YEAR).pk)

    def _written(self, folder: Path, households: int, *, hard: bool) -> tuple[Sequence[DemoFile], Path]:
        """The lists in the order of import, and the boundaries."""
        if hard:
            return write_hard_demo(folder, seed=SEED, as_of=AS_OF)
        town = write_demo(folder, households=households)
        return town.files, town.boundaries

    def _bring_in(self, file: DemoFile) -> "Upload":
        """One list through the same steps as on the screen: every guess as it is, the day put right by hand."""
        path = file.path
        with Progress(console=self.console, transient=True) as bar:
            task = bar.add_task(path.name, total=None)

            def listener(phase: str, done: int, total: int) -> None:
                bar.update(task, description=f"{path.name} {phase}", completed=done, total=total or None)

            officer = accounts.user_named("somsri")
            upload = intake.receive(by=officer, filename=path.name, data=path.read_bytes())
            intake.read(upload)
            intake.guess(upload)
            intake.set_mapping(upload, as_of=file.as_of)
            intake.preview(upload, listener=listener)
            return intake.commit(upload, listener=listener)

    def _users(self) -> None:
        for username, full_name, role, area in CAST:
            if not accounts.all_users().filter(username=username).exists():
                access.add_user(
                    by=None, username=username, full_name=full_name, password=PASSWORD, role=role, area_code=area
                )

    def _tell(self) -> None:
        numbers = people.area_numbers([TAMBON], clock.today())
        words = (
            (_("households"), numbers.households),
            (_("with a pin"), numbers.pinned),
            (_("people"), numbers.people),
            (_("aged 60 and over"), numbers.elderly),
            (_("bedridden"), numbers.facts.get("bedridden", 0)),
            (_("registered disabled"), numbers.facts.get("disabled", 0)),
            (_("on the TPMAP list"), numbers.facts.get("tpmap", 0)),
            (_("red cases, to be seen first"), needed.area_needs([TAMBON]).red),
            (_("entitled, and not receiving"), entitled.missed_numbers(TAMBON).people),
            (_("'same person?' questions waiting"), linkage.open_count(accounts.user_named("somsri"))),
        )
        table = Table(title=_("The invented town of Ko Kha"), show_header=False)
        for label, number in words:
            table.add_row(label, f"{number:,}")
        self.console.print(table)
        signs = Table(title=_("Sign in as (password of all: %(password)s)") % {"password": PASSWORD})
        for heading in (_("user"), _("who"), _("duty")):
            signs.add_column(heading)
        for username, full_name, role, area in CAST:
            signs.add_row(username, full_name, f"{role} {area}".strip())
        if accounts.all_users().filter(username=SECOND).exists():
            signs.add_row(SECOND, SECOND_NAME, TEAM)
        self.console.print(signs)
