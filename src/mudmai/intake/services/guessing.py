"""Guessing how a file is laid out, and letting a person correct it; what was corrected is remembered."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from mudmai.access.queries import scope_for
from mudmai.intake.models import LayoutMemory, Upload
from mudmai.intake.rules import layout as why
from mudmai.intake.rules.kinds import guess_kind
from mudmai.intake.rules.layout import ColumnUse, Layout, Shape
from mudmai.intake.rules.mapping import columns_of, is_a_list_of_people, signature
from mudmai.intake.rules.surroundings import DayFound, PlaceWords, day_in, place_in, place_of
from mudmai.intake.rules.tables import Table
from mudmai.intake.services.files import Contents, contents_of
from mudmai.intake.services.layouts import save_layout
from mudmai.intake.services.states import NoList, fail
from mudmai.kernel import clock, dates, geo
from mudmai.kernel.parsed import Parsed
from mudmai.kernel.text import cell_text
from mudmai.people.rules.catalogue import catalogue
from mudmai.places import queries as places

SAMPLED_ROWS = 200
_FEWEST_ALIKE = 0.9  # share of the sampled rows that must lie in one area for the list to be about it
_UNKNOWN = ("tambon_unknown", "district_unknown", "province_unknown", "place_outside", "place_ambiguous")


def guess(upload: Upload) -> Layout:
    """Guess the whole layout of a file that was read, and note it. Raises NoList where it holds no list of people."""
    contents = contents_of(upload)
    shapes = _shapes(contents.tables)
    taken = [shape for shape in shapes if shape.take]
    if not taken:
        sentence = _("No list of people or houses was found in this file.")
        fail(upload, sentence)
        raise NoList(sentence)
    guesser = _Guesser(upload, contents, taken)
    kind, kind_why, words = guesser.kind()
    as_of, as_of_why = guesser.as_of()
    area, area_why = guesser.area()
    layout = Layout(kind, kind_why, as_of, as_of_why, area, area_why, shapes, words)
    save_layout(upload, layout)
    return layout


def _shapes(tables: Sequence[Table]) -> list[Shape]:
    """The tables grouped by their columns, each group with what its columns are taken for."""
    groups: dict[str, list[int]] = {}
    for i, table in enumerate(tables):
        groups.setdefault(signature(column.header for column in table.columns), []).append(i)
    remembered = LayoutMemory.objects.in_bulk(list(groups))
    shapes = []
    for key, places_of_tables in groups.items():
        members = [tables[i] for i in places_of_tables]
        columns = _columns(members)
        if key in remembered:
            _recall(columns, remembered[key].mapping)
        rows = sum(len(table.rows) for table in members)
        shapes.append(Shape(key, columns, places_of_tables, rows, rows > 0 and is_a_list_of_people(columns)))
    return shapes


def _columns(tables: Sequence[Table]) -> list[ColumnUse]:
    headers = {column.index: column.header for column in tables[0].columns}
    share = max(1, SAMPLED_ROWS // len(tables))
    rows = [row for table in tables for row in table.rows[:: max(1, len(table.rows) // share)][:share]]
    return columns_of(headers, {i: [row.cells[i] for row in rows if i < len(row.cells)] for i in headers})


def _recall(columns: list[ColumnUse], mapping: dict[str, str]) -> None:
    for column in columns:
        attribute = mapping.get(str(column.index))
        if attribute is not None and attribute != column.attribute:
            column.attribute, column.confidence, column.why = attribute, 0.99, why.BY_MEMORY


def locate(words: PlaceWords, within: str) -> Parsed[str]:
    """The code of the place that words name, in an area; the meeting point of intake and the gazetteer."""
    return places.gazetteer().resolve(words.province, words.district, words.tambon, words.moo, words.village, within)


def common_area(codes: Iterable[str]) -> str:
    """The smallest area that holds all of these."""
    known = [code for code in codes if code]
    first, last = min(known, default=""), max(known, default="")
    length = next((i for i in (8, 6, 4, 2) if len(first) >= i and first[:i] == last[:i]), 0)
    return first[:length]


class _Guesser:
    """Asks titles, file name, rows, pins, memory and duty, in the order of how far they are believed."""

    def __init__(self, upload: Upload, contents: Contents, taken: list[Shape]) -> None:
        self.upload, self.taken = upload, taken
        self.tables = [contents.tables[i] for shape in taken for i in shape.tables]
        self.today = clock.today()
        self.memory = LayoutMemory.objects.filter(signature__in=[shape.signature for shape in taken]).first()

    def kind(self) -> tuple[str, str, list[str]]:
        texts = [self.upload.filename]
        texts += [text for table in self.tables for text in (*table.titles, table.sheet)]
        headers = [column.header for shape in self.taken for column in shape.columns]
        attributes = {column.attribute for shape in self.taken for column in shape.columns}
        found = guess_kind(texts, headers, attributes)
        if not found.words and self.memory is not None and self.memory.kind in catalogue().kinds:
            return self.memory.kind, why.BY_MEMORY, []
        return found.kind, why.BY_TITLE if found.words else why.BY_NOTHING, list(found.words)

    def as_of(self) -> tuple[date, str]:
        titles = [title for table in self.tables for title in table.titles]
        filename = self.upload.filename.rsplit(".", 1)[0]
        sheets = [table.sheet for table in self.tables]
        found = [(day_in(text, self.today), why.BY_TITLE) for text in [*titles, *sheets]]
        found.append((day_in(filename, self.today), why.BY_FILENAME))
        found.append((self._last_told("observed_on"), why.BY_COLUMNS))
        found.append((self._last_year("tpmap_year"), why.BY_COLUMNS))
        exact = ("day", "month", "year")
        told = [(day, reason) for day, reason in found if day is not None]
        if not told:
            return self.today, why.BY_TODAY
        day, reason = min(told, key=lambda pair: exact.index(pair[0].precision))
        return min(day.day, self.today), reason

    def _values(self, attribute: str, *, every: bool = False) -> Iterable[object]:
        for shape in self.taken:
            column = shape.mapping.get(attribute)
            if column is None:
                continue
            for table in self.tables_of(shape):
                for row in table.rows if every else table.rows[:SAMPLED_ROWS]:
                    if column < len(row.cells):
                        yield row.cells[column]

    def tables_of(self, shape: Shape) -> list[Table]:
        places_in_taken = [i for each in self.taken for i in each.tables]
        return [self.tables[places_in_taken.index(i)] for i in shape.tables]

    def _last_told(self, attribute: str) -> DayFound | None:
        cells = set(self._values(attribute, every=True)) - {"", None}
        days = [dates.thai_date(cell, today=self.today).value for cell in list(cells)[:20_000]]
        known = [day.first_day() for day in days if day is not None and day.precision == "day"]
        known = [day for day in known if day <= self.today]
        return DayFound(max(known), "day") if known else None

    def _last_year(self, attribute: str) -> DayFound | None:
        texts = {cell_text(cell) for cell in self._values(attribute)}
        found = [day_in(text, self.today) for text in texts]
        return max((day for day in found if day is not None), default=None, key=lambda day: day.day)

    def area(self) -> tuple[str, str]:
        return (
            self._by_titles()
            or self._by_rows()
            or self._by_pins()
            or self._by_memory()
            or self._by_duty()
            or self._by_history()
            or ("", why.BY_NOTHING)
        )

    def _by_titles(self) -> tuple[str, str] | None:
        filename = place_in(self.upload.filename.replace("_", " "))
        codes = []
        for table in self.tables:
            words = place_of([*table.titles, table.sheet])
            codes.append(self._named(words if words.tambon or words.district else words.under(filename)))
        area = common_area(codes) if all(codes) else ""
        return (area, why.BY_TITLE) if len(area) >= 4 else None

    def _named(self, words: PlaceWords) -> str:
        """The code that words name by themselves; "" where they name no tambon or district."""
        if not (words.tambon or words.district):
            return ""
        found = locate(words, self._home())
        return "" if found.value is None or set(found.doubts) & set(_UNKNOWN) else found.value

    def _by_rows(self) -> tuple[str, str] | None:
        counts: Counter[str] = Counter()
        for shape in self.taken:
            columns = [shape.mapping.get(code, -1) for code in ("province", "district", "tambon")]
            address = shape.mapping.get("address", -1)
            for table in self.tables_of(shape):
                for row in table.rows[:: max(1, len(table.rows) // SAMPLED_ROWS)]:
                    cells = [cell_text(row.cells[i]) if 0 <= i < len(row.cells) else "" for i in columns]
                    words = PlaceWords(*cells)
                    if 0 <= address < len(row.cells) and not words.tambon:
                        words = place_in(cell_text(row.cells[address]))
                    counts[self._named(words)[:6]] += 1
        del counts[""]
        return self._mostly(counts, why.BY_COLUMNS)

    def _by_pins(self) -> tuple[str, str] | None:
        lats, lons = list(self._values("lat")), list(self._values("lon"))
        points = [geo.coordinates(lat, lon).value for lat, lon in zip(lats, lons, strict=False)]
        points += [geo.point(cell).value for cell in self._values("point")]
        known = [point for point in points if point is not None]
        if not known:
            return None
        found = places.areas_of([(point.lat, point.lon) for point in known], 3)
        return self._mostly(Counter(code for code in found if code), why.BY_PINS)

    @staticmethod
    def _mostly(counts: Counter[str], reason: str) -> tuple[str, str] | None:
        if not counts:
            return None
        area, most = counts.most_common(1)[0]
        if most >= _FEWEST_ALIKE * counts.total():
            return area, reason
        shared = common_area(code for code, times in counts.items() if times >= 0.02 * counts.total())
        return (shared, reason) if len(shared) >= 4 else None

    def _by_memory(self) -> tuple[str, str] | None:
        return (self.memory.area_code, why.BY_MEMORY) if self.memory and self.memory.area_code else None

    def _by_duty(self) -> tuple[str, str] | None:
        home = self._home()
        return (home, why.BY_DUTY) if len(home) >= 6 else None

    def _by_history(self) -> tuple[str, str] | None:
        done = Upload.objects.filter(state=Upload.State.DONE).exclude(area_code="")
        areas = set(done.values_list("area_code", flat=True).distinct()[:50])
        area = common_area(areas)
        return (area, why.BY_HISTORY) if len(area) >= 6 else None

    def _home(self) -> str:
        """The area in which the sender imports, where there is just one."""
        if self.upload.by is None:
            return ""
        prefixes = scope_for(self.upload.by).prefixes_for("intake.import")
        return prefixes[0] if len(prefixes) == 1 else ""
