"""What one user may do and see: by duties in areas, and by teams of the persons and houses that they follow."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Q

from mudmai.access import rules

LONGEST_AREA_CODE = 8


@dataclass(frozen=True)
class Grant:
    """One role in one area."""

    prefix: str
    role: rules.Role


@dataclass(frozen=True)
class Follows:
    """One role for some persons and houses, wherever these lie; `area` is the team's own."""

    role: rules.Role
    area: str
    persons: frozenset[UUID] = frozenset()
    households: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Scope:
    """Everything one user may do on one day; asked once, then answered from memory.

    Where a question names a person or a house, give all keys that are at hand: whoever follows a house sees those who
    live there. `people.queries.scope_of` gives the scope whose keys are those of now.
    """

    grants: tuple[Grant, ...] = ()
    follows: tuple[Follows, ...] = ()

    @property
    def prefixes(self) -> tuple[str, ...]:
        """The areas of all duties, without those that lie inside another."""
        return widest(grant.prefix for grant in self.grants)

    def prefixes_for(self, action: str, data_class: str | None = None) -> tuple[str, ...]:
        """The areas in which the user may do this (and see this class of data)."""
        return widest(grant.prefix for grant in self.grants if _gives(grant.role, action, data_class))

    def reaches(self, area_code: str) -> bool:
        """Whether any duty covers this area; if not, the area does not exist for this user."""
        return any(rules.covers(grant.prefix, area_code) for grant in self.grants)

    def is_following(self, *, person: UUID | None = None, household: UUID | None = None) -> bool:
        """Whether a team of the user follows this person or house."""
        return next(self._of(person, household), None) is not None

    def allows(self, action: str, area_code: str, *, person: UUID | None = None, household: UUID | None = None) -> bool:
        """Whether the user may do this there, or to this person or house."""
        known(action)
        return any(action in role.actions for role in self._roles(area_code, person, household))

    def allows_somewhere(self, action: str) -> bool:
        """Whether a menu should offer this at all."""
        known(action)
        return any(action in role.actions for role in self._everywhere())

    def classes_at(
        self, area_code: str, *, person: UUID | None = None, household: UUID | None = None
    ) -> frozenset[str]:
        """The classes of data that the user sees of people who live there, or of this person or house."""
        return frozenset().union(*(role.classes for role in self._roles(area_code, person, household)))

    def sees(self, data_class: str, area_code: str | None = None) -> bool:
        """Whether the user sees this class there; without an area, anywhere."""
        if area_code is None:
            return any(data_class in role.classes for role in self._everywhere())
        return any(data_class in role.classes for role in self._roles(area_code))

    def persons_for(self, action: str, data_class: str | None = None) -> frozenset[UUID]:
        """Followed persons with whom the user may do this, wherever they live."""
        return frozenset().union(*(each.persons for each in self.follows if _gives(each.role, action, data_class)))

    def households_for(self, action: str, data_class: str | None = None) -> frozenset[UUID]:
        """Followed houses with which, and with those who live there, the user may do this."""
        return frozenset().union(*(each.households for each in self.follows if _gives(each.role, action, data_class)))

    def may_submit(self, area_code: str, *, household: UUID | None = None, person: UUID | None = None) -> bool:
        """Whether the user may send a form about it; a house that nobody knew yet, anywhere in the area of a team."""
        if self.allows("surveys.submit", area_code, person=person, household=household):
            return True
        new = person is None and household is None
        return new and any(
            rules.covers(each.area, area_code) for each in self.follows if "surveys.submit" in each.role.actions
        )

    def area_filter(self, field: str = "area_code", *, action: str = "people.view", data_class: str | None = None) -> Q:
        """Keeps only rows whose area is one where the user may do this. Uses the index of `field`."""
        known(action)
        return area_q(self.prefixes_for(action, data_class), field)

    def person_filter(self, action: str = "people.view", data_class: str | None = None) -> Q:
        """Keeps only persons of whom the user may do this, by area or because they are followed."""
        return either(self.area_filter(action=action, data_class=data_class), self.followed_persons(action, data_class))

    def household_filter(self, action: str = "people.view") -> Q:
        """Keeps only houses with which the user may do this, by area or because they are followed."""
        houses = self.households_for(action)
        return either(self.area_filter(action=action), Q(pk__in=houses) if houses else Q())

    def followed_persons(self, action: str = "people.view", data_class: str | None = None) -> Q:
        """Keeps only persons who are followed, or live in a house that is; an empty Q where nobody is."""
        known(action)
        persons, houses = self.persons_for(action, data_class), self.households_for(action, data_class)
        return (Q(pk__in=persons) if persons else Q()) | (Q(household_id__in=houses) if houses else Q())

    def with_keys(self, persons: dict[UUID, UUID], households: dict[UUID, UUID]) -> "Scope":
        """The same scope where these keys stand for others now."""

        def now(keys: frozenset[UUID], names: dict[UUID, UUID]) -> frozenset[UUID]:
            return frozenset(names.get(key, key) for key in keys)

        return Scope(
            self.grants,
            tuple(
                replace(each, persons=now(each.persons, persons), households=now(each.households, households))
                for each in self.follows
            ),
        )

    def _everywhere(self) -> Iterator[rules.Role]:
        yield from (grant.role for grant in self.grants)
        yield from (each.role for each in self.follows)

    def _roles(self, area_code: str, person: UUID | None = None, household: UUID | None = None) -> Iterator[rules.Role]:
        yield from (grant.role for grant in self.grants if rules.covers(grant.prefix, area_code))
        yield from self._of(person, household)

    def _of(self, person: UUID | None, household: UUID | None) -> Iterator[rules.Role]:
        return (each.role for each in self.follows if person in each.persons or household in each.households)


NOTHING = Scope()


def _gives(role: rules.Role, action: str, data_class: str | None) -> bool:
    return action in role.actions and (data_class is None or data_class in role.classes)


def either(inside: Q, followed: Q) -> Q:
    """An empty Q on the left keeps everything (the whole country), on the right adds nothing."""
    return inside | followed if inside and followed else inside


def known(action: str) -> None:
    """Stop a misspelt action at once instead of refusing everybody for ever."""
    if action not in rules.ACTIONS:
        raise ValueError(f"{action!r} is no action of access.rules.ACTIONS")


def widest(prefixes: Iterable[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for prefix in sorted(set(prefixes)):
        if not kept or not prefix.startswith(kept[-1]):
            kept.append(prefix)
    return tuple(kept)


def area_q(prefixes: Iterable[str], field: str = "area_code") -> Q:
    """Rows inside any of these areas. Ranges rather than LIKE: SQLite and any collation can use the index."""
    inside = Q(pk__in=[])
    for prefix in prefixes:
        if prefix == "":
            return Q()
        first, last = bounds(prefix)
        inside |= Q(**{f"{field}__gte": first, f"{field}__lte": last})
    return inside


def bounds(prefix: str) -> tuple[str, str]:
    """The first and the last code inside an area, as text compares them."""
    return prefix, prefix.ljust(LONGEST_AREA_CODE, "9")
