"""Loads villages and communities (8 digits), and points of villages."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mudmai.kernel.text import cell_text
from mudmai.places.models import AbolishedCode, Area, LocalGovernment
from mudmai.places.rules import clean_code, is_community
from mudmai.places.services.cells import is_marked, point_in
from mudmai.places.services.joining import Joiner
from mudmai.places.services.report import LoadReport, Problem
from mudmai.places.services.tables import Table
from mudmai.places.services.upsert import upsert

_NAMES = ("level", "kind", "name_th", "name_en", "parent_code")
_POINTS = ("lat", "lon")
_LONGEST = 200


def load_villages(table: Table, columns: dict[str, str], joiner: Joiner, report: LoadReport) -> None:
    """Load villages under their tambons; those that the list marks as abolished are kept as abolished codes."""
    _load(table, columns, joiner, report, "village", lambda code: code[:6], _tambon_problem)


def load_communities(table: Table, columns: dict[str, str], joiner: Joiner, report: LoadReport) -> None:
    """Load communities under the registrar codes of their municipalities."""
    offices = set(LocalGovernment.objects.values_list("geocode", flat=True))
    if not offices:
        report.notes.append(_("Load the local governments too, so that each community shows its municipality."))

    def office_problem(joiner: Joiner, where: str, code: str) -> Problem | None:
        if code[:2] not in joiner.codes:
            return joiner.problem(where, code)
        if offices and code[:4] not in offices:
            message = _("No local government has the registrar code %(code)s.") % {"code": code[:4]}
            return Problem(where, code, "unknown_municipality", message)
        return None

    _load(table, columns, joiner, report, "community", lambda code: code[:4], office_problem)


ParentOf = Callable[[str], str]
Check = Callable[[Joiner, str, str], Problem | None]


def _tambon_problem(joiner: Joiner, where: str, code: str) -> Problem | None:
    if is_community(code):
        message = _("%(code)s is the code of a community, not of a village. Load it with --kind communities.")
        return Problem(where, code, "community_code", message % {"code": code})
    return None if code[:6] in joiner.codes else joiner.problem(where, code[:6])


def _load(
    table: Table, columns: dict[str, str], joiner: Joiner, report: LoadReport, kind: str, parent: ParentOf, check: Check
) -> None:
    areas: list[Area] = []
    gone: list[AbolishedCode] = []
    seen: set[str] = set()
    for done, (row, where) in enumerate(zip(table.rows, table.where, strict=True), start=1):
        joiner.step(done)
        code, name = clean_code(row.get(columns["code"])), cell_text(row.get(columns["name_th"]))
        problem = _row_problem(joiner, where, code or cell_text(row.get(columns["code"])), name, seen, check)
        if problem is not None:
            report.leave_out(problem)
            continue
        seen.add(code)
        name_en = cell_text(row.get(columns.get("name_en", "")))[:_LONGEST]
        if is_marked(row.get(columns.get("abolished", ""))):
            gone.append(AbolishedCode(code=code, name_th=name, name_en=name_en))
            continue
        area = Area(code=code, level=4, kind=kind, name_th=name, name_en=name_en, parent_code=parent(code))
        area.lat, area.lon = point_in(row, columns)
        areas.append(area)
    _write(areas, gone, columns, report)


def _write(areas: list[Area], gone: list[AbolishedCode], columns: dict[str, str], report: LoadReport) -> None:
    # Rows without a point keep the one that another file brought.
    upsert(Area, [area for area in areas if area.lat is not None], (*_NAMES, *_POINTS), report)
    upsert(Area, [area for area in areas if area.lat is None], _NAMES, report)
    upsert(AbolishedCode, gone, ("name_th", "name_en"), report)
    nameless = sum(not area.name_th for area in areas)
    if nameless:
        message = ngettext("%(n)s row has no name.", "%(n)s rows have no name.", nameless)
        report.notes.append(message % {"n": nameless})


def _row_problem(joiner: Joiner, where: str, code: str, name: str, seen: set[str], check: Check) -> Problem | None:
    if len(code) != 8 or not code.isdecimal():
        if not code:
            return Problem(where, code, "no_code", _("The row has no code."))
        return Problem(where, code, "not_8_digits", _("“%(code)s” is not a code of 8 digits.") % {"code": code[:30]})
    if code in seen:
        return Problem(where, code, "twice", _("The code %(code)s stands in the file twice.") % {"code": code})
    if len(name) > _LONGEST:
        return Problem(where, code, "long_name", _("The name has more than 200 letters."))
    return check(joiner, where, code)


def load_points(table: Table, columns: dict[str, str], joiner: Joiner, report: LoadReport) -> None:
    """Give villages that are known their points; names and codes stay as they are."""
    joiner.codes = {code for code in joiner.codes if len(code) == 8}
    header = columns["code"] if table.geometries is None else joiner.code_header(table, joiner.codes)
    points: list[Area] = []
    for done, (row, where) in enumerate(zip(table.rows, table.where, strict=True), start=1):
        joiner.step(done)
        code = joiner.join(where, row.get(header))
        if code is None:
            continue
        lat, lon = _point_of(table, done - 1) if table.geometries is not None else point_in(row, columns)
        if lat is None:
            message = _("The row has no point in Thailand.")
            report.leave_out(Problem(where, code, "no_point", message))
        else:
            points.append(Area(code=code, level=len(code) // 2, lat=lat, lon=lon))
    report.same += len(points) - len({area.code for area in points})
    upsert(Area, points, _POINTS, report)


def _point_of(table: Table, index: int) -> tuple[float | None, float | None]:
    shape = table.geometries[index]
    if shape is None or shape.is_empty:
        return (None, None)
    point = shape.representative_point()
    return (round(point.y, 6), round(point.x, 6))
