"""Persons and households as rows of words, each value only where the user sees its class of data."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mudmai.access.queries import Scope
from mudmai.kernel import clock, dates
from mudmai.kernel.phones import format_phone
from mudmai.pages.rules.exports import HOUSEHOLDS
from mudmai.pages.rules.points import Placed
from mudmai.people import queries as people
from mudmai.people import services as registry
from mudmai.people.rules.catalogue import NONE_TOLD, catalogue
from mudmai.places import queries as places

if TYPE_CHECKING:
    from mudmai.accounts.models import User


class Rows:
    """Turns persons or households into rows of words, each value only where the user sees its class of data."""

    def __init__(self, scope: Scope, what: str, codes: list[str], *, full_id: bool) -> None:
        self.scope, self.what, self.codes, self.full_id = scope, what, codes, full_id
        self.language = get_language() or "th"
        self.attributes = catalogue().attributes
        self._classes: dict[str, frozenset[str]] = {}
        self._names: dict[str, str] = {}

    @property
    def header(self) -> list[str]:
        told = [self.attributes[code].label(self.language) for code in self.codes]
        if self.what == HOUSEHOLDS:
            return [_("Code of the household"), _("Area"), _("Head"), _("People"), *told]
        first = [_("Code of the person"), _("Age"), _("House number"), _("Area"), _("Status")]
        return [*first, *([_("13-digit id")] if self.full_id else []), *told]

    def placed(self, user: "User", keep: Any) -> Iterator[Placed]:
        if self.what == HOUSEHOLDS:
            for row in people.households_to_export(user, keep):
                told = [row.code, self.area(row.area_code), row.head_name, row.member_count, *self.told(row)]
                yield Placed(row.lat, row.lon, place_words(row), told)
            return
        for person in people.persons_to_export(user, keep):
            house = person.household
            years = dates.age_in_years(person.birth_date, clock.today()) if person.birth_date else None
            first = [person.code, years, house.house_no if house else "", self.area(person.area_code)]
            first.append(str(person.get_status_display()))
            if self.full_id:
                first.append(self.cid(person))
            lat, lon = (house.lat, house.lon) if house else (None, None)
            yield Placed(lat, lon, person.full_name, [*first, *self.told(person)])

    def told(self, row: Any) -> list[Any]:
        classes = self.classes(row.area_code)
        return [
            self.shown(code, row.known[code][0])
            if code in row.known and self.attributes[code].data_class in classes
            else ""
            for code in self.codes
        ]

    def shown(self, code: str, value: Any) -> Any:
        """A value as it stands in an office's list: dates like 15/03/2493, phones with their dashes, codes in words."""
        kind = self.attributes[code].kind
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value
        if kind == "date" and value != NONE_TOLD:
            return slashed(str(value), thai=self.language.startswith("th"))
        if kind == "phone" and isinstance(value, list):
            return ", ".join(format_phone(str(each)) for each in value)
        return catalogue().shown(code, value, self.language)

    def classes(self, area: str) -> frozenset[str]:
        if area not in self._classes:
            self._classes[area] = self.scope.classes_at(area)
        return self._classes[area]

    def area(self, code: str) -> str:
        if code not in self._names:
            self._names[code] = places.full_name(code)
        return self._names[code]

    def cid(self, person: Any) -> str:
        if not self.scope.allows("people.see_full_id", person.area_code):
            return ""
        return registry.unseal_cid(person.cid_sealed)


def place_words(house: Any) -> str:
    moo = " " + _("Moo %(moo)s") % {"moo": house.moo} if house.moo else ""
    return (_("House %(number)s") % {"number": house.house_no or "–"}) + moo


def slashed(iso: str, *, thai: bool) -> str:
    """A date of the registry, perhaps partial, as Thai offices write it.

    >>> slashed("1950-03-15", thai=True), slashed("1950-03", thai=True), slashed("1950", thai=True)
    ('15/03/2493', '03/2493', '2493')
    """
    if not thai:
        return iso
    year, *rest = iso.split("-")
    return "/".join([*reversed(rest), str(int(year) + clock.BUDDHIST_OFFSET)])
