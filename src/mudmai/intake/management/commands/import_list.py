"""`mudmai import FILE…`: bring lists in from the command line, the same way as on the screen."""

import hashlib
import sys
import time
from argparse import ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from mudmai.accounts import queries as accounts
from mudmai.intake import queries, services
from mudmai.intake.models import Upload
from mudmai.intake.rules.kinds import list_kinds
from mudmai.intake.rules.layout import Layout
from mudmai.intake.rules.words import KINDS_OF_WHY, OUTCOMES, PHASES, sentence
from mudmai.kernel import clock, dates
from mudmai.kernel.errors import DomainError
from mudmai.people.rules.catalogue import catalogue
from mudmai.places import queries as places

TOTALS = ("rows", "problems", "new_people", "linked", "to_review", "new_households")


def a_day(text: str) -> date:
    """2026-10-01, or 1/10/2569 as people write it."""
    found = dates.thai_date(text, today=clock.today(), may_be_future=True).value
    if found is None:
        raise ArgumentTypeError(_("“%(text)s” is not a day. Write 2026-10-01 or 1/10/2569.") % {"text": text})
    return found.first_day()


def a_kind(text: str) -> str:
    """The code of a kind of list, or its Thai name."""
    for kind in list_kinds():
        if text in (kind.code, kind.th, kind.en):
            return kind.code
    known = ", ".join(kind.code for kind in list_kinds())
    raise ArgumentTypeError(_("There is no kind of list “%(kind)s”. Known: %(kinds)s") % {"kind": text, "kinds": known})


