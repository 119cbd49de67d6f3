"""What is known of many at once, as plain values without their origins; and houses by any key they ever had."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from mudmai.people.models import Decision, Household
from mudmai.people.queries.rows import CHUNK, from_json, hexed
from mudmai.people.rules.identity import MERGE, Edge, clusters


class HouseNow(NamedTuple):
    """The house that a key means now: its id (32 hex digits) and its area."""

    id: str
    area: str


def values_of(found: QuerySet[Any], *columns: str) -> Iterator[tuple[Any, ...]]:
    """Of each person, or house, of a queryset: the columns named, then {code: value that stands}. In no order."""
    rows = found.order_by().values_list(*columns, Cast("known", TextField()))
    for *told, known in rows.iterator(chunk_size=CHUNK):
        stored = from_json(known)
        stored.pop("@", None)
        yield (*told, {code: value[0] for code, value in stored.items()})


def houses_now(keys: Iterable[str]) -> dict[str, HouseNow]:
    """{key: the house it means now}, for keys of houses that stand, also under other houses they were merged with."""
    wanted = set(keys)
    found = _standing(wanted)
    lost = wanted - found.keys()
    if lost:
        named = clusters((), _merges())
        moved = {key: named[key] for key in lost & named.keys()}
        there = _standing(moved.values())
        found |= {key: there[house] for key, house in moved.items() if house in there}
    return found


def area_of_house(key: str) -> str:
    """The area of the house that a key means now; "" where there is none."""
    found = houses_now([key]).get(key) if key else None
    return found.area if found else ""


def _standing(keys: Iterable[str]) -> dict[str, HouseNow]:
    rows = Household.objects.filter(pk__in=list(keys)).values_list("pk", "area_code")
    return {hexed(key): HouseNow(hexed(key), area) for key, area in rows}


def _merges() -> Iterator[Edge]:
    rows = Decision.objects.filter(about="household", kind=MERGE, withdrawn=False).values_list("left", "right")
    return (Edge(MERGE, hexed(left), hexed(right)) for left, right in rows)
