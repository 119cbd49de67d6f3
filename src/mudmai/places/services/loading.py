"""Loads a file of places: finds out what it is, joins it to the areas by code, and tells what did not join."""

from collections.abc import Callable
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from mudmai.audit.services import record
from mudmai.places.rules.columns import KINDS, guess_kind, meanings
from mudmai.places.services import codelists, governments, outlines, population, villages
from mudmai.places.services.editions import AREAS, BOUNDARIES, mark_changed
from mudmai.places.services.joining import Joiner
from mudmai.places.services.national import ensure_national_codes
from mudmai.places.services.reading import read_table
from mudmai.places.services.report import LoadReport, Progress
from mudmai.places.services.tables import CannotRead, Table

Loader = Callable[[Table, dict[str, str], Joiner, LoadReport], None]

_LOADERS: dict[str, Loader] = {
    "boundaries": outlines.load,
    "villages": villages.load_villages,
    "village_points": villages.load_points,
    "communities": villages.load_communities,
    "local_governments": governments.load,
    "coverage": governments.load_coverage,
    "population": population.load,
    "codes": codelists.compare,
}
_POLYGONS = {"Polygon", "MultiPolygon"}


def load_file(
    path: Path | str, *, kind: str | None = None, crs: str = "", progress: Progress | None = None
) -> LoadReport:
    """Load a file of boundaries, villages, communities, local governments, coverage or population, whole or not at all.

    Loading the same file again changes nothing. What it is about is guessed where `kind` is left out. `crs` names the
    coordinate system of a file that does not. Rows that do not join are told in the report, with what follows an
    abolished code. Raises CannotRead.
    """
    path = Path(path)
    report = LoadReport(file=path.name)
    table = read_table(path)
    report.rows = len(table.rows)
    report.kind, report.guessed = _kind(table, path.name, kind), kind is None
    columns = _columns(table, path.name, report.kind)
    with transaction.atomic():
        ensure_national_codes()
        if table.geometries is not None:
            outlines.prepare(table, path.name, crs)
        joiner = Joiner(report, len(table.rows), progress)
        _LOADERS[report.kind](table, columns, joiner, report)
        report.notes = table.notes + report.notes
        _mark(report)
    return report.finish()


def _kind(table: Table, name: str, kind: str | None) -> str:
    if kind is not None and kind not in KINDS:
        message = _("There is no kind “%(kind)s”. Choose one of: %(kinds)s.")
        raise CannotRead(message % {"kind": kind, "kinds": ", ".join(KINDS)})
    shapes = table.geometries if table.geometries is not None else []
    polygons = any(shape is not None and shape.geom_type in _POLYGONS for shape in shapes)
    if kind is None and shapes is not None and len(shapes) and not polygons:
        kind = "village_points"
    guessed = kind or guess_kind(table.headers, table.rows, polygons=polygons)
    if not guessed:
        message = _("What %(file)s lists cannot be told by its columns (%(headers)s). Say it with --kind: %(kinds)s.")
        words = {"file": name, "headers": ", ".join(table.headers[:12]), "kinds": ", ".join(KINDS)}
        raise CannotRead(message % words)
    return guessed


def _columns(table: Table, name: str, kind: str) -> dict[str, str]:
    """Meaning -> header. Outlines and points bring their own columns and find the code by its values."""
    known = meanings(table.headers)
    if table.geometries is not None:
        return known
    missing = [column for column in KINDS[kind] if column not in known]
    if kind == "boundaries":
        raise CannotRead(_("%(file)s holds no shapes. Boundaries come as GeoJSON or Shapefile.") % {"file": name})
    if missing:
        message = _("%(file)s lacks the column “%(column)s”, which a list of %(kind)s must have.")
        raise CannotRead(message % {"file": name, "column": missing[0], "kind": kind})
    return known


def _mark(report: LoadReport) -> None:
    if report.kind == "codes":
        return
    if report.added or report.changed:
        mark_changed(BOUNDARIES if report.kind == "boundaries" else AREAS)
    record(
        None, "places.file.loaded", "places", report.kind, file=report.file,
        added=report.added, changed=report.changed, same=report.same, left_out=report.left_out,
    )  # fmt: skip
