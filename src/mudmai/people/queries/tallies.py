"""The numbers of an area, as they were counted when the registry changed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b

from django.core.cache import cache

from mudmai.access.queries import bounds
from mudmai.people.models import Tally
from mudmai.people.queries.bulk import stamp
from mudmai.people.queries.lists import FACT_FILTERS
from mudmai.people.queries.rows import select

ELDERLY_AGE = 60  # ผู้สูงอายุ: Act on Older Persons B.E. 2546 s. 3; reviewed 2569-11


@dataclass
class AreaNumbers:
    """How many of what live in one area. People are the living ones."""

    people: int = 0
    men: int = 0
    women: int = 0
    elderly: int = 0
    children: int = 0
    unknown_age: int = 0
    households: int = 0
    pinned: int = 0
    left: int = 0
    facts: dict[str, int] = field(default_factory=dict)  # by code of FACT_FILTERS
    ages: dict[tuple[str, int], int] = field(default_factory=dict)  # (sex, band of ten years from): people

    @property
    def unpinned(self) -> int:
        return self.households - self.pinned

    @property
    def pinned_percent(self) -> int:
        return round(100 * self.pinned / self.households) if self.households else 0

    @property
    def elderly_percent(self) -> int:
        return round(100 * self.elderly / self.people) if self.people else 0


# The counts that are just added up.
PLAIN = ("people", "men", "women", "elderly", "children", "unknown_age", "households", "pinned", "left")
KEPT_SECONDS = 60
PROVINCE = 2  # digits of its code
# {(measure, key) of a tally: names of the filters it counts for}
FACTS_TOLD: dict[tuple[str, str], list[str]] = defaultdict(list)
for _name, (_code, _value) in FACT_FILTERS.items():
    FACTS_TOLD[f"fact:{_code}", _value].append(_name)


def sum_of(parts: Iterable[AreaNumbers]) -> AreaNumbers:
    """The numbers of areas that do not overlap, together."""
    whole = AreaNumbers()
    for part in parts:
        for name in PLAIN:
            setattr(whole, name, getattr(whole, name) + getattr(part, name))
        for code, n in part.facts.items():
            whole.facts[code] = whole.facts.get(code, 0) + n
        for band, n in part.ages.items():
            whole.ages[band] = whole.ages.get(band, 0) + n
    return whole


def area_numbers(prefixes: Iterable[str], today: date) -> AreaNumbers:
    """The numbers of these areas together. Ages are whole years between the years, as lists with years only allow."""
    return sum_of(part for prefix in prefixes for part in _by_child(prefix, len(prefix) or PROVINCE, today).values())


def numbers_by_child(prefix: str, length: int, today: date) -> dict[str, AreaNumbers]:
    """The numbers of each area of `length` digits inside an area: {code: numbers}.

    Whoever is known only to live somewhere above that stands under the shorter code, so that all together are the area.
    Kept for a minute, or until the registry changes.
    """
    key = f"people-numbers-{blake2b(f'{stamp()} {prefix} {length} {today}'.encode(), digest_size=16).hexdigest()}"
    kept: dict[str, AreaNumbers] | None = cache.get(key)
    if kept is None:
        kept = _by_child(prefix, length, today)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _by_child(prefix: str, length: int, today: date) -> dict[str, AreaNumbers]:
    found: dict[str, AreaNumbers] = defaultdict(AreaNumbers)
    inside = "AND area_code >= %s AND area_code <= %s"
    rows = select(
        f"SELECT area_code, measure, key, n FROM people_tally WHERE level = %s {inside} UNION ALL "
        f"SELECT area_code, measure, key, n FROM people_tally WHERE level = %s {inside} AND length(area_code) < %s",
        [length, *bounds(prefix), Tally.OWN, *bounds(prefix), length],
    )
    for code, measure, key, n in rows:
        _add(found[code], measure, key, n, today.year)
    return dict(found)


def _add(numbers: AreaNumbers, measure: str, key: str, n: int, year: int) -> None:
    if measure == "people":
        _add_people(numbers, key, n, year)
    elif measure == "households":
        numbers.households += n
        numbers.pinned += n if key == "pinned" else 0
    elif measure == "status":
        numbers.left += n if key == "left" else 0
    else:
        for name in FACTS_TOLD.get((measure, key), ()):
            numbers.facts[name] = numbers.facts.get(name, 0) + n


def _add_people(numbers: AreaNumbers, key: str, n: int, year: int) -> None:
    sex, _, born = key.partition(":")
    numbers.people += n
    numbers.men += n if sex == "m" else 0
    numbers.women += n if sex == "f" else 0
    if not born.isdecimal():
        numbers.unknown_age += n
        return
    age = year - int(born)
    numbers.elderly += n if age >= ELDERLY_AGE else 0
    numbers.children += n if age < 15 else 0
    band = min(9, max(0, age // 10)) * 10
    numbers.ages[sex, band] = numbers.ages.get((sex, band), 0) + n
