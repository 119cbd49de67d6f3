"""Reads which house a row speaks of: the address in one cell or many, what stands around the table, and the pin."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from mudmai.intake.rules.reading.cells import LONGEST_TEXT
from mudmai.intake.rules.reading.draft import Draft, Note
from mudmai.intake.rules.surroundings import PlaceWords
from mudmai.kernel import addresses, geo, ids
from mudmai.kernel.parsed import BLANK, Parsed, refused
from mudmai.kernel.text import cell_text, is_blank, thai_digits_to_arabic
from mudmai.kernel.workbook.model import CellError
from mudmai.people.rules.addressing import household_key

Locate = Callable[[PlaceWords, str], Parsed[str]]
_COLUMNS = (
    "address", "house_no", "moo", "village_name", "soi", "road", "tambon", "district", "province", "postcode",
    "house_code", "area",
)  # fmt: skip
_NUMBER, _CODE = _COLUMNS.index("house_no"), _COLUMNS.index("house_code")
_KEPT = 200_000
# Doubts of the gazetteer that mean: the words are kept beside the code, because the code does not say all of them.
_NOT_FOUND = frozenset(["place_ambiguous", "province_unknown", "district_unknown", "tambon_unknown", "place_outside"])


class House(NamedTuple):
    """An address, read: what a record says of it, its area and its key."""

    said: dict[str, Any]
    area: str = ""
    key: str | None = None
    house_no: str = ""
    problems: tuple[Note, ...] = ()
    doubts: tuple[Note, ...] = ()


class HouseReader:
    """Reads the house's columns of one shape of table; equal addresses, and equal villages, are read once."""

    def __init__(self, mapping: dict[str, int], locate: Locate, within: str) -> None:
        self._columns = [mapping.get(code, -1) for code in _COLUMNS]
        self._locate, self._within = locate, within
        self._lat, self._lon, self._point = (mapping.get(code, -1) for code in ("lat", "lon", "point"))
        self._has_pin = self._lat >= 0 or self._point >= 0
        self._kept: dict[tuple[object, ...], House] = {}
        self._without_numbers: dict[tuple[object, ...], House] = {}

    def read(self, draft: Draft, cells: Sequence[object], place: PlaceWords) -> None:
        width = len(cells)
        told = (place, *[cells[i] if 0 <= i < width else "" for i in self._columns])
        house = self._kept.get(told)
        if house is None:
            house = self._house(place, told[1:])
            if len(self._kept) < _KEPT:
                self._kept[told] = house
        draft.said.update(house.said)
        draft.area, draft.household_key, draft.house_no = house.area, house.key, house.house_no
        if house.problems or house.doubts:
            draft.problems += house.problems
            draft.doubts += house.doubts
        if self._has_pin:
            self._read_pin(draft, cells, width)

    def _house(self, place: PlaceWords, told: Sequence[object]) -> House:
        """An address that is new: most differ from one before in the numbers only."""
        number, code = _parse(addresses.house_no, told[_NUMBER]), _parse(ids.house_code, told[_CODE])
        if told[0] not in ("", None) or "house_no_has_moo" in number.doubts:
            return self._whole(place, told)
        rest = (place, *told[1:_NUMBER], *told[_NUMBER + 1 : _CODE], *told[_CODE + 1 :])
        around = self._without_numbers.get(rest)
        if around is None:
            blank = [*told]
            blank[_NUMBER] = blank[_CODE] = ""
            around = self._without_numbers[rest] = self._whole(place, blank)
        said = dict(around.said)
        problems, doubts = around.problems, around.doubts
        for column, name, found in ((_NUMBER, "house_no", number), (_CODE, "house_code", code)):
            if found.value is not None:
                said[name] = found.value
            if found.problem:
                problems = (*problems, (self._columns[column], found.problem))
            if found.doubts:
                doubts = (*doubts, *((self._columns[column], doubt) for doubt in found.doubts))
        return _named(said, around.area, problems, doubts)

    def _whole(self, place: PlaceWords, told: Sequence[object]) -> House:
        return _AddressReader(self._columns, place, self._locate, self._within).read(told)

    def _read_pin(self, draft: Draft, cells: Sequence[object], width: int) -> None:
        lat = cells[self._lat] if 0 <= self._lat < width else ""
        lon = cells[self._lon] if 0 <= self._lon < width else ""
        whole = cells[self._point] if 0 <= self._point < width else ""
        column = self._lat if self._lat >= 0 else self._point
        if type(lat) is CellError or type(lon) is CellError or type(whole) is CellError:
            draft.problems.append((column, "formula_error"))
            return
        if is_blank(lat) != is_blank(lon) and is_blank(whole):
            whole = lat if is_blank(lon) else lon  # both numbers typed into one of the two cells
            found = geo.point(whole)
            found = found if found.value is not None else geo.coordinates(lat, lon)
        elif is_blank(lat):
            found = geo.point(whole)
        else:
            found = geo.coordinates(lat, lon)
        if found.value is not None:
            draft.said["lat"], draft.said["lon"] = found.value.lat, found.value.lon
        elif found.problem:
            draft.problems.append((column, found.problem))
        if found.doubts:
            draft.doubts += [(column, doubt) for doubt in found.doubts]


