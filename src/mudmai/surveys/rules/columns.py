"""Which attributes travel to a phone: what every page of the app shows, and what the forms to be filled ask."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from mudmai.people.rules.catalogue import attributes_of, catalogue

ALWAYS = frozenset(
    {
        *("area", "house_no", "moo", "village_name", "soi", "road", "lat", "lon", "pin_accuracy_m", "visit_outcome"),
        *("title", "given_name", "family_name", "nickname", "sex", "birth_date", "relation_to_head", "phone"),
        *("last_visited_on", "next_visit_on"),
    }
)
# Ids stay sealed on the server, and ties are told by the place in the bundle.
NEVER_KINDS = frozenset({"cid", "key", "ignore"})
# Follows from the records; not an attribute.
STATUS = "status"


class Columns(NamedTuple):
    """Codes in the order in which the values of a household, and of a member, stand."""

    household: tuple[str, ...]
    person: tuple[str, ...]


@lru_cache(maxsize=50)
def columns_for(asked: frozenset[str], classes: frozenset[str]) -> Columns:
    """The columns for forms that ask these codes, for somebody who sees these classes of data."""
    wanted = ALWAYS | asked
    codes = [
        each.code
        for each in catalogue().attributes.values()
        if each.code in wanted and each.data_class in classes and not each.is_guarded and each.kind not in NEVER_KINDS
    ]
    return Columns(_of(codes, "household"), (*_of(codes, "person"), STATUS))


def _of(codes: Iterable[str], applies: str) -> tuple[str, ...]:
    return tuple(code for code in codes if code in attributes_of(applies))
