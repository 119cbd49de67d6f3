"""Loads local governments and the tambons they cover."""

from typing import Any

from django.utils.translation import gettext as _

from mudmai.kernel.text import cell_text
from mudmai.places.models import Coverage, LocalGovernment
from mudmai.places.rules import clean_code
from mudmai.places.services.cells import is_marked, point_in
from mudmai.places.services.joining import Joiner
from mudmai.places.services.report import LoadReport, Problem
from mudmai.places.services.tables import Table
from mudmai.places.services.upsert import upsert

_FIELDS = ("geocode", "kind", "name_th", "name_en", "district_code", "lat", "lon", "url", "is_abolished")

_KINDS = {
    "tao": "tao",
    "อบต": "tao",
    "องค์การบริหารส่วนตำบล": "tao",
    "thesabantambon": "tambon_municipality",
    "เทศบาลตำบล": "tambon_municipality",
    "ทต": "tambon_municipality",
    "thesabanmueang": "town_municipality",
    "เทศบาลเมือง": "town_municipality",
    "ทม": "town_municipality",
    "thesabannakhon": "city_municipality",
    "เทศบาลนคร": "city_municipality",
    "ทน": "city_municipality",
    "pao": "pao",
    "อบจ": "pao",
    "องค์การบริหารส่วนจังหวัด": "pao",
    "specialbkk": "bangkok",
    "กรุงเทพมหานคร": "bangkok",
    "specialpattaya": "pattaya",
    "เมืองพัทยา": "pattaya",
}


def load(table: Table, columns: dict[str, str], joiner: Joiner, report: LoadReport) -> None:
    """Load local governments by their code."""
    rows: dict[str, LocalGovernment] = {}
    for done, (row, where) in enumerate(zip(table.rows, table.where, strict=True), start=1):
        joiner.step(done)
        found = _local_government(row, columns)
        problem = _problem(joiner, where, found, cell_text(row.get(columns["government_kind"])), rows)
        if problem is None:
            rows[found.code] = found
        else:
            report.leave_out(problem)
    upsert(LocalGovernment, rows.values(), _FIELDS, report)


def _local_government(row: dict[str, Any], columns: dict[str, str]) -> LocalGovernment:
    def told(meaning: str) -> str:
        return cell_text(row.get(columns.get(meaning, "")))

    lat, lon = point_in(row, columns)
    return LocalGovernment(
        code=told("local_government")[:20],
        geocode=clean_code(told("geocode")),
        kind=_KINDS.get(told("government_kind").lower().replace(".", "").replace(" ", ""), ""),
        name_th=told("name_th")[:200],
        name_en=told("name_en")[:200],
        district_code=clean_code(told("district"))[:4],
        lat=lat,
        lon=lon,
        url=told("url")[:300],
        is_abolished=is_marked(row.get(columns.get("abolished", ""))),
    )


def _problem(
    joiner: Joiner, where: str, found: LocalGovernment, kind: str, seen: dict[str, LocalGovernment]
) -> Problem | None:
    if not found.code or not found.name_th:
        return Problem(where, found.code, "no_code", _("The row has no code or no name."))
    if found.code in seen:
        return Problem(
            where, found.code, "twice", _("The code %(code)s stands in the file twice.") % {"code": found.code}
        )
    if not found.kind:
        message = _("“%(kind)s” is no kind of local government.") % {"kind": kind[:40]}
        return Problem(where, found.code, "unknown_kind", message)
    if found.geocode and found.geocode[:2] not in joiner.codes:
        return joiner.problem(where, found.geocode)
    return None


def load_coverage(table: Table, columns: dict[str, str], joiner: Joiner, report: LoadReport) -> None:
    """Load which tambons each local government covers; the file's list for a local government replaces the old one."""
    offices = set(LocalGovernment.objects.values_list("code", flat=True))
    wanted: dict[tuple[str, str], bool] = {}
    for done, (row, where) in enumerate(zip(table.rows, table.where, strict=True), start=1):
        joiner.step(done)
        office = cell_text(row.get(columns["local_government"]))
        if office not in offices:
            message = _("No local government has the code %(code)s. Load the local governments first.")
            report.leave_out(Problem(where, office[:20], "unknown_local_government", message % {"code": office[:20]}))
            continue
        code = joiner.join(where, row.get(columns["code"]))
        if code is not None:
            part = cell_text(row.get(columns.get("coverage", ""))).lower()
            report.same += (office, code) in wanted
            wanted[office, code] = not part.startswith(("part", "บางส่วน"))
    _write_coverage(wanted, report)


def _write_coverage(wanted: dict[tuple[str, str], bool], report: LoadReport) -> None:
    standing = {
        (row.local_government_id, row.area_code): row
        for row in Coverage.objects.filter(local_government__in={office for office, _code in wanted})
    }
    fresh = [key for key in wanted if key not in standing]
    changed = [row for key, row in standing.items() if key in wanted and row.whole != wanted[key]]
    for row in changed:
        row.whole = not row.whole
    Coverage.objects.filter(pk__in=[row.pk for key, row in standing.items() if key not in wanted]).delete()
    Coverage.objects.bulk_update(changed, ["whole"], batch_size=500)
    Coverage.objects.bulk_create(
        [Coverage(local_government_id=office, area_code=code, whole=wanted[office, code]) for office, code in fresh],
        batch_size=2000,
    )
    report.added += len(fresh)
    report.changed += len(changed)
    report.same += len(wanted) - len(fresh) - len(changed)
