"""Read the log. Callers hand in the areas that the reader may see (`access.Scope.area_filter`)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from mudmai.accounts.models import User
from mudmai.audit.models import Entry
from mudmai.audit.rules import LOOKED
from mudmai.kernel.clock import BANGKOK


@dataclass(frozen=True)
class Page:
    """Some lines of the log, newest first, and the key that asks for the next ones (None at the end)."""

    entries: list[Entry]
    next_key: int | None


@dataclass(frozen=True)
class Wanted:
    """Which lines to show; an empty field means any."""

    action: str = ""
    who_id: int | None = None
    object_kind: str = ""
    object_id: str = ""
    since: date | None = None
    until: date | None = None

    def as_q(self) -> Q:
        parts: dict[str, object] = {
            "action__startswith": self.action,
            "who_id": self.who_id,
            "object_kind": self.object_kind,
            "object_id": self.object_id,
            "at__gte": midnight(self.since) if self.since else None,
            "at__lt": midnight(self.until + timedelta(days=1)) if self.until else None,
        }
        return Q(**{name: value for name, value in parts.items() if value not in (None, "")})


def midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, BANGKOK)


def entries(*, areas: Q, wanted: Wanted | None = None, before: int | None = None, limit: int = 50) -> Page:
    """Lines inside `areas`, newest first; `before` is the `next_key` of the page before."""
    found = Entry.objects.filter(areas, (wanted or Wanted()).as_q()).select_related("who").order_by("-id")
    if before is not None:
        found = found.filter(id__lt=before)
    rows = list(found[: limit + 1])
    more = len(rows) > limit
    return Page(rows[:limit], rows[limit - 1].id if more else None)


def looks_at(person_id: object, *, limit: int = 200) -> list[Entry]:
    """Who saw this person's sensitive data, newest first: the person has a right to be told."""
    found = Entry.objects.filter(object_kind="person", object_id=str(person_id), action=LOOKED)
    return list(found.select_related("who").order_by("-id")[:limit])


def newest_before(who: User, action: str, *, skip: int) -> datetime | None:
    """When the user did this, leaving out the newest `skip` times; None where it was not done so often."""
    return Entry.objects.filter(who=who, action=action).order_by("-id").values_list("at", flat=True)[skip:].first()
