"""The compiled reader of rows: one plan per shape of table, one pass per row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mudmai.intake.rules.layout import Shape, flagged
from mudmai.intake.rules.mapping.guess import names_the_head
from mudmai.intake.rules.reading.cells import NOTHING, Reader, Reading, reader_of
from mudmai.intake.rules.reading.draft import WHOLE_ROW, Draft
from mudmai.intake.rules.reading.house import HouseReader, Locate
from mudmai.intake.rules.reading.who import WhoReader
from mudmai.intake.rules.surroundings import NOWHERE, PlaceWords, place_of
from mudmai.intake.rules.tables import Row
from mudmai.people.rules.catalogue import SourceKind

# Read with other columns beside them, or by their own rules.
_TOGETHER = frozenset(
    [
        "cid", "full_name", "title", "given_name", "family_name", "age", "birth_day", "birth_month", "birth_year",
        "lat", "lon", "point", "address", "tambon", "district", "province", "area", "ignore", "house_no", "moo",
        "village_name", "soi", "road", "house_code", "postcode",
    ]
)  # fmt: skip
# Where the list itself has a column for what standing on it means, the column is believed row by row: a file of TPMAP
# may name whole households, and flag who of them is poor.
_SETTLED_BY_COLUMN = frozenset(["tpmap_poor"])
_KEPT_ANSWERS = 50_000  # per column; a column of free text must not fill the memory


@dataclass(slots=True)
class Setting:
    """What holds for every row of a list."""

    kind: SourceKind
    as_of: date
    today: date
    locate: Locate  # (place words, area of the list) -> code of the area
    within: str = ""


@dataclass(slots=True)
class _Step:
    """One column that is read by itself."""

    index: int
    attribute: str
    read: Reader
    kept: dict[object, Reading] = field(default_factory=dict)


class RowReader:
    """Reads the rows of all tables of one shape."""

    def __init__(self, shape: Shape, setting: Setting) -> None:
        mapping = shape.mapping
        self._setting = setting
        self._steps = [
            _Step(column.index, self._attribute(column.attribute), reader_of(column.attribute, today=setting.today))
            for column in shape.columns
            if column.attribute and column.attribute not in _TOGETHER
        ]
        self._who = WhoReader(mapping, setting.as_of, setting.today)
        self._house = HouseReader(mapping, setting.locate, setting.within)
        told_by_column = _SETTLED_BY_COLUMN & mapping.keys()
        self._base = {code: value for code, value in setting.kind.says.items() if code not in told_by_column}
        head = next((column for column in shape.columns if column.attribute == "full_name"), None)
        if head is not None and names_the_head(head.header) and "relation_to_head" not in mapping:
            self._base["relation_to_head"] = "head"
        self._has_names = self._who.has_names

    def _attribute(self, code: str) -> str:
        if code == "amount_baht" and self._setting.kind.amount:
            return self._setting.kind.amount
        return flagged(code) or code

    def read(
        self, rows: Sequence[Row], table: int, place: PlaceWords = NOWHERE, spread: Sequence[int] = ()
    ) -> list[Draft]:
        """The drafts of a table's rows. `place`: what its titles say; `spread`: columns filled from the row above."""
        above: list[object] = []
        context: tuple[str, ...] | None = None
        here = place
        drafts = []
        for row in rows:
            if row.context is not context and row.context != context:
                context, above = row.context, []
                here = place_of(context).under(place) if context else place
            cells: Sequence[object] = row.cells
            if spread:
                cells = above = _filled(cells, above, spread)
            drafts.append(self._draft(Draft(table, row.number, dict(self._base)), cells, here))
        return drafts

    def _draft(self, draft: Draft, cells: Sequence[object], place: PlaceWords) -> Draft:
        width = len(cells)
        said = draft.said
        for step in self._steps:
            cell = cells[step.index] if step.index < width else ""
            if cell == "" or cell is None:
                continue
            found = step.kept.get(cell)
            if found is None:
                found = step.read(cell)
                if len(step.kept) < _KEPT_ANSWERS:
                    step.kept[cell] = found
            if found is NOTHING:
                continue
            if found.value is not None:
                self._keep(draft, said, step.attribute, found.value)
            if found.problem:
                draft.problems.append((step.index, found.problem))
            elif found.doubts:
                draft.doubts += [(step.index, doubt) for doubt in found.doubts]
        self._who.read(draft, cells)
        self._house.read(draft, cells, place)
        self._judge(draft)
        return draft

    @staticmethod
    def _keep(draft: Draft, said: dict[str, Any], attribute: str, value: Any) -> None:
        if attribute == "observed_on":
            if len(value) == 10:
                draft.observed_on = value
        elif attribute in said and isinstance(value, list) and isinstance(said[attribute], list):
            said[attribute] = list(dict.fromkeys([*said[attribute], *value]))
        else:
            said[attribute] = value

    def _judge(self, draft: Draft) -> None:
        """What the row is about, and whether it can be imported at all."""
        said = draft.said
        if "adl_score" in said and "adl_group" not in said:
            said["adl_group"] = adl_group(said["adl_score"])
        if "given_name" in said:
            draft.about = "both" if draft.household_key else "person"
        elif self._has_names:
            draft.fatal = next(
                (code for column, code in draft.problems if column in self._who.name_columns), "row_no_name"
            )
        elif draft.household_key:
            draft.about = "household"
            for code in self._base:
                said.pop(code, None)
        else:
            draft.fatal = "row_no_house"
        if not draft.fatal and not draft.area:
            draft.fatal = "row_no_area"
        if draft.fatal and not any(column == WHOLE_ROW or code == draft.fatal for column, code in draft.problems):
            draft.problems.append((WHOLE_ROW, draft.fatal))


def _filled(cells: Sequence[object], above: Sequence[object], spread: Sequence[int]) -> list[object]:
    """The row with its blank house columns taken from the row above; a row with a number of its own starts anew."""
    row = list(cells)
    leading = spread[0]
    if above and (leading >= len(row) or row[leading] in ("", None)):
        for column in spread:
            row.extend([""] * (column + 1 - len(row)))
            if row[column] in ("", None) and column < len(above):
                row[column] = above[column]
    return row


def adl_group(score: int) -> str:
    """The group of a Barthel ADL score, 0–20.

    Source: ระบบการดูแลระยะยาว กรมอนามัย, docs/lists; reviewed 2569-11.

    >>> adl_group(4), adl_group(5), adl_group(12)
    ('bedridden', 'homebound', 'active')
    """
    return "bedridden" if score <= 4 else "homebound" if score <= 11 else "active"