class _AddressReader:
    """Reads one address; made for each new one."""

    def __init__(self, columns: Sequence[int], place: PlaceWords, locate: Locate, within: str) -> None:
        self.column = dict(zip(_COLUMNS, columns, strict=True))
        self.place, self.locate, self.within = place, locate, within
        self.said: dict[str, Any] = {}
        self.problems: list[Note] = []
        self.doubts: list[Note] = []

    def read(self, told: Sequence[object]) -> House:
        cells = dict(zip(_COLUMNS, told, strict=True))
        for code, cell in cells.items():
            if type(cell) is CellError:
                self._problem(code, "formula_error")
                cells[code] = ""
        words = self._whole(cells["address"])
        self._parts(cells, words)
        area = self._area(cells["area"], words)
        return _named(self.said, area, tuple(self.problems), tuple(self.doubts))

    def _whole(self, cell: object) -> dict[str, str]:
        """Takes the parts of an address in one cell; returns its words for places."""
        if is_blank(cell):
            return {}
        found = addresses.address(cell)
        if found.value is None:
            self._problem("address", found.problem or "address_unreadable")
            return {}
        self.doubts += [(self.column["address"], doubt) for doubt in found.doubts]
        parts = found.value
        told = {
            "house_no": parts.house_no, "moo": parts.moo, "village_name": parts.village, "soi": parts.soi,
            "road": parts.road, "postcode": parts.postcode,
        }  # fmt: skip
        self.said.update({code: value for code, value in told.items() if value})
        return {"tambon": parts.tambon, "district": parts.amphoe, "province": parts.province}

    def _parts(self, cells: dict[str, object], words: dict[str, str]) -> None:
        """Takes the parts that have columns of their own; they go before those of the whole."""
        self._house_no(cells["house_no"])
        self._parsed("moo", cells["moo"], addresses.moo)
        self._parsed("house_code", cells["house_code"], ids.house_code)
        for code in ("village_name", "soi", "road"):
            if not is_blank(cells[code]):
                self.said[code] = cell_text(cells[code])[:100]
        postcode = thai_digits_to_arabic(cell_text(cells["postcode"]))
        if len(postcode) == 5 and postcode.isdecimal():
            self.said["postcode"] = postcode
        for code in ("tambon", "district", "province"):
            if not is_blank(cells[code]):
                words[code] = cell_text(cells[code])[:LONGEST_TEXT]

    def _house_no(self, cell: object) -> None:
        found = self._parsed("house_no", cell, addresses.house_no)
        if found is not None and "house_no_has_moo" in found.doubts:
            inside = addresses.address(cell).value
            if inside is not None and inside.moo:
                self.said.setdefault("moo", inside.moo)

    def _parsed(self, code: str, cell: object, parse: Callable[[object], Parsed[Any]]) -> Parsed[Any] | None:
        if cell == "" or cell is None:
            return None
        found = parse(cell)
        if found.value is not None:
            self.said[code] = found.value
        elif found.problem:
            self._problem(code, found.problem)
        self.doubts += [(self.column[code], doubt) for doubt in found.doubts]
        return found

    def _area(self, cell: object, words: dict[str, str]) -> str:
        code = thai_digits_to_arabic(cell_text(cell)) if not is_blank(cell) else ""
        if code.isdecimal() and len(code) in (6, 8):
            words = {"province": code[:2], "district": code[:4], "tambon": code[:6]}
            self.said.setdefault("moo", int(code[6:]) if len(code) == 8 and code[2] < "6" else None)
        own = PlaceWords(
            words.get("province", ""), words.get("district", ""), words.get("tambon", ""),
            str(self.said.get("moo") or ""), str(self.said.get("village_name", "")),
        )  # fmt: skip
        # A row that names another tambon stands under no heading of a village here.
        around = self.place._replace(moo="", village="") if own.tambon and own.moo else self.place
        found = self.locate(own.under(around), self.within)
        self._place_doubts(found, words)
        if found.value and len(found.value) == 8 and "moo" not in self.said and found.value[2] < "6":
            self.said["moo"] = int(found.value[6:])
        if self.said.get("moo") is None:
            self.said.pop("moo", None)
        return found.value or ""

    def _place_doubts(self, found: Parsed[str], words: dict[str, str]) -> None:
        codes = [*found.doubts, *([found.problem] if found.problem else [])]
        for code in codes:
            column = next((self.column[c] for c in _ABOUT[code] if self.column[c] >= 0), -1) if code in _ABOUT else -1
            (self.problems if code == found.problem else self.doubts).append((column, code))
        if not _NOT_FOUND.isdisjoint(codes):
            self.said.update({code: word for code, word in words.items() if word})

    def _problem(self, code: str, problem: str) -> None:
        self.problems.append((self.column[code], problem))


def _parse(parse: Callable[[object], Parsed[Any]], cell: object) -> Parsed[Any]:
    if cell == "" or cell is None:
        return BLANK
    return refused("formula_error") if type(cell) is CellError else parse(cell)


def _named(said: dict[str, Any], area: str, problems: tuple[Note, ...], doubts: tuple[Note, ...]) -> House:
    """The house with its key, which follows from what was said."""
    house_no = str(said.get("house_no", ""))
    key = household_key(
        area=area,
        house_no_key=addresses.house_no_key(house_no) if house_no else "",
        soi=str(said.get("soi", "")),
        road=str(said.get("road", "")),
        house_code=str(said.get("house_code", "")),
    )
    if area and key:
        said["area"] = area
    return House(said, area, key, house_no, problems, doubts)


# Which column a doubt of the gazetteer is about, the likeliest first.
_ABOUT: dict[str, tuple[str, ...]] = {
    "province_unknown": ("province", "address"), "district_unknown": ("district", "address"),
    "tambon_unknown": ("tambon", "address"), "tambon_elsewhere": ("tambon", "address"),
    "place_outside": ("tambon", "address"),
    "moo_unknown": ("moo", "address"), "village_unknown": ("village_name", "address"),
    "village_differs": ("village_name", "moo", "address"), "place_spelling": ("tambon", "village_name", "address"),
}  # fmt: skip
