"""Areas as screens offer and name them."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mudmai.access.queries import Scope
from mudmai.access.rules import is_area_code
from mudmai.kernel import clock
from mudmai.kernel.errors import NotFound
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


def own_area(scope: Scope, code: str, action: str = "counts.view") -> str:
    """The area asked for; without one, the user's own where it is one. Raises NotFound outside the user's areas."""
    prefixes = scope.prefixes_for(action)
    if not code:
        return prefixes[0] if len(prefixes) == 1 else ""
    if not is_area_code(code) or not any(code.startswith(prefix) for prefix in prefixes):
        raise NotFound(_("This area does not exist, or is not yours."))
    return code


def area_title(code: str, prefixes: tuple[str, ...]) -> str:
    """The area in words; for duties in several places, that it is these."""
    return places.full_name(code) if code else _("Thailand") if prefixes == ("",) else _("Your areas")


def area_crumbs(code: str, scope: Scope, page: str) -> list[dict[str, str]]:
    """The way from the largest area of the user down to this one, by a page that takes a code."""
    within = [each for each in places.breadcrumbs(code) if scope.reaches(each.code)] if code else []
    crumbs = [{"url": reverse(page, args=[each.code]), "label": each.name_th} for each in within]
    if crumbs:
        crumbs[-1]["url"] = ""
    return crumbs if len(crumbs) > 1 else []


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
