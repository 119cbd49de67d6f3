"""People side by side: each line with every one's value, its source, and whether it agrees with the row, in words."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mudmai.access.queries import scope_for
from mudmai.accounts.models import User
from mudmai.kernel.ids import mask_cid
from mudmai.linkage.queries import Candidate, Case, Side
from mudmai.linkage.rules.letters import Piece, pieces
from mudmai.linkage.rules.words import COMPARED, FINDINGS, UNKNOWN_FINDING, Finding
from mudmai.people import services as people
from mudmai.people.rules.catalogue import catalogue
from mudmai.places import queries as places

AGREE, DIFFER, CLASH, MISSING = "agree", "differ", "clash", "missing"
# The line in which each comparison of the evidence is shown.
LINES = {
    "cid": "cid", "given": "given_name", "family": "family_name", "birth": "birth_date", "sex": "sex", "house": "house",
    "phone": "phone",
}  # fmt: skip
_FIRST = ("title", "given_name", "family_name", "nickname", "birth_date", "sex")
# Shown in lines of their own, or ties that say nothing here.
_APART = frozenset({"cid", "lives_at", "registered_at", "listed_area", "caregiver_of", "phone", *_FIRST})
# What is found where two values are the same, however they are written.
WHOLE = frozenset(sentence for (_name, level), sentence in FINDINGS.items() if level in ("exact", "same"))
MOST_MEMBERS = 8
MOST_SEEN = 5


class Cell(NamedTuple):
    """One value of one person, with where it came from."""

    parts: list[Piece]
    value: str
    is_date: bool
    source: str
    on: date | None


EMPTY = Cell([], "", False, "", None)


class Line(NamedTuple):
    """One thing about one person, against the row: `words` says what was found, in a sentence."""

    label: str
    cell: Cell
    row: Cell  # what the row tells, to be shown beside it on a narrow screen
    verdict: str  # "" in the row's own column
    words: str


class Column(NamedTuple):
    """One person of the case with all lines, in the order of every column."""

    side: Side
    lines: list[Line]
    source: tuple[str, date | None]  # where most of it comes from
    members: list[Any]
    more: int
    seen: list[Any]
    unseen: int
    more_findings: list[str]  # of comparisons that have no line
    candidate: Candidate | None = None


class Compared(NamedTuple):
    """The row, its candidates and the others; apart, what only one of them tells: (label, [(name, cell)])."""

    row: Column
    candidates: list[Column]
    others: list[Column]
    one_sided: list[tuple[str, list[tuple[str, Cell]]]]


def compared(case: Case, user: User) -> Compared:
    """The columns of a case."""
    language = get_language() or "th"
    sides = [case.row, *(each.side for each in case.candidates), *(each.side for each in case.others)]
    cells = [_cells(side, user, language) for side in sides]
    found: list[dict[str, Finding]] = [{}]
    found += [{LINES[f.code]: f for f in each.findings if f.code in LINES} for each in case.candidates]
    found += [{} for _other in case.others]
    codes = _codes(cells, found)
    both = [code for code in codes if _is_compared(code, cells, found)]
    mark = len(sides) == 2
    columns = [
        _column(side, [_line(code, cells[0], cells[at], found[at], language) for code in both])
        for at, side in enumerate(sides)
    ]
    columns[0] = columns[0]._replace(lines=_own(columns[0].lines, columns[1].lines if mark else None))
    count = len(case.candidates)
    candidates = [
        column._replace(candidate=each, more_findings=_unplaced(each.findings))
        for column, each in zip(columns[1 : count + 1], case.candidates, strict=True)
    ]
    named = list(zip((side.name for side in sides), cells, strict=True))
    alone = [
        (_label(code, language), [(name, own[code]) for name, own in named if code in own])
        for code in codes
        if code not in both
    ]
    return Compared(columns[0], candidates, columns[count + 1 :], alone)


def _codes(cells: list[dict[str, Cell]], found: list[dict[str, Finding]]) -> list[str]:
    """Who they are first, then where and how they are reached, then whatever else was told of them."""
    told = {code for own in cells for code in own} | {code for own in found for code in own}
    rest = [code for code in catalogue().attributes if code not in _APART]
    return [code for code in ("cid", *_FIRST, "house", "phone", *rest) if code in told]


def _is_compared(code: str, cells: list[dict[str, Cell]], found: list[dict[str, Finding]]) -> bool:
    if any(_words(own.get(code)) for own in found):
        return True
    return code in cells[0] and any(code in own for own in cells[1:])


def _column(side: Side, lines: list[Line]) -> Column:
    counts = Counter((line.cell.source, line.cell.on) for line in lines if line.cell.source)
    source = counts.most_common(1)[0][0] if counts else ("", None)
    # Where most values come from is said once, at the head of the column.
    lines = [
        line._replace(cell=line.cell._replace(source="")) if (line.cell.source, line.cell.on) == source else line
        for line in lines
    ]
    members, seen = side.members, side.seen
    return Column(
        side, lines, source, members[:MOST_MEMBERS], max(0, len(members) - MOST_MEMBERS), seen[:MOST_SEEN],
        max(0, len(seen) - MOST_SEEN), [],
    )  # fmt: skip


def _cells(side: Side, user: User, language: str) -> dict[str, Cell]:
    """{attribute: its value that goes first}, the id hidden in its middle, the house in words."""
    cells = {}
    for trace in side.fields:
        told, attribute = trace.told[0], trace.attribute
        if attribute.code == "cid":
            shown = _id_shown(told.record.cid_sealed, user, side)
        else:
            shown = catalogue().shown(attribute.code, told.value, language)
        is_date = attribute.kind == "date"
        cells[attribute.code] = Cell([], shown, is_date, told.batch.source.name, told.record.observed_on)
    address = _address(side)
    if address:
        cells["house"] = EMPTY._replace(value=address)
    return cells


def _id_shown(sealed: Any, user: User, side: Side) -> str:
    if not scope_for(user).allows("people.see_full_id", side.person.area_code):
        return _("known, hidden")
    return mask_cid(people.unseal_cid(sealed))


def _address(side: Side) -> str:
    if side.house is None:
        return places.full_name(side.area_code) if side.area_code else ""
    return address_of(side.house)


def address_of(house: Any) -> str:
    """A house in its subdistrict: number, moo, village."""
    moo = _("Moo %(moo)s") % {"moo": house.moo} if house.moo else ""
    return " ".join(part for part in (house.house_no, moo, house.village_name) if part)


def _label(code: str, language: str) -> str:
    if code in ("cid", "house"):
        return _(COMPARED[code])
    return catalogue().attributes[code].label(language)


def _line(code: str, row: dict[str, Cell], own: dict[str, Cell], found: dict[str, Finding], language: str) -> Line:
    ours, theirs = row.get(code, EMPTY), own.get(code, EMPTY)
    if ours.value and theirs.value and not ours.is_date and code != "cid":
        left, right = pieces(ours.value, theirs.value)
        ours, theirs = ours._replace(parts=left), theirs._replace(parts=right)
    finding = found.get(code)
    verdict = verdict_of(ours.value, theirs.value, finding)
    return Line(_label(code, language), theirs, ours._replace(source=""), verdict, _words(finding))


def _own(lines: list[Line], against: list[Line] | None) -> list[Line]:
    """The row's own column: no verdict; letters are marked where there is only one to compare it with."""
    marked = [line.row for line in against] if against is not None else [line.cell._replace(parts=[]) for line in lines]
    return [
        line._replace(cell=line.cell._replace(parts=cell.parts), verdict="", words="")
        for line, cell in zip(lines, marked, strict=True)
    ]


