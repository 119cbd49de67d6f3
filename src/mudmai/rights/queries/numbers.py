"""How many stand so with each programme, and how much money that is: village by village, added up for any area."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce

from django.core.cache import cache
from django.utils.translation import get_language

from mudmai.access.queries import bounds
from mudmai.people.queries.rows import select
from mudmai.rights.models import Evaluation
from mudmai.rights.queries.seeing import listed_programmes
from mudmai.rights.queries.worklists import version
from mudmai.rights.rules.standing import PEOPLE

KEPT_SECONDS = 60


@dataclass
class Cell:
    """So many people, and so much money: baht a month or a year, or once, as the programme says."""

    n: int = 0
    baht: float = 0.0

    def __add__(self, other: "Cell") -> "Cell":
        return Cell(self.n + other.n, self.baht + other.baht)


@dataclass
class Numbers:
    """The cells of an area: by programme and finding."""

    cells: dict[tuple[str, str], Cell] = field(default_factory=dict)

    def of(self, programme: str, finding: str) -> Cell:
        return self.cells.get((programme, finding), Cell())

    def __add__(self, other: "Numbers") -> "Numbers":
        keys = self.cells.keys() | other.cells.keys()
        return Numbers({key: self.of(*key) + other.of(*key) for key in keys})

    def total(self, finding: str) -> int:
        """How many lines of this finding, over all programmes: whoever is missed by two counts twice."""
        return sum(self.of(code, finding).n for code in listed_programmes())

    def people(self, finding: str) -> int:
        """How many people these are, each counted once; of whom nobody can tell only those worth asking."""
        return self.of(PEOPLE, finding).n

    def baht_a_month(self, finding: str) -> float:
        """The money of the monthly programmes together."""
        monthly = (code for code, programme in listed_programmes().items() if programme.kind == "monthly")
        return sum(self.of(code, finding).baht for code in monthly)


@dataclass(frozen=True)
class Missed:
    """The few numbers that a summary shows: who is entitled and gets nothing."""

    people: int  # each counted once
    lines: int  # rights: whoever is missed by two counts twice
    baht_month: float
    over: int
    unknown: int
    by_programme: list[tuple[str, str, int, float]]  # (code, label, how many, baht), most first

    def __bool__(self) -> bool:
        return bool(self.lines or self.over or self.unknown)


def programme_numbers(prefixes: Iterable[str]) -> Numbers:
    """The numbers of these areas together. Guarded programmes are in none."""
    parts = (part for prefix in prefixes for part in numbers_by_child(prefix, len(prefix) or 2).values())
    return reduce(lambda whole, part: whole + part, parts, Numbers())


def numbers_by_child(prefix: str, length: int) -> dict[str, Numbers]:
    """The numbers of each area of `length` digits inside an area: {code: numbers}.

    Whoever is known only to live somewhere above stands under the shorter code, so that all together are the area.
    """
    key = f"rights-numbers-{version()}-{prefix}-{length}"
    kept: dict[str, Numbers] | None = cache.get(key)
    if kept is None:
        kept = _by_child(prefix, length)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def missed_numbers(prefix: str) -> Missed:
    """What a summary of an area tells of entitlements."""
    numbers, language = programme_numbers([prefix]), get_language() or "th"
    rows = [
        (code, programme.label(language), cell.n, cell.baht)
        for code, programme in listed_programmes().items()
        if (cell := numbers.of(code, "missed")).n
    ]
    return Missed(
        numbers.people("missed"), numbers.total("missed"), numbers.baht_a_month("missed"), numbers.total("over"),
        numbers.total("unknown"), sorted(rows, key=lambda row: -row[2]),
    )  # fmt: skip


def evaluated() -> Evaluation | None:
    """When everybody was last evaluated, and how far a run is that is under way; None where nobody ever was."""
    return Evaluation.objects.first()


def _by_child(prefix: str, length: int) -> dict[str, Numbers]:
    found: dict[str, Numbers] = defaultdict(Numbers)
    listed = listed_programmes()
    rows = select(
        "SELECT substr(area_code, 1, %s), programme, finding, sum(n), sum(amount) FROM rights_rightstally "
        "WHERE area_code >= %s AND area_code <= %s GROUP BY 1, 2, 3",
        [length, *bounds(prefix)],
    )
    for code, programme, finding, n, amount in rows:
        if programme in listed or programme == PEOPLE:
            found[code].cells[programme, finding] = Cell(int(n), float(amount))
    return dict(found)
