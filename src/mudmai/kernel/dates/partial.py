"""A date of which the day, or the day and the month, may be unknown."""

from datetime import date, timedelta
from typing import NamedTuple

EARLIEST_YEAR, LATEST_YEAR = 1850, 2199


class PartialDate(NamedTuple):
    """A Gregorian date as exact as it is known.

    >>> PartialDate(1950, 3).iso, PartialDate(1950, 3).precision
    ('1950-03', 'month')
    """

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str:
        """The form that records keep: its length tells the precision."""
        if self.month is None:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

    @property
    def precision(self) -> str:
        return "year" if self.month is None else "month" if self.day is None else "day"

    def first_day(self) -> date:
        """The earliest day it can mean; ages are counted from it (unknown day or month: the first)."""
        return date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> date:
        """The latest day it can mean."""
        if self.month is not None and self.day is not None:
            return date(self.year, self.month, self.day)
        month = self.month or 12
        following = date(self.year + month // 12, month % 12 + 1, 1)
        return following - timedelta(days=1)

    @classmethod
    def from_iso(cls, iso: str) -> "PartialDate":
        """The opposite of `iso`; raises ValueError for anything else.

        >>> PartialDate.from_iso("1950-03")
        PartialDate(year=1950, month=3, day=None)
        """
        parts = [int(part) for part in iso.split("-")]
        found = cls(*parts)
        found.first_day()
        if found.iso != iso:
            raise ValueError(f"not a partial date: {iso!r}")
        return found

    @classmethod
    def from_date(cls, day: date) -> "PartialDate":
        return cls(day.year, day.month, day.day)
