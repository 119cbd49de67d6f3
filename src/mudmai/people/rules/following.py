"""What follows from what is known of a person: status, area, residence. Pure, for today as for a past day."""

from collections.abc import Mapping

from mudmai.people.rules.catalogue import NONE_TOLD
from mudmai.people.rules.fold import Known, value_of

ALIVE, DEAD, MOVED, LEFT = "alive", "dead", "moved", "left"


def word(known: Known, code: str, length: int) -> str:
    """A text value, cut to its column; "" where nothing, or "none", was told."""
    value = value_of(known, code)
    return "" if value is None or value == NONE_TOLD else str(value)[:length]


def area_of(known: Known, area_of_house: Mapping[str, str]) -> str:
    """Where a person counts: the area of the house where she lives, else is registered, else what the list said."""
    lives_at, registered_at = value_of(known, "lives_at"), value_of(known, "registered_at")
    return area_of_house.get(lives_at or "") or area_of_house.get(registered_at or "") or word(known, "listed_area", 8)


def status_of(known: Known) -> str:
    """Alive, dead, moved away, or gone from the register with nobody having seen the person since."""
    presence = value_of(known, "presence")
    if presence == "dead" or (value_of(known, "death_date") not in (None, NONE_TOLD)):
        return DEAD
    if presence == "moved":
        return MOVED
    registered = known.get("in_civil_register")
    if registered is not None and registered[0] is False:
        seen = known.get("lives_at")
        if seen is None or seen[1] <= 45 or seen[2] < registered[2]:
            return LEFT
    return ALIVE
