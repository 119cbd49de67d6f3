"""How many households of an area need what: counts that add up from the village to the country."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

from django.core.cache import cache
from django.utils.translation import get_language

from mudmai.access.queries import bounds
from mudmai.needs.models import NeedTally
from mudmai.needs.queries.edition import edition
from mudmai.needs.rules.frameworks import DIMENSIONS
from mudmai.needs.rules.measures import FEWEST
from mudmai.needs.rules.poverty import Poverty, Profile
from mudmai.needs.rules.poverty import alkire_foster as poverty
from mudmai.needs.rules.priority import URGENCIES, reasons
from mudmai.needs.rules.targets import GROUPS
from mudmai.people.services import bulk

KEPT_SECONDS = 60
PROVINCE = 2
PROFILE = "profile:"
# What may be told of an area in numbers to whoever sees no person there.
EVERYDAY = frozenset({"identity", "contact", "social"})


@dataclass
class AreaNeeds:
    """How many households of an area are so, and how many people live in them.

    Measures: houses, red, urgency:9|5|1, group:<code>, fragile:0–3, reason:<code>; failed:<dimension>,
    unsure:<dimension>, passed:<dimension>, and failed:any, passed:any, unsure:any (in one; in none; unknown).
    """

    counted: Counter[str] = field(default_factory=Counter)
    lived: Counter[str] = field(default_factory=Counter)
    profiles: dict[Profile, tuple[int, int]] = field(default_factory=dict)  # {(failed, unsure): (houses, people)}

    def add(self, measure: str, houses: int, people: int) -> None:
        """Count so many more."""
        if measure.startswith(PROFILE):
            failed, _, unsure = measure.removeprefix(PROFILE).partition(":")
            profile = int(failed), int(unsure)
            before = self.profiles.get(profile, (0, 0))
            self.profiles[profile] = before[0] + houses, before[1] + people
        self.counted[measure] += houses
        self.lived[measure] += people

    def __add__(self, other: "AreaNeeds") -> "AreaNeeds":
        whole = AreaNeeds()
        for part in (self, other):
            for measure, houses in part.counted.items():
                whole.add(measure, houses, part.lived[measure])
        return whole

    def houses(self, measure: str) -> int:
        """How many households are so."""
        return self._of(measure, 0)

    def people(self, measure: str) -> int:
        """How many people live in such households."""
        return self._of(measure, 1)

    of = houses

    def _of(self, measure: str, which: int) -> int:
        state, _, dimension = measure.partition(":")
        if state in ("failed", "unsure", "passed"):
            bits = 2 ** len(DIMENSIONS) - 1 if dimension == "any" else 1 << list(DIMENSIONS).index(dimension)
            return sum(counts[which] for profile, counts in self.profiles.items() if _state(profile, bits) == state)
        return (self.counted, self.lived)[which][measure]

    @property
    def assessed(self) -> int:
        return self.houses("houses")

    @property
    def persons(self) -> int:
        return self.people("houses")

    @property
    def red(self) -> int:
        return self.houses("red")

    @property
    def urgent(self) -> int:
        return self.houses("urgency:9")

    @property
    def pressing(self) -> int:
        return self.houses("urgency:5")

    @property
    def can_wait(self) -> int:
        return self.houses("urgency:1")

    @property
    def urgencies(self) -> dict[int, int]:
        return {urgency: self.houses(f"urgency:{urgency}") for urgency in URGENCIES}

    @property
    def poor(self) -> int:
        return self.houses("failed:any")

    @property
    def failed(self) -> dict[str, int]:
        return {code: self.houses(f"failed:{code}") for code in DIMENSIONS}

    @property
    def unsure(self) -> dict[str, int]:
        return {code: self.houses(f"unsure:{code}") for code in DIMENSIONS}

    @property
    def passed(self) -> dict[str, int]:
        return {code: self.houses(f"passed:{code}") for code in DIMENSIONS}

    @property
    def groups(self) -> dict[str, int]:
        return {code: self.houses(f"group:{code}") for code in GROUPS}

    @property
    def people_of_groups(self) -> dict[str, int]:
        return {code: self.people(f"group:{code}") for code in GROUPS}

    @property
    def fragile(self) -> dict[int, int]:
        return {level: self.houses(f"fragile:{level}") for level in range(4)}


def _state(profile: Profile, bits: int) -> str:
    """Failed in one of these dimensions, else not known in one of them, else passed."""
    failed, unsure = profile
    return "failed" if failed & bits else "unsure" if unsure & bits else "passed"


def total(parts: Iterable[AreaNeeds]) -> AreaNeeds:
    """The numbers of areas that do not overlap, together."""
    return sum(parts, AreaNeeds())


def area_needs(prefixes: Iterable[str]) -> AreaNeeds:
    """The numbers of these areas together."""
    return total(part for prefix in prefixes for part in needs_by_child(prefix, len(prefix) or PROVINCE).values())


def needs_by_child(prefix: str, length: int) -> dict[str, AreaNeeds]:
    """The numbers of each area of `length` digits inside an area: {code: numbers}.

    Households that are known only to lie somewhere above that stand under the shorter code, so that all together are
    the area. Kept for a minute, or until an assessment changes them.
    """
    key = f"needs-numbers-{blake2b(f'{edition()} {prefix} {length}'.encode(), digest_size=16).hexdigest()}"
    kept: dict[str, AreaNeeds] | None = cache.get(key)
    if kept is None:
        kept = _by_child(prefix, length)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _by_child(prefix: str, length: int) -> dict[str, AreaNeeds]:
    found: dict[str, AreaNeeds] = defaultdict(AreaNeeds)
    inside = "AND area_code >= %s AND area_code <= %s"
    rows = bulk.select(
        f"SELECT area_code, measure, houses, people FROM needs_needtally WHERE level = %s {inside} UNION ALL "
        f"SELECT area_code, measure, houses, people FROM needs_needtally "
        f"WHERE level = %s {inside} AND length(area_code) < %s",
        [length, *bounds(prefix), NeedTally.OWN, *bounds(prefix), length],
    )
    for code, measure, houses, people in rows:
        found[code].add(measure, houses, people)
    return dict(found)


def reasons_counted(numbers: AreaNeeds, classes: Collection[str]) -> dict[str, int]:
    """{reason: households}, of the reasons that somebody who sees these classes of data may be told of."""
    return {
        code: n
        for code, reason in reasons().items()
        if reason.may_be_named(classes) and (n := numbers.houses(f"reason:{code}"))
    }


class ReasonCount(NamedTuple):
    """One reason, and of how many houses it holds."""

    code: str
    label: str
    red: bool
    n: int


def top_reasons(numbers: AreaNeeds, classes: Collection[str] | None, most: int) -> list[ReasonCount]:
    """The reasons of most houses, of the classes that the reader sees.

    `classes` None: for whoever sees numbers and no person: of the everyday classes, without counts of few.
    """
    every, language = reasons(), get_language() or "th"
    counted = reasons_counted(numbers, EVERYDAY if classes is None else classes)
    least = FEWEST if classes is None else 1
    rows = [ReasonCount(key, every[key].label(language), every[key].red, n) for key, n in counted.items() if n >= least]
    return sorted(rows, key=lambda row: -row.n)[:most]


def alkire_foster(numbers: AreaNeeds, k: float = 1, weights: Mapping[str, float] | None = None) -> Poverty:
    """The poverty of the people of an area in H, A and M0, each from the least to the most that it can be."""
    return poverty({profile: people for profile, (_houses, people) in numbers.profiles.items() if people}, k, weights)
