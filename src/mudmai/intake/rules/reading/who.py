"""Reads who a row is about: the id, the name in one cell or several, the birth date from a date, parts or an age."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from mudmai.intake.rules.reading.cells import Reading, is_no_name
from mudmai.intake.rules.reading.draft import Draft
from mudmai.kernel import dates, ids, names
from mudmai.kernel.text import cell_text, is_blank, thai_digits_to_arabic
from mudmai.kernel.workbook.model import CellError

_KEPT = 200_000
_NAMES = ("full_name", "title", "given_name", "family_name")
_BIRTH_PARTS = ("birth_day", "birth_month", "birth_year")


class _Name(NamedTuple):
    """The parts of a name as a record says them, with what was unsure."""

    said: dict[str, str]
    doubts: tuple[str, ...] = ()
    problem: str = ""
    sex: str = ""


class WhoReader:
    """Reads the person's own columns of one shape of table."""

    def __init__(self, mapping: dict[str, int], as_of: date, today: date) -> None:
        self._cid = mapping.get("cid", -1)
        self._full, self._title, self._given, self._family = (mapping.get(code, -1) for code in _NAMES)
        self._age = mapping.get("age", -1)
        self._birth_parts = [mapping.get(code, -1) for code in _BIRTH_PARTS]
        self._has_birth_parts = self._birth_parts[2] >= 0 and "birth_date" not in mapping
        self._as_of, self._today = as_of, today
        self._names: dict[tuple[object, object, object], _Name] = {}
        self._ages: dict[object, Reading] = {}
        self.name_columns = {column for column in (self._full, self._given) if column >= 0}
        self.has_names = bool(self.name_columns) or self._cid >= 0

    def read(self, draft: Draft, cells: Sequence[object]) -> None:
        width = len(cells)
        if 0 <= self._cid < width:
            cell = cells[self._cid]
            if cell != "" and cell is not None:
                self._read_cid(draft, cell)
        self._read_name(draft, cells, width)
        if self._has_birth_parts and "birth_date" not in draft.said:
            self._read_birth_parts(draft, cells, width)
        if 0 <= self._age < width and "birth_date" not in draft.said:
            self._read_age(draft, cells[self._age])

    def _read_cid(self, draft: Draft, cell: object) -> None:
        if type(cell) is CellError:
            draft.problems.append((self._cid, "formula_error"))
            return
        found = ids.citizen_id(cell)
        if found.value is not None:
            draft.cid = draft.cid_told = found.value
            if found.doubts:
                draft.doubts += [(self._cid, doubt) for doubt in found.doubts]
        elif found.problem:
            draft.problems.append((self._cid, found.problem))
            draft.doubts += [(self._cid, doubt) for doubt in found.doubts]
            if found.problem == "cid_checksum":
                digits = "".join(sign for sign in thai_digits_to_arabic(cell_text(cell)) if sign.isdecimal())
                draft.cid_told = digits if len(digits) == 13 else None

    def _read_name(self, draft: Draft, cells: Sequence[object], width: int) -> None:
        column = self._full if self._full >= 0 else self._given
        if column < 0:
            return
        cell = cells[column] if column < width else ""
        title = cells[self._title] if 0 <= self._title < width else None
        family = cells[self._family] if 0 <= self._family < width else None
        key = (cell, title, family)
        found = self._names.get(key)
        if found is None:
            found = _name_of(cell, title, family)
            if len(self._names) < _KEPT:
                self._names[key] = found
        draft.said.update(found.said)
        if found.sex and "sex" not in draft.said:
            draft.said["sex"] = found.sex
        if found.problem:
            draft.problems.append((column, found.problem))
        if found.doubts:
            draft.doubts += [(column, doubt) for doubt in found.doubts]

    def _read_birth_parts(self, draft: Draft, cells: Sequence[object], width: int) -> None:
        parts = [thai_digits_to_arabic(cell_text(cells[i])) if 0 <= i < width else "" for i in self._birth_parts]
        told = [part for part in parts if not is_blank(part)]
        if not told or not parts[2]:
            return
        separator = "/" if all(part.isdecimal() for part in told) else " "
        found = dates.thai_date(separator.join(told) if len(told) > 1 else told[0], today=self._today)
        if found.value is not None and found.value.first_day() <= self._today:
            draft.said["birth_date"] = found.value.iso
        else:
            draft.problems.append((self._birth_parts[2], found.problem or "date_in_future"))

    def _read_age(self, draft: Draft, cell: object) -> None:
        if cell == "" or cell is None:
            return
        found = self._ages.get(cell)
        if found is None:
            parsed = dates.age(cell)
            iso = dates.birth_from_age(parsed.value, self._as_of).iso if parsed.value is not None else None
            found = self._ages[cell] = Reading(iso, parsed.doubts, parsed.problem or "")
        if found.value is not None:
            draft.said["birth_date"] = found.value
            draft.doubts.append((self._age, "birth_from_age"))
            draft.doubts += [(self._age, doubt) for doubt in found.doubts]
        elif found.problem:
            draft.problems.append((self._age, found.problem))


def _name_of(cell: object, title: object, family: object) -> _Name:
    if type(cell) is CellError:
        return _Name({}, problem="formula_error")
    if any(type(part) is str and is_no_name(part) for part in (cell, family)):
        return _Name({}, problem="name_is_no_name")
    found = names.person_name(cell, title=title, family=family)
    if found.value is None:
        return _Name({}, found.doubts, found.problem or "")
    name = found.value
    parts: dict[str, Any] = {
        "title": name.title, "given_name": name.given, "family_name": name.family, "nickname": name.nickname,
    }  # fmt: skip
    return _Name({code: part for code, part in parts.items() if part}, found.doubts, "", name.sex_hint)
