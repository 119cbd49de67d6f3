"""Areas as screens offer and name them."""

from collections.abc import Iterable

from django.utils.translation import get_language

from mudmai.access.queries import Scope
from mudmai.kernel import clock
from mudmai.people.queries.tallies import numbers_by_child
from mudmai.places import queries as places
from mudmai.places.rules import moo_of

# Below these lengths a list of what lies inside comes from the national codes alone.
COUNTED_FROM = 4
INDENT = "\u2003"


def area_choices(scope: Scope, action: str, chosen: str = "") -> list[tuple[str, str]]:
    """Where a screen may look: the user's areas, the way down to the chosen one, and what lies directly inside it.

    A country has 75,000 villages; this offers one step down at a time.
    """
    prefixes = scope.prefixes_for(action)
    codes = {prefix for prefix in prefixes if prefix}
    home = next((prefix for prefix in prefixes if chosen.startswith(prefix)), None)
    if home is not None and (chosen or len(prefixes) == 1):
        steps = [code for code in _steps(chosen) if len(code) >= len(home)]
        here = steps[-1] if steps else home
        above = steps[-2] if len(steps) > 1 else home
        codes |= {*steps, *(children_of(here) or children_of(above))}
    names = area_names(codes)
    return [(code, INDENT * sum(code.startswith(up) for up in codes - {code}) + names[code]) for code in sorted(codes)]


def area_names(codes: Iterable[str]) -> dict[str, str]:
    """Short names of areas; villages with their number before the name, as people speak of them."""
    names = places.names_of(codes)
    short = "Moo" if get_language() == "en" else "ม."
    return {code: _with_number(code, name, short) for code, name in names.items()}


def _with_number(code: str, name: str, short: str) -> str:
    moo = moo_of(code)
    number = f"{short}{moo}" if short.endswith(".") else f"{short} {moo}"
    # A village that no list names is called by its number alone.
    return name if moo is None or name.endswith(f"{moo}") else f"{number} {name}"


def children_of(code: str) -> list[str]:
    """The codes directly below: those of the national and local lists, and those where somebody is known to live."""
    found = {area.code for area in places.children(code)}
    if len(code) >= COUNTED_FROM and len(code) < 8:
        found |= {each for each in numbers_by_child(code, len(code) + 2, clock.today()) if each > code}
    return sorted(each for each in found if each.startswith(code) and len(each) == len(code) + 2)


def _steps(code: str) -> list[str]:
    return [code[:length] for length in (2, 4, 6, 8) if length <= len(code)]
