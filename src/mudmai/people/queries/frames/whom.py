"""Of whom a frame is asked, as the database is asked for it."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from mudmai.access.queries import bounds
from mudmai.people.queries.rows import hexed, select, select_in


class Whom(NamedTuple):
    """Everybody in some areas, or some houses with all who live there and some persons besides."""

    areas: tuple[str, ...]
    houses: frozenset[str] | None = None  # 32 hex digits; None: by area
    persons: frozenset[str] = frozenset()

    @classmethod
    def of(cls, areas: Sequence[str], houses: Collection[str] | None, persons: Collection[str] | None) -> "Whom":
        """Of whom is asked: `houses` and `persons` take the place of the areas,."""
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

    def rows(self, sql: str, column: str, key: str = "") -> Iterator[tuple[Any, ...]]:
        """The rows of a query without its WHERE: those whose area is one of these, or whose `column` is such a house.

        `key`: the column by which the persons besides are found.
        """
        if self.houses is None:
            yield from select(f"{sql}{self._inside()}", [bound for area in self._prefixes() for bound in bounds(area)])
            return
        yield from select_in(f"{sql} WHERE {column} IN {{in}}", self.houses)
        if key:
            yield from select_in(f"{sql} WHERE {key} IN {{in}}", self.persons)

    def covers(self, area: str) -> bool:
        """Whether an area lies inside one of these."""
        return any(area.startswith(each) for each in self.areas)

    def _prefixes(self) -> list[str]:
        return [] if self.everybody else list(self.areas)

    def _inside(self) -> str:
        """SQL: inside one of these areas."""
        if self.everybody:
            return ""
        return " WHERE " + (" OR ".join(["(area_code >= %s AND area_code <= %s)"] * len(self.areas)) or "1 = 0")