def _words(finding: Finding | None) -> str:
    return _(finding.sentence) if finding and finding.sentence != UNKNOWN_FINDING else ""


def verdict_of(left: str, right: str, finding: Finding | None) -> str:
    """Agree, differ, clash, or missing on one side. Of hidden ids only the finding speaks."""
    if finding is not None and finding.code == "cid":
        return _by_finding(finding)
    if not left or not right:
        return MISSING if finding is None or finding.speaks == "nothing" else _by_finding(finding)
    if left == right:
        return AGREE
    return _by_finding(finding) if finding else DIFFER


def _by_finding(finding: Finding) -> str:
    """What is only alike differs: a name that sounds the same, another house of the village."""
    if finding.speaks == "against":
        return CLASH
    return AGREE if finding.sentence in WHOLE else DIFFER


def _unplaced(findings: Iterable[Finding]) -> list[str]:
    return [words for each in findings if each.code not in LINES if (words := _words(each))]


def row_ref(asked_row: str, label: str) -> str:
    """Where the row stands in its file: the sheet too, where a file has more than one; "" where it came in none."""
    if not asked_row:
        return ""
    sheet, _sign, number = asked_row.rpartition("!")
    words = _("row %(row)s") % {"row": number}
    return words if not sheet or label.startswith(sheet) else f"{sheet} {words}"
