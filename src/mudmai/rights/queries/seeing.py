"""Which programmes a user may see of whom, and where: a line on a list tells what the list rests on."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from mudmai.access.queries import Scope, bounds, widest
from mudmai.people.queries import scope_of, visible_persons
from mudmai.rights.rules.programmes import PROGRAMMES, Programme

if TYPE_CHECKING:
    from mudmai.accounts.models import User

VIEW = "people.view"


def listed_programmes() -> dict[str, Programme]:
    """The programmes that may stand on lists and in counts, in the order of screens: the guarded ones stand nowhere."""
    return {code: programme for code, programme in PROGRAMMES.items() if not programme.guarded}


def prefixes_with(scope: Scope, action: str, classes: Iterable[str]) -> tuple[str, ...]:
    """The areas where the user may do this and sees all these classes of data."""
    found: tuple[str, ...] | None = None
    for data_class in classes:
        here = scope.prefixes_for(action, data_class)
        found = here if found is None else _shared(found, here)
    return scope.prefixes_for(action) if found is None else found


def seen_programmes(scope: Scope, action: str = VIEW) -> dict[str, Programme]:
    """The programmes of which the user sees a list somewhere."""
    return {
        code: programme
        for code, programme in listed_programmes().items()
        if prefixes_with(scope, action, programme.classes) or followed_classes(scope, action, programme.classes)
    }


def followed_classes(scope: Scope, action: str, classes: Iterable[str]) -> bool:
    """Whether there is anybody followed of whom the user sees all these classes."""
    return all(scope.persons_for(action, each) or scope.households_for(action, each) for each in classes)


def ranges(scope: Scope, area: str, action: str, classes: Iterable[str]) -> list[tuple[str, str]]:
    """The runs of area codes that the user may see so within the area asked for."""
    prefixes = prefixes_with(scope, action, classes)
    inside = [max(prefix, area, key=len) for prefix in prefixes if prefix.startswith(area) or area.startswith(prefix)]
    return [bounds(prefix) for prefix in sorted(inside)]


def followed_persons(user: "User", action: str, classes: Iterable[str]) -> list[str]:
    """Whom the user sees so wherever they live, because a team follows them or their house; 32 hex digits."""
    scope = scope_of(user)
    if not scope.follows:
        return []
    wanted = sorted(classes)
    persons = _all_of(scope.persons_for(action, each) for each in wanted)
    houses = _all_of(scope.households_for(action, each) for each in wanted)
    living = visible_persons(user, action).filter(household_id__in=houses) if houses else []
    return sorted({key.hex for key in persons} | {person.pk.hex for person in living})


def grouped_by_classes(programmes: Mapping[str, Programme]) -> dict[frozenset[str], list[str]]:
    """{classes: programmes that rest on just these}."""
    found: dict[frozenset[str], list[str]] = {}
    for code, programme in programmes.items():
        found.setdefault(frozenset(programme.classes), []).append(code)
    return found


def _all_of(sets: Iterable[frozenset[UUID]]) -> frozenset[UUID]:
    found = list(sets)
    return frozenset.intersection(*found) if found else frozenset()


def _shared(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, ...]:
    """The areas that lie in both."""
    return widest(
        max(one, other, key=len) for one in left for other in right if one.startswith(other) or other.startswith(one)
    )
