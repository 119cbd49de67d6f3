"""How many are registered in an area, as the civil register printed it."""

from collections.abc import Iterable, Sequence
from operator import add

from mudmai.places.models import Part, Population
from mudmai.places.queries.areas import prefix_q

PERSONS = ("total", "male", "female")
HOUSES = ("households",)
COUNTED = (*PERSONS, *HOUSES)


def populations(codes: Iterable[str], *, year: int | None = None) -> dict[str, Population]:
    """The whole population of each area in one year (C.E.), else the newest; areas never counted are left out."""
    rows = Population.objects.filter(code__in=list(codes), part=Part.TOTAL)
    if year is not None:
        rows = rows.filter(year=year)
    return {row.code: row for row in rows.order_by("year")}


def population_of(code: str, *, year: int | None = None) -> Population | None:
    """The whole population of one area, newest year where none is given."""
    return populations([code], year=year).get(code)


def rollup_differences(prefix: str = "", counts: Sequence[str] = PERSONS) -> list[str]:
    """The areas whose printed counts are not the sum of their tambons, as "code year"; empty when all agree.

    Areas none of whose tambons were loaded are left out. Of the register of 2564, persons agree everywhere; houses
    (`counts=HOUSES`) are one off in some 40 districts and provinces as printed.
    """
    rows = list(
        Population.objects.filter(prefix_q("code", [prefix]), part=Part.TOTAL)
        .order_by("code", "year")
        .values_list("code", "year", *counts)
    )
    sums: dict[tuple[str, int], list[int]] = {}
    for code, year, *counted in rows:
        if len(code) == 6:
            for length in (0, 2, 4):
                summed = sums.setdefault((code[:length], year), [0] * len(counts))
                summed[:] = map(add, summed, counted)
    return [f"{code or 'TH'} {year}" for code, year, *counted in rows if sums.get((code, year), counted) != counted]
