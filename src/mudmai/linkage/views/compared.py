"""Two people side by side: each line with both values, their sources, and whether they agree, in words."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mudmai.access.queries import scope_for
from mudmai.accounts.models import User
from mudmai.kernel.ids import mask_cid
from mudmai.linkage.queries import AskedQuestion, SideOfQuestion
from mudmai.linkage.rules.letters import Piece, pieces
from mudmai.linkage.rules.words import COMPARED, UNKNOWN_FINDING, Finding
from mudmai.people import queries as people
from mudmai.people.rules.catalogue import catalogue
from mudmai.places import queries as places

AGREE, DIFFER, CLASH, MISSING = "agree", "differ", "clash", "missing"
# The line of the table in which each comparison of the evidence is shown.
LINES = {
    "cid": "cid", "given": "given_name", "family": "family_name", "birth": "birth_date", "sex": "sex", "house": "house",
    "phone": "phone",
}  # fmt: skip
_FIRST = ("title", "given_name", "family_name", "nickname", "birth_date", "sex")
# Shown in lines of their own, or ties that say nothing here.
_APART = frozenset({"cid", "lives_at", "registered_at", "listed_area", "caregiver_of", "phone", *_FIRST})
MOST_MEMBERS = 8


class Cell(NamedTuple):
    """One value of one side, with where it came from."""

    parts: list[Piece]
    value: str
    is_date: bool
    source: str
    on: date | None


class Line(NamedTuple):
    """One line of the table. `words` says what was found, in a sentence."""

    label: str
    left: Cell
    right: Cell
    verdict: str
    words: str


class Table(NamedTuple):
    """What both sides tell, what only one tells, and the source from which most of each side comes."""

    lines: list[Line]
    one_sided: list[Line]
    left_source: tuple[str, date | None]
    right_source: tuple[str, date | None]


EMPTY = Cell([], "", False, "", None)


def table_of(asked: AskedQuestion, user: User) -> Table:
    """The lines that help to decide, and apart those that only one side tells of."""
    lines = lines_of(asked, user)
    main = [_main_source(line.left for line in lines), _main_source(line.right for line in lines)]
    lines = [line._replace(left=_unless(line.left, main[0]), right=_unless(line.right, main[1])) for line in lines]
    both = [line for line in lines if line.verdict != MISSING or line.words]
    one_sided = [line for line in lines if line.verdict == MISSING and not line.words]
    return Table(both, one_sided, *main)


def _main_source(cells: Iterable[Cell]) -> tuple[str, date | None]:
    counts = Counter((cell.source, cell.on) for cell in cells if cell.source)
    return counts.most_common(1)[0][0] if counts else ("", None)


def _unless(cell: Cell, main: tuple[str, date | None]) -> Cell:
    """A cell without its source where that is said at the head of the column already."""
    return cell._replace(source="") if (cell.source, cell.on) == main else cell


def lines_of(asked: AskedQuestion, user: User) -> list[Line]:
    """Who they are first, then where and how they are reached, then whatever else was told of them."""
    language = get_language() or "th"
    found = {LINES[finding.code]: finding for finding in asked.findings if finding.code in LINES}
    left, right = _cells(asked.left, language), _cells(asked.right, language)
    attributes = catalogue().attributes
    lines = [_id_line(asked, user, found.get("cid"))]
    lines += [_line(attributes[code].label(language), left, right, code, found.get(code)) for code in _FIRST]
    lines.append(_house_line(asked, found.get("house")))
    lines.append(_line(attributes["phone"].label(language), left, right, "phone", found.get("phone")))
    others = [code for code in attributes if code not in _APART and (code in left or code in right)]
    lines += [_line(attributes[code].label(language), left, right, code, None) for code in others]
    return [line for line in lines if line.left.value or line.right.value]


def _cells(side: SideOfQuestion, language: str) -> dict[str, Cell]:
    """{attribute: its value that goes first}."""
    cells = {}
    for trace in side.fields:
        told, attribute = trace.told[0], trace.attribute
        shown = catalogue().shown(attribute.code, told.value, language)
        is_date = attribute.kind == "date"
        cells[attribute.code] = Cell([], shown, is_date, told.batch.source.name, told.record.observed_on)
    return cells


def _line(label: str, left: dict[str, Cell], right: dict[str, Cell], code: str, finding: Finding | None) -> Line:
    return _told(label, left.get(code, EMPTY), right.get(code, EMPTY), finding)


def _told(label: str, left: Cell, right: Cell, finding: Finding | None) -> Line:
    if left.value and right.value and not left.is_date:
        ours, theirs = pieces(left.value, right.value)
        left, right = left._replace(parts=ours), right._replace(parts=theirs)
    words = _(finding.sentence) if finding and finding.sentence != UNKNOWN_FINDING else ""
    return Line(label, left, right, verdict_of(left.value, right.value, finding), words)


def verdict_of(left: str, right: str, finding: Finding | None) -> str:
    """Agree, differ, clash, or missing on one side."""
    if not left or not right:
        return MISSING if finding is None or finding.speaks == "nothing" else _by_weight(finding)
    if left == right:
        return AGREE
    return _by_weight(finding) if finding else DIFFER


def _by_weight(finding: Finding) -> str:
    return {"for": AGREE if finding.bits > 4 else DIFFER, "against": CLASH}.get(finding.speaks, DIFFER)


def _id_line(asked: AskedQuestion, user: User, finding: Finding | None) -> Line:
    """The 13-digit ids, hidden in their middle; whether they are equal was found on the whole numbers."""
    left, right = _id_cell(asked.left, user), _id_cell(asked.right, user)
    same = asked.left.person.cid_hash is not None and asked.left.person.cid_hash == asked.right.person.cid_hash
    both = bool(left.value and right.value)
    verdict = AGREE if same else CLASH if both else verdict_of("", "", finding) if finding else MISSING
    words = _(finding.sentence) if finding else ""
    label = COMPARED["cid"]
    return Line(_(label), left, right, verdict, words)


def _id_cell(side: SideOfQuestion, user: User) -> Cell:
    person = side.person
    if person.cid_sealed is None:
        return EMPTY
    if not scope_for(user).allows("people.see_full_id", person.area_code):
        return EMPTY._replace(value=_("known, hidden"))
    return EMPTY._replace(value=mask_cid(people.full_cid(user, person)))


def _house_line(asked: AskedQuestion, finding: Finding | None) -> Line:
    left, right = (EMPTY._replace(value=_address(side)) for side in (asked.left, asked.right))
    label = COMPARED["house"]
    return _told(_(label), left, right, finding)


def _address(side: SideOfQuestion) -> str:
    house = side.person.household
    if house is None:
        return places.full_name(side.person.area_code) if side.person.area_code else ""
    moo = _("Moo %(moo)s") % {"moo": house.moo} if house.moo else ""
    return " ".join(part for part in (house.house_no, moo, house.village_name) if part)


class House(NamedTuple):
    """Who else lives with one of the two, or with both in one house."""

    members: list[Any]
    more: int
    shared: bool


def houses_of(asked: AskedQuestion) -> list[House]:
    """The house of the row and that of the person; one where it is the same, none where nobody else is known."""
    both = {asked.left.person.pk, asked.right.person.pk}
    sides = [[each for each in side.members if each.pk not in both] for side in (asked.left, asked.right)]
    left, right = asked.left.person.household_id, asked.right.person.household_id
    if left is not None and left == right:
        sides = sides[1:]
    if not any(sides):
        return []
    return [House(side[:MOST_MEMBERS], max(0, len(side) - MOST_MEMBERS), len(sides) == 1) for side in sides]


def row_ref(asked_row: str, label: str) -> str:
    """Where the row stands in its file: the sheet too, where a file has more than one."""
    sheet, _sign, number = asked_row.rpartition("!")
    words = _("row %(row)s") % {"row": number}
    return words if not sheet or label.startswith(sheet) else f"{sheet} {words}"


def spoken_for(findings: Iterable[Finding]) -> dict[str, list[str]]:
    """The evidence in sentences, apart: what speaks for the same person, what against, what neither."""
    told: dict[str, list[Any]] = {"for": [], "against": [], "nothing": []}
    for finding in findings:
        told[finding.speaks].append(_(finding.sentence))
    return told
