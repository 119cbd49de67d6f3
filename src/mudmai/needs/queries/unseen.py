"""How many are still missing in each village, from the sources that found people there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mudmai.needs.queries.comparing import WELL, persons_in_need
from mudmai.needs.rules import sources, unseen
from mudmai.needs.rules.sources import Subject
from mudmai.needs.rules.unseen import Estimate, History, Refusal
from mudmai.people import queries as people

if TYPE_CHECKING:
    from mudmai.accounts.models import User

# Facts by which somebody is known to belong to a subject, and kinds of source that name nobody else.
KNOWN_BY: dict[str, tuple[tuple[str, str], ...]] = {
    "dependent": (("adl_group", "bedridden"), ("adl_group", "homebound")),
    "disabled": (("disability_registered", "1"), *(("disability_types", str(n)) for n in range(1, 8))),
    "poor": (("tpmap_poor", "1"),),
}
NAMED_BY: dict[str, tuple[str, ...]] = {"dependent": ("bedridden_list", "ltc_list")}
# Who was on a list and is well by what is known now belongs to the subject no more.
NO_MORE: dict[str, tuple[tuple[str, str], ...]] = {"dependent": (("adl_group", "active"),)}
COUNTS = "counts.view"
SURVEYS = ("volunteer_survey", "home_visit")
Told = dict[str, list[tuple[str, dict[str, Any]]]]


@dataclass(frozen=True)
class Overlap:
    """One area: how many each source found, how they overlap, and what follows."""

    area: str
    counts: dict[History, int]
    result: Estimate | Refusal

    @property
    def seen(self) -> int:
        return sum(self.counts.values())

    def found_by(self, source: int) -> int:
        return sum(n for history, n in self.counts.items() if history[source])


@dataclass
class Unseen:
    """An area and its parts, and how many records found somebody, `by_name` those matched without the 13-digit id."""

    whole: Overlap
    parts: list[Overlap] = field(default_factory=list)
    records: int = 0
    by_name: int = 0

    @property
    def by_name_percent(self) -> int:
        return round(100 * self.by_name / self.records) if self.records else 0


def unseen_of(user: "User", subject: Subject, area: str) -> Unseen:
    """The overlap of the sources in an area of the user's, and in each village of it. Only the living count."""
    where = _known(user, subject, area)
    houses = people.living_among(where)
    told = people.told_of(houses, subject.codes)
    if subject.code == "poor":
        _tell_of_houses(user, told, houses, area)
    parts: dict[str, dict[History, int]] = defaultdict(lambda: defaultdict(int))
    whole: dict[History, int] = defaultdict(int)
    for person in houses:
        found = sources.history(subject, told.get(person, ()))
        if any(found):
            parts[where[person]][found] += 1
            whole[found] += 1
    records, by_name = _matched(subject, houses)
    return Unseen(
        _overlap(area, whole), [_overlap(code, counts) for code, counts in sorted(parts.items())], records, by_name
    )


def _overlap(area: str, counts: dict[History, int]) -> Overlap:
    return Overlap(area, dict(counts), unseen.estimate(counts))


def _known(user: "User", subject: Subject, area: str) -> dict[str, str]:
    """{id of each person of whom a source may have told this: area}."""
    sets = [people.persons_with(code, value) for code, value in KNOWN_BY[subject.code]]
    sets += [people.persons_told_by(kind, subject.data_class) for kind in NAMED_BY.get(subject.code, ())]
    sets += [persons_in_need("poor")] if subject.code == "poor" else []
    found: dict[str, str] = {}
    for each in sets:
        found |= people.members_of_set(user, each, area, COUNTS)
    for code, value in NO_MORE.get(subject.code, ()):
        for key in people.members_of_set(user, people.persons_with(code, value), area, COUNTS):
            found.pop(key, None)
    if subject.code == "poor":
        # Whom TPMAP named, and whose house was since asked in full and is poor in nothing, has left poverty.
        for key in people.members_of_set(user, persons_in_need(WELL), area, COUNTS):
            found.pop(key, None)
    return found


def _tell_of_houses(user: "User", told: Told, houses: dict[str, str | None], area: str) -> None:
    """Put to what was told of each person that a survey of her house found it poor."""
    visited = people.houses_told_by({house for house in houses.values() if house}, SURVEYS)
    for person in people.members_of_set(user, persons_in_need("poor"), area, COUNTS):
        if houses.get(person) in visited:
            told.setdefault(person, []).append((SURVEYS[0], {sources.HOUSE_POOR: True}))


def _matched(subject: Subject, persons: Iterable[str]) -> tuple[int, int]:
    """How many records of the sources there are of these persons, and how many were matched without the id."""
    kinds = {kind for source in subject.sources for kind in source.kinds}
    bases = [
        basis for telling in people.tellings(persons).values() for kind, _batch, basis in telling.links if kind in kinds
    ]
    return len(bases), sum(basis in ("model", "rule", "staff") for basis in bases)
