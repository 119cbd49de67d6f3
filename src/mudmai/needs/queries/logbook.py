"""The needs of an area as rows of a file for TPMAP or its Logbook: a person a row, laid out as the office wants it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
from django.utils.translation import gettext as _

from mudmai.access.queries import Scope
from mudmai.kernel import clock
from mudmai.kernel.ids import mask_cid
from mudmai.kernel.logic import YES
from mudmai.kernel.tables import Cell
from mudmai.needs.queries.setting_up import setup_of
from mudmai.needs.rules import layouts as rules
from mudmai.needs.rules.assessing import LETTERS, Assessed, assess, codes_of
from mudmai.needs.rules.layouts import Column
from mudmai.needs.rules.targets import CLASSES
from mudmai.needs.rules.words import DIMENSIONS
from mudmai.people import queries as people
from mudmai.people import services as registry
from mudmai.people.rules.catalogue import NONE_TOLD, catalogue
from mudmai.places import queries as places

if TYPE_CHECKING:
    from mudmai.accounts.models import User

EXPORT, FULL_ID = "people.export", "people.see_full_id"
CHUNK = 500
# Who is in the file.
LISTED, FOUND, EITHER = "listed", "found", "either"
TARGET_CLASSES = {
    "target": "คนจนเป้าหมาย (จปฐ. และบัตรสวัสดิการ)",
    "poor_only": "ยากจนตาม จปฐ. ไม่มีบัตรสวัสดิการ",
    "card_only": "มีบัตรสวัสดิการ ไม่ยากจนตาม จปฐ.",
    "neither": "ไม่เข้าทั้งสองข้อ",
    "unknown": "",
}


class LogbookRows:
    """The rows of one file. Who is named in it is somebody whom the user may take along; a class that she does not
    see leaves its cells empty, and the 13-digit id is whole only where she may see it and asked for it.
    """

    def __init__(self, user: "User", area: str, columns: Sequence[Column], *, who: str, full_id: bool) -> None:
        self.user, self.area, self.columns, self.full_id = user, area, list(columns), full_id
        self.scope: Scope = people.scope_of(user)
        self.known = rules.known_columns()
        setup = setup_of(area)
        self.own_set = setup.indicators.code != "jpt31"
        self.frame = people.frame(
            sorted({*codes_of(setup), *rules.YES_NO}), areas=people.prefixes_within(self.scope, area, EXPORT)
        )
        self.assessed: Assessed = assess(self.frame, setup)
        self.setup = setup
        self.chosen = self._chosen(who)

    def _chosen(self, who: str) -> list[int]:
        """The rows of the frame that are in the file: of who lives here, those listed, found poor, or either."""
        living = self.frame.living
        listed = self.frame.persons.told["tpmap_poor"] == YES
        found = self.frame.of_house(self.assessed.poor, 0) == YES
        wanted = {LISTED: listed, FOUND: found, EITHER: listed | found}[who]
        inside = np.char.startswith(self.frame.persons.area, self.area)
        order = np.flatnonzero(living & wanted & inside).tolist()
        return sorted(order, key=lambda row: (str(self.frame.persons.area[row]), self.frame.sort_key[row]))

    def __len__(self) -> int:
        return len(self.chosen)

    @property
    def header(self) -> list[str]:
        return [column.header for column in self.columns]

    def rows(self, most: int | None = None) -> Iterator[list[Cell]]:
        """The rows in the order of lists, some hundreds at a time."""
        chosen = self.chosen[:most]
        for start in range(0, len(chosen), CHUNK):
            part = chosen[start : start + CHUNK]
            ids = [UUID(self.frame.persons.ids[row]) for row in part]
            persons = people.visible_persons(self.user, EXPORT).filter(pk__in=ids)
            by_id = {person.pk: person for person in persons.select_related("household")}
            for row, key in zip(part, ids, strict=True):
                if key in by_id:
                    yield self._cells(row, by_id[key])

    def _cells(self, row: int, person: Any) -> list[Cell]:
        classes = people.classes_of(self.scope, person)
        return [
            self._cell(column.code, row, person)
            if column.code in self.known and self.known[column.code].data_class in classes
            else ""
            for column in self.columns
        ]

    def _cell(self, code: str, row: int, person: Any) -> Cell:
        house = int(self.frame.house[row])
        if code == rules.CID:
            return self._cid(person)
        if code == rules.PERSON:
            return str(person.code)
        if code == rules.HOUSEHOLD:
            return str(person.household.code) if person.household else ""
        if code == rules.TARGET_CLASS:
            return TARGET_CLASSES[CLASSES[int(self.assessed.target_class[row])]]
        if code in _FOUND:
            return rules.flag(int(self.assessed.dimensions[house, _FOUND[code]])) if house >= 0 else ""
        if code in rules.YES_NO:
            # As assessment sees it: whoever is not on a complete list is known not to be.
            return rules.flag(int(self.frame.persons.told[code][row]))
        if code.startswith(rules.FAILS):
            return self._indicator(code.removeprefix(rules.FAILS), row)
        return self._plain(code, person)

    def _indicator(self, code: str, row: int) -> Cell:
        """The result of one indicator of the 31; empty where the office measures by another set."""
        if self.own_set:
            return ""
        place = rules.INDICATORS.index(code)
        return rules.OF_LETTER[LETTERS[int(self.assessed.person_results[row, place])]]

    def _cid(self, person: Any) -> str:
        cid = registry.unseal_cid(person.cid_sealed)
        whole = self.full_id and people.may(self.scope, FULL_ID, person)
        return cid if whole or not cid else mask_cid(cid)

    def _plain(self, code: str, person: Any) -> Cell:
        if code in _AREAS and len(person.area_code) >= _AREAS[code]:
            return places.name_of(person.area_code[: _AREAS[code]])
        told = person.known.get(code) or (person.household.known.get(code) if person.household else None)
        if told is None or told[0] == NONE_TOLD:
            return ""
        value = told[0]
        if isinstance(value, bool):
            return int(value)
        if isinstance(value, int | float):
            return value
        if code == "birth_date":
            return _slashed(str(value))
        return catalogue().shown(code, value)


_FOUND = {rules.FOUND + dimension: place for place, dimension in enumerate(DIMENSIONS)}
# {code: digits of the area whose name it is}
_AREAS = {"province": 2, "district": 4, "tambon": 6}


def _slashed(iso: str) -> str:
    """A date, perhaps partial, as lists write it: 15/03/2493."""
    year, *rest = iso.split("-")
    return "/".join([*reversed(rest), str(int(year) + clock.BUDDHIST_OFFSET)])


def who_choices() -> list[tuple[str, str]]:
    """Who may be in the file, in words."""
    return [
        (LISTED, _("those in TPMAP")),
        (FOUND, _("those found poor here")),
        (EITHER, _("both: in TPMAP, or found poor here")),
    ]