class Command(BaseCommand):
    help = "Bring lists of people or houses in from files: Excel, OpenDocument, CSV."

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> CommandParser:
        # The file cannot be called import.py; its users call it so.
        return super().create_parser(prog_name, "import", **options)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--kind", type=a_kind, help="what the list is; guessed and said where left out")
        parser.add_argument("--area", help="code of the area that the list is about, such as 520306")
        parser.add_argument(
            "--as-of", type=a_day, dest="as_of", help="the day that the list speaks of: 2026-10-01 or 1/10/2569"
        )
        parser.add_argument("--sheet", action="append", help="only the tables of this sheet (may be given again)")
        parser.add_argument("--yes", action="store_true", help="import without asking")
        parser.add_argument(
            "--report", type=Path, metavar="OUT.xlsx", help="write the marked-up list here (a folder for several files)"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
        parser.add_argument("--user", help="act as this user; as the system itself where left out")

    def handle(self, **options: Any) -> None:
        files: list[Path] = options["files"]
        report: Path | None = options["report"]
        if report is not None and len(files) > 1 and not report.is_dir():
            raise CommandError(_("For several files --report takes a folder that exists."))
        self.options = options
        self.by = accounts.user_named(options["user"]) if options["user"] else None
        self.console = Console(stderr=True, quiet=options["json"])
        results = [self.one(path) for path in files]
        if options["json"]:
            self.stdout.write(orjson.dumps(results[0] if len(results) == 1 else together(results)).decode())
        if any("error" in result for result in results):
            sys.exit(1)

    def one(self, path: Path) -> dict[str, Any]:
        """Import one file; what goes wrong with it is said and stops no other."""
        began = time.monotonic()
        try:
            upload = self.upload(path)
            numbers = services.result_of(upload)
        except OSError as problem:
            return self.refused(path, "file_unreadable", problem.strerror or str(problem))
        except DomainError as problem:
            return self.refused(path, problem.code, str(problem))
        numbers["seconds"] = round(time.monotonic() - began, 2)
        self.say_result(path, upload, numbers)
        return numbers

    def refused(self, path: Path, code: str, words: str) -> dict[str, Any]:
        self.stderr.write(f"{path.name}: {words}")
        return {
            "batch": None,
            **dict.fromkeys(TOTALS, 0),
            "seconds": 0,
            "file": path.name,
            "error": code,
            "message": words,
        }

    def upload(self, path: Path) -> Upload:
        """The file from the disk to the registry."""
        data = path.read_bytes()
        upload = queries.interrupted_upload(hashlib.sha256(data).hexdigest(), self.by)
        if upload is not None:
            self.console.print(_("This file was being imported when the work was interrupted; it goes on from there."))
        else:
            upload = self.prepared(path, data)
            self.say_preview(upload)
        if upload.state == Upload.State.IMPORTING or self.agreed(upload):
            with self.progress(path) as listener:
                services.commit(upload, listener=listener)
        if self.options["report"] is not None:
            self.write_report(path, upload)
        return upload

    def prepared(self, path: Path, data: bytes) -> Upload:
        """The file, read, its layout guessed and said, compared with the registry."""
        with self.progress(path) as listener:
            listener("reading", 0, 1)
            upload = services.receive(by=self.by, filename=path.name, data=data)
            services.read(upload)
            if upload.state == Upload.State.FAILED:
                raise services.Unreadable(upload.error)
            services.guess(upload)
            if self.options["sheet"]:
                services.keep_sheets(upload, self.options["sheet"])
            layout = services.set_mapping(
                upload,
                by=self.by,
                kind=self.options["kind"],
                as_of=self.options["as_of"],
                area_code=self.options["area"],
            )
            self.say_layout(path, layout)
            return services.preview(upload, listener=listener)

    def agreed(self, upload: Upload) -> bool:
        if self.options["yes"] or upload.summary.get("twin"):
            return True
        if self.options["json"] or not sys.stdin.isatty():
            self.stderr.write(_("Nothing was imported yet: add --yes to import without asking."))
            return False
        self.console.print(_("Import this list? (y/n)"), end=" ")
        return input().strip().lower() in ("y", "yes", "ใช่", "ตกลง", "ค่ะ", "ครับ")

    def write_report(self, path: Path, upload: Upload) -> None:
        report: Path = self.options["report"]
        target = report / f"{path.stem}.xlsx" if report.is_dir() else report
        target.write_bytes(services.report(upload))
        self.console.print(_("The marked-up list is in %(path)s.") % {"path": target})

    @contextmanager
    def progress(self, path: Path) -> Iterator[Any]:
        """A true progress bar where somebody looks."""
        if not self.console.is_terminal or self.options["json"]:
            yield lambda phase, done, total: None
            return
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=self.console, transient=True) as bar:
            task = bar.add_task(path.name)

            def tell(phase: str, done: int, total: int) -> None:
                bar.update(task, description=_(PHASES.get(phase, phase)), completed=done, total=total or None)

            yield tell

    def say_layout(self, path: Path, layout: Layout) -> None:
        kind = catalogue().kinds[layout.kind]
        words = f" ({', '.join(layout.kind_words)})" if layout.kind_words else ""
        area = places.full_name(layout.area_code) if layout.area_code else "–"
        lines = [
            (_("Kind of list"), f"{kind.th} [{kind.code}]", _(KINDS_OF_WHY[layout.kind_why]) + words),
            (_("As of"), dates.format_thai_date(layout.as_of, "long"), _(KINDS_OF_WHY[layout.as_of_why])),
            (_("Area"), f"{area} [{layout.area_code}]", _(KINDS_OF_WHY[layout.area_why])),
        ]
        self.console.print(f"\n{path.name}", style="bold", markup=False)
        for name, value, reason in lines:
            self.console.print(f"  {name}: {value} — {reason}", markup=False, highlight=False)
        left = [
            c.header for shape in layout.shapes if shape.take for c in shape.columns if not c.attribute and c.header
        ]
        if left:
            names = ", ".join(dict.fromkeys(left))
            self.console.print("  " + _("Columns left out: %(names)s") % {"names": names}, markup=False)

    def say_preview(self, upload: Upload) -> None:
        for code, params in upload.summary.get("remarks", []):
            self.console.print("  " + _(sentence(code)) % params, markup=False, style="yellow")
        for outcome, count in upload.summary.get("outcomes", {}).items():
            self.console.print(f"  {_(OUTCOMES[outcome])}: {count:,}", markup=False)

    def say_result(self, path: Path, upload: Upload, numbers: dict[str, Any]) -> None:
        if upload.state != Upload.State.DONE or upload.summary.get("twin"):
            return
        self.console.print(
            _(
                "%(rows)s rows in %(seconds)s s: %(new_people)s new people, %(linked)s known, %(new_households)s new "
                "households, %(to_review)s to be decided, %(problems)s with a problem. Batch %(batch)s."
            )
            % numbers,
            markup=False,
            highlight=False,
        )


def together(results: list[dict[str, Any]]) -> dict[str, Any]:
    """The numbers of several files, summed up, with those of each."""
    totals: dict[str, Any] = {name: sum(result[name] for result in results) for name in (*TOTALS, "seconds")}
    return {"batch": [result["batch"] for result in results], **totals, "files": results}
