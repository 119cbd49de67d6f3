"""`mudmai places`: load lists of places and boundaries, set the basemap, look up codes, check what is there."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from rich.progress import Progress

from mudmai.kernel.errors import DomainError
from mudmai.places.models import Area
from mudmai.places.queries import area, area_or_none, basemap_facts, children, findings, full_name, totals
from mudmai.places.rules.columns import KINDS
from mudmai.places.services import LoadReport, Problem, load_file, remove, remove_basemap, set_basemap
from mudmai.places.services.removal import REMOVABLE

_SHOWN = 20


class Command(BaseCommand):
    help = "Load villages, communities, boundaries, local governments and a basemap; look up and check places."

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        load = parts.add_parser("load", help="load files: CSV, GeoJSON (.gz), zipped Shapefile")
        load.add_argument("files", nargs="+", type=Path, metavar="FILE")
        load.add_argument("--kind", choices=sorted(KINDS), help="what the files list; guessed where left out")
        load.add_argument("--crs", default="", help="coordinate system where a file does not say it: EPSG:32647 …")
        basemap = parts.add_parser("basemap", help="set the basemap, or say which is set")
        basemap.add_argument("file", nargs="?", type=Path, metavar="FILE.pmtiles")
        basemap.add_argument("--remove", action="store_true", help="take the basemap away")
        listed = parts.add_parser("list", help="the areas below a code; the provinces without one")
        listed.add_argument("code", nargs="?", default="")
        check = parts.add_parser("check", help="say what is loaded, missing or contradictory")
        check.add_argument("code", nargs="?", default="", help="only inside this area")
        taken = parts.add_parser("remove", help="take away what was loaded of a kind")
        taken.add_argument("kind", choices=REMOVABLE)
        taken.add_argument("code", nargs="?", default="", help="only inside this area")
        for part in (load, basemap, listed, check, taken):
            part.add_argument("--json", action="store_true", help="print one JSON object for scripts")

    def handle(self, *_args: Any, **options: Any) -> None:
        self.is_well = True
        done = getattr(self, f"do_{options['part']}")(options)
        if options["json"]:
            self.stdout.write(json.dumps(done, ensure_ascii=False, indent=1, default=str))
        if not self.is_well:
            sys.exit(1)

    def say(self, options: dict[str, Any], sentence: str) -> None:
        if not options["json"]:
            self.stdout.write(sentence)

    def do_load(self, options: dict[str, Any]) -> dict[str, Any]:
        """Load each file by itself: one that is refused keeps none of the others out."""
        done: list[dict[str, Any]] = []
        for path in options["files"]:
            try:
                with _bar(path.name, hidden=options["json"]) as progress:
                    report = load_file(path, kind=options["kind"], crs=options["crs"], progress=progress)
            except DomainError as refusal:
                self.is_well = False
                done.append({"file": path.name, "error": str(refusal)})
                self.say(options, f"✗ {refusal}")
            else:
                done.append(report.as_json())
                for sentence in sentences(report):
                    self.say(options, sentence)
        return {"files": done}

    def do_basemap(self, options: dict[str, Any]) -> dict[str, Any]:
        if options["remove"]:
            gone = remove_basemap()
            self.say(options, _("The basemap was taken away.") if gone else _("There was no basemap."))
            return {"removed": gone}
        facts = set_basemap(options["file"]) if options["file"] else basemap_facts()
        if facts is None:
            self.say(options, _("There is no basemap. The map shows boundaries and pins."))
            return {"file": None}
        words = {
            "size": f"{facts.size / 2**20:.1f}",
            "type": facts.header.tile_type,
            "low": facts.header.min_zoom,
            "high": facts.header.max_zoom,
        }
        self.say(options, _("Basemap: %(size)s MB, tiles %(type)s, zoom %(low)s to %(high)s.") % words)
        return facts.as_json()

    def do_list(self, options: dict[str, Any]) -> dict[str, Any]:
        code = options["code"]
        below = children(code)
        if code and not below:
            area(code)  # says so where there is none
        if code:
            self.say(options, full_name(code))
        for found in below:
            self.say(options, f"  {found.code:<8}  {found.title}")
        self.say(options, _("%(n)s areas") % {"n": len(below)})
        return {"area": _plain(area_or_none(code)), "below": [_plain(found) for found in below]}

    def do_check(self, options: dict[str, Any]) -> dict[str, Any]:
        counted, found = totals(options["code"]), findings(options["code"])
        labels = _labels()
        for name, number in counted.items():
            self.say(options, f"{number:>9,}  {labels.get(name, name)}")
        for finding in found:
            sign = "✗" if finding.level == "error" else "!"
            self.say(options, f"{sign} {finding.message} {', '.join(finding.codes)}")
        if not found:
            self.say(options, _("Nothing is missing and nothing contradicts."))
        self.is_well = not any(finding.level == "error" for finding in found)
        return {"totals": counted, "findings": [asdict(finding) for finding in found]}

    def do_remove(self, options: dict[str, Any]) -> dict[str, Any]:
        count = remove(options["kind"], options["code"])
        self.say(options, _("%(n)s rows of %(kind)s were taken away.") % {"n": count, "kind": options["kind"]})
        return {"kind": options["kind"], "area": options["code"], "removed": count}


def sentences(report: LoadReport) -> Iterator[str]:
    """A report in words: what the file was, what became of its rows, and the rows that did not join."""
    labels = _labels()
    words = {
        name: getattr(report, name) for name in ("file", "rows", "added", "changed", "same", "left_out", "seconds")
    }
    words["kind"] = labels.get(report.kind, report.kind)
    yield _("%(file)s: %(kind)s, %(rows)s rows in %(seconds)s s") % words
    yield "  " + _("new %(added)s · changed %(changed)s · same %(same)s · left out %(left_out)s") % words
    for note in report.notes:
        yield f"  · {note}"
    yield from _told(report.problems, report.left_out)
    disagreeing = report.reasons["other_name"]
    if report.conflicts:
        yield "  " + _("%(n)s rows disagree with the national list:") % {"n": disagreeing}
        yield from _told(report.conflicts, disagreeing)


def _told(problems: list[Problem], count: int) -> Iterator[str]:
    for problem in problems[:_SHOWN]:
        yield f"  ! {problem.where}: {problem.message}"
    if count > _SHOWN:
        yield "  " + _("… and %(n)s more; --json tells up to 200.") % {"n": count - min(_SHOWN, len(problems))}


def _labels() -> dict[str, str]:
    return {
        "province": _("provinces"),
        "district": _("districts"),
        "khet": _("khet of Bangkok"),
        "tambon": _("tambons"),
        "khwaeng": _("khwaeng of Bangkok"),
        "village": _("villages"),
        "community": _("communities"),
        "boundaries": _("boundaries"),
        "local_governments": _("local governments"),
        "population_rows": _("rows of population"),
        "villages": _("villages"),
        "village_points": _("points of villages"),
        "communities": _("communities"),
        "coverage": _("areas of local governments"),
        "population": _("population"),
        "codes": _("list of codes"),
    }


def _plain(found: Area | None) -> dict[str, Any] | None:
    if found is None:
        return None
    names = ("code", "kind", "name_th", "name_en", "postcode", "lat", "lon", "abolished_on", "successors")
    return {name: getattr(found, name) for name in names}


@contextmanager
def _bar(name: str, *, hidden: bool) -> Iterator[Any]:
    """A progress bar on standard error, only where a person looks at it."""
    if hidden or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(name, total=None)
        yield lambda done, rows: progress.update(task, completed=done, total=rows)
