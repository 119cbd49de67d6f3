"""Areas by code: their names, what lies above them and below them, and the question whether a code lies inside."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mudmai.kernel.errors import NotFound
from mudmai.places.models import Area, LocalGovernment
from mudmai.places.queries.editions import AREAS, Kept
from mudmai.places.rules import ancestors, full_title, is_community, moo_of, next_prefix, outermost

# So many villages are kept in memory at most (about 1 kB each): a province, not the country.
_MOST_VILLAGES = 20_000


class Book:
    """All areas down to the tambon in memory (8,441 of them), villages and communities as they are asked for."""

    def __init__(self) -> None:
        self.areas = {area.code: area for area in Area.objects.filter(level__lte=3).order_by("code")}
        self.below: dict[str, list[Area]] = {}
        for area in self.areas.values():
            self.below.setdefault(area.parent_code, []).append(area)
        self._villages: dict[str, dict[str, Area]] = {}

    def villages(self, parent: str) -> dict[str, Area]:
        """The villages of a tambon, or the communities under a registrar code; also those abolished."""
        if parent not in self._villages:
            self.read_villages([parent])
        return self._villages[parent]

    def read_villages(self, parents: Iterable[str]) -> None:
        missing = [parent for parent in set(parents) if parent not in self._villages]
        if not missing:
            return
        if sum(map(len, self._villages.values())) > _MOST_VILLAGES:
            self._villages.clear()
        self._villages.update({parent: {} for parent in missing})
        for area in Area.objects.filter(level=4, parent_code__in=missing).order_by("code"):
            self._villages[area.parent_code][area.code] = area

    def get(self, code: str) -> Area | None:
        if len(code) == 8:
            return self.villages(parent_of(code)).get(code)
        return self.areas.get(code)

    def above(self, code: str) -> list[Area]:
        """The known areas from the province down to this one."""
        return [area for step in ancestors(code) if (area := self.get(step)) is not None]


_book = Kept(AREAS, Book)


def parent_of(code: str) -> str:
    """The code under which an area stands; a community stands under its municipality's registrar code."""
    return code[:4] if is_community(code) else code[:-2]


def book() -> Book:
    """What this process knows about areas, up to date."""
    return _book.get()


def area_or_none(code: str) -> Area | None:
    """The area with this code, also an abolished one. Shared by the whole process: read it, never change it."""
    return book().get(code) if code else None


def area(code: str) -> Area:
    """The area with this code. Raises NotFound."""
    found = area_or_none(code)
    if found is None:
        raise NotFound(_("There is no area with the code %(code)s.") % {"code": code})
    return found


def children(code: str = "") -> list[Area]:
    """The areas in use directly below: provinces for "", then districts, tambons, villages; communities for a
    registrar code. By code."""
    pages = book()
    below = pages.below.get(code, [])
    if not below and len(code) >= 4:
        below = list(pages.villages(code).values())
    return [area for area in below if area.abolished_on is None]


def communities_of(local_government: LocalGovernment) -> list[Area]:
    """The communities of a municipality, by code."""
    return children(local_government.geocode) if len(local_government.geocode) == 4 else []


def breadcrumbs(code: str) -> list[Area]:
    """The areas from the province down to this one, as far as they are known."""
    return book().above(code)


def name_of(code: str) -> str:
    """The short name in the reader's language: "เกาะคา"; "ม.3" for a village that no list names; else the code."""
    return names_of([code])[code]


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Short names of many areas, in one query at most."""
    wanted = set(codes)
    pages = book()
    pages.read_villages(parent_of(code) for code in wanted if len(code) == 8)
    return {code: (found.name if (found := pages.get(code)) else "") or _unlisted(code) for code in wanted}


def _unlisted(code: str) -> str:
    moo = moo_of(code)
    if moo is None:
        return code
    return f"Mu {moo}" if get_language() == "en" else f"ม.{moo}"


def full_name(code: str) -> str:
    """The name with all that is above: "ม.2 บ้านดอนแก้ว ต.เกาะคา อ.เกาะคา จ.ลำปาง"; "" for no code."""
    found = book().above(code)
    language = get_language() or "th"
    parts = [(area.code, area.name, area.kind) for area in reversed(found)]
    if code and (not found or found[-1].code != code):
        parts.insert(0, (code, "" if moo_of(code) else code, "village" if moo_of(code) else ""))
    return full_title(parts, language)


def prefix_q(field: str, prefixes: Iterable[str]) -> Q:
    """The condition that a code column lies inside one of the areas. "" is the whole country; no prefix, nothing.

    Ranges, because SQLite uses no index for `startswith`.
    """
    condition = Q(pk__in=[])
    for prefix in outermost(prefixes):
        if prefix == "":
            return ~Q(pk__in=[])  # an empty Q() would vanish when it is or-ed with another condition
        condition |= Q(**_range(field, prefix))
    return condition


def _range(field: str, prefix: str) -> dict[str, Any]:
    following = next_prefix(prefix)
    return {f"{field}__gte": prefix} | ({f"{field}__lt": following} if following else {})
