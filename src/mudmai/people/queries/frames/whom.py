"""Of whom a frame is asked, as the database is asked for it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from mudmai.access.queries import bounds
from mudmai.people.queries.rows import hexed, select_in, stream

Rows = Iterable[Sequence[tuple[Any, ...]]]  # some hundreds or thousands at a time


class Whom(NamedTuple):
    """Everybody in some areas, or some houses with all who live there and some persons besides."""

    areas: tuple[str, ...]
    houses: frozenset[str] | None = None  # 32 hex digits; None: by area
    persons: frozenset[str] = frozenset()

    @classmethod
    def of(cls, areas: Sequence[str], houses: Collection[str] | None, persons: Collection[str] | None) -> "Whom":
        """Of whom is asked: `houses` and `persons` take the place of the areas."""
        if houses is None and persons is None:
            return cls(tuple(areas))
        return cls((), frozenset(houses or ()), frozenset(persons or ()))

    def with_homes(self) -> "Whom":
        """The same, with the houses where the persons live now."""
        homes = select_in("SELECT household_id FROM people_person WHERE id IN {in}", self.persons)
        found = {hexed(row[0]) for row in homes if row[0] is not None}
        return self._replace(houses=self.houses | found) if self.houses is not None else self

    @property
    def everybody(self) -> bool:
        return self.houses is None and "" in self.areas

    def rows(self, sql: str, column: str) -> Iterator[Sequence[tuple[Any, ...]]]:
        """The rows of a query without its WHERE: those whose area is one of these, or `column` is such a house."""
        if self.houses is not None:
            yield list(select_in(f"{sql} WHERE {column} IN {{in}}", self.houses))
        elif self.everybody:
            yield from stream(sql)
        elif self.areas:
            inside = " OR ".join(["(area_code >= %s AND area_code <= %s)"] * len(self.areas))
            yield from stream(f"{sql} WHERE {inside}", [bound for area in self.areas for bound in bounds(area)])

    def holds_house(self, key: str, area: str) -> bool:
        """Whether it is asked for this house, which lies there."""
        return self._covers(area) if self.houses is None else key in self.houses

    def holds_person(self, key: str, area: str, home: str | None) -> bool:
        """Whether it is asked for this person, who counts there and lives at that house."""
        return self._covers(area) if self.houses is None else key in self.persons or home in self.houses

    def _covers(self, area: str) -> bool:
        return any(area.startswith(each) for each in self.areas)
