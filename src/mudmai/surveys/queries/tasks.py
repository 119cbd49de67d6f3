"""What a volunteer has to do today: visits that are due, houses not visited or without a pin, and inquiries."""

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from mudmai.kernel import clock
from mudmai.linkage import queries as linkage
from mudmai.people import queries as people
from mudmai.surveys.queries.areas import bundle_of, field_areas

if TYPE_CHECKING:
    from mudmai.accounts.models import User


class Today(NamedTuple):
    """The keys of households, by what there is to do, and the inquiries; as the phone lists them by itself."""

    due: list[str]
    never_visited: list[str]
    without_pin: list[str]
    inquiries: list[dict[str, Any]]


def today_of(user: "User", today: date | None = None) -> Today:
    """What waits for a volunteer in the areas of his phone on a day."""
    day = (today or clock.today()).isoformat()
    found = Today([], [], [], inquiries_of(user))
    for area in field_areas(user):
        bundle = bundle_of(user, area, frozenset())
        next_visit = bundle.columns.person.index("next_visit_on") + 1  # after the key
        last_visit, lat = (bundle.columns.household.index(code) for code in ("last_visited_on", "lat"))
        for key, values, members in bundle.households():
            if any("" < each[next_visit] <= day for each in members):
                found.due.append(key)
            if bundle.is_house(key) and not values[last_visit]:
                found.never_visited.append(key)
            if bundle.is_house(key) and not values[lat]:
                found.without_pin.append(key)
    return found


def inquiries_of(user: "User") -> list[dict[str, Any]]:
    """Questions put to the volunteer, as the phone shows them: each with the two people it is about."""
    asked = linkage.inquiries_asked_of(user)
    keys = {key.hex for each in asked for key in (each.question.left_id, each.question.right_id)}
    persons = people.persons_by_key(keys) if keys else {}
    seen = people.visible_persons(user).select_related("household").in_bulk(list(persons.values()))
    shown = {person.pk.hex: person for person in seen.values()}
    found = []
    for each in asked:
        sides = []
        for key in (each.question.left_id.hex, each.question.right_id.hex):
            person = shown.get(persons.get(key, ""))
            if person is not None:
                house = person.household
                sides.append(
                    {
                        "person": person.pk.hex,
                        "household": house.pk.hex if house else "",
                        "who": f"{person.full_name} {house.house_no if house else ''}".strip(),
                    }
                )
        found.append(
            {
                "id": str(each.pk), "note": each.note, "asked_by": str(each.asked_by),
                "asked_on": each.asked_at.astimezone(clock.BANGKOK).date().isoformat(),
                "area": each.area_code, "about": each.question.about, "sides": sides,
            }
        )  # fmt: skip
    return found
