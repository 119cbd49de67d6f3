"""Notices of days that matter: by kind, village and day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from mudmai.kernel import clock
from mudmai.people.queries import PAGE, Page, keyset, scope_of, visible_persons
from mudmai.rights.models import Notice
from mudmai.rights.queries.seeing import VIEW, followed_persons, listed_programmes, ranges, seen_programmes
from mudmai.rights.queries.worklists import beside, version
from mudmai.rights.rules.notices import CLAIM, KINDS, REGISTRATION, Kind
from mudmai.rights.rules.programmes import PROGRAMMES, Programme

if TYPE_CHECKING:
    from mudmai.accounts.models import User


@dataclass(frozen=True)
class Alert:
    """One day that matters to one person."""

    kind: Kind
    on: date
    person: Any
    programme: Programme

    def days_left(self, today: date) -> int:
        return (self.on - today).days


def kinds_seen(user: "User", action: str = VIEW) -> dict[str, Kind]:
    """The kinds of notices of which the user sees a list somewhere."""
    seen = seen_programmes(scope_of(user), action)
    return {code: kind for code, kind in KINDS.items() if any(each in seen for each in _programmes(kind))}


def alerts_page(
    user: "User", kind: Kind, area: str = "", *, after: str = "", before: str = "", size: int = PAGE
) -> Page:
    """Notices of a kind by village and name, from a key on, within the days it is shown for."""
    wanted = _wanted(user, kind, area, VIEW)
    if wanted is None:
        return Page([], "", "")
    page = keyset.one_page(Notice, *wanted, after, before, size)
    return page._replace(rows=_alerts(user, page.rows, VIEW))


def count_alerts(user: "User", kind: Kind, area: str = "", action: str = VIEW) -> int:
    """How many notices of a kind there are now where the user may do this."""
    wanted = _wanted(user, kind, area, action)
    return keyset.count(wanted) if wanted else 0


def alerts_to_export(user: "User", kind: Kind, area: str = "") -> Iterator[Alert]:
    """Every notice of a kind in the order of the list, where the user may export."""
    wanted = _wanted(user, kind, area, "people.export")
    if wanted is not None:
        yield from _alerts(user, list(keyset.all_rows(Notice, wanted, (), ())), "people.export")


def last_days(persons: list[UUID]) -> dict[tuple[UUID, str], date]:
    """{(person, programme): the last day to apply}, where there is one; for letters to persons fetched for the user."""
    kinds = (CLAIM.code, REGISTRATION.code)
    found = Notice.objects.filter(person_id__in=persons, kind__in=kinds, on__gte=clock.today())
    return {(each.person_id, each.programme): each.on for each in found}


def _programmes(kind: Kind) -> tuple[str, ...]:
    return kind.programmes or tuple(code for code, each in listed_programmes().items() if each.list_kind)


def _wanted(user: "User", kind: Kind, area: str, action: str) -> keyset.Wanted | None:
    scope = scope_of(user)
    seen = seen_programmes(scope, action)
    chosen = [code for code in _programmes(kind) if code in seen]
    if not chosen:
        return None
    classes = frozenset().union(*(seen[code].classes for code in chosen))
    today = clock.today()
    first, last = today - timedelta(days=kind.back), today + timedelta(days=kind.ahead)
    marks = ", ".join(["%s"] * len(chosen))
    conditions = ["n.kind = %s", f"n.programme IN ({marks})", 'n."on" >= %s', 'n."on" <= %s', "%s <> ''"]
    params = [kind.code, *chosen, first.isoformat(), last.isoformat(), str(version())]
    runs, followed = ranges(scope, area, action, classes), followed_persons(user, action, classes)
    if not runs and not followed:
        return None
    key = ("n.area_code", "n.sort_key", "n.id")
    return keyset.Wanted("rights_notice n", key, runs, conditions, params, beside("n", followed, area))


def _alerts(user: "User", notices: list[Notice], action: str) -> list[Alert]:
    persons = visible_persons(user, action).select_related("household")
    found = {person.pk: person for person in persons.filter(pk__in=[each.person_id for each in notices])}
    return [
        Alert(KINDS[each.kind], each.on, found[each.person_id], PROGRAMMES[each.programme])
        for each in notices
        if each.person_id in found and each.kind in KINDS and each.programme in PROGRAMMES
    ]
