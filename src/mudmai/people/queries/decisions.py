"""Every decision that was ever made, newest first, for whom may see whom it is about."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from mudmai.access.queries import area_q, scope_for, widest
from mudmai.kernel.clock import BANGKOK
from mudmai.kernel.errors import NotFound
from mudmai.people.models import Batch, Decision, Filing, Household, Person, Record
from mudmai.people.queries.keyset import PAGE, Page
from mudmai.people.queries.one import keys_of_person

if TYPE_CHECKING:
    from mudmai.accounts.models import User

WHO_IS_WHO = ("link", "merge", "different")
TURNS = ("withdraw", "restore")
# Bands of certainty: [from, below).
BANDS: dict[str, tuple[float, float]] = {
    "0.999": (0.999, 2.0), "0.99": (0.99, 0.999), "0.9": (0.9, 0.99), "0": (0.0, 0.9),
}  # fmt: skip


@dataclass(frozen=True)
class DecisionFilter:
    """What a list of decisions keeps; empty: everything."""

    kind: str = ""
    about: str = ""
    basis: str = ""
    by: int | None = None
    since: date | None = None
    until: date | None = None  # the whole day counts
    area: str = ""
    band: str = ""
    stands: str = ""  # yes, no
    batch: UUID | None = None
    person: UUID | None = None


class Subject(NamedTuple):
    """One side of a decision: the row it names, and whom or what that row is about now."""

    key: UUID
    record: Record | None
    person: Person | None
    household: Household | None
    batch: Batch | None


class DecisionRow(NamedTuple):
    """A decision with whom it is about, and of a withdrawal, what it withdrew."""

    decision: Decision
    left: Subject
    right: Subject | None
    target: "DecisionRow | None"


def decisions_page(user: "User", keep: DecisionFilter, *, after: str = "", before: str = "", size: int = PAGE) -> Page:
    """One page from a key on, newest first; every page costs the same, however deep."""
    found = _visible(user, keep)
    if before:
        newer = list(found.filter(_beyond(before, "gt")).order_by("decided_at", "id")[: size + 1])
        rows, more = newer[:size][::-1], len(newer) > size
        return Page(rows_of(rows), _key(rows[-1]) if rows else "", _key(rows[0]) if more else "")
    older = found.filter(_beyond(after, "lt")) if after else found
    rows = list(older.order_by("-decided_at", "-id")[: size + 1])
    rows, more = rows[:size], len(rows) > size
    return Page(rows_of(rows), _key(rows[-1]) if more else "", _key(rows[0]) if after and rows else "")


def decisions_to_export(user: "User", keep: DecisionFilter) -> Iterator[DecisionRow]:
    """The whole list, some at a time."""
    after = ""
    while True:
        page = decisions_page(user, keep, after=after, size=500)
        yield from page.rows
        after = page.after
        if not after:
            return


def decision_row_for(user: "User", decision_id: UUID) -> DecisionRow:
    """One decision whose subjects lie in the user's areas. Raises NotFound."""
    decision = _visible(user, DecisionFilter()).filter(pk=decision_id).first()
    if decision is None:
        raise NotFound(_("This decision is not here, or not in your area."))
    return rows_of([decision])[0]


def visible_decisions(user: "User", ids: Iterable[UUID]) -> list[Decision]:
    """Those of these decisions that the user may see, in their order."""
    wanted = list(ids)
    found = {each.pk: each for each in _visible(user, DecisionFilter()).filter(pk__in=wanted)}
    return [found[key] for key in wanted if key in found]


def decisions_about_row(user: "User", record: UUID) -> list[DecisionRow]:
    """Every decision that names this row, newest first, and each time it was taken back or put back."""
    about = Q(left=record) | Q(right=record)
    return rows_of(_visible(user, DecisionFilter()).filter(about).order_by("-decided_at", "-id")[:200])


def link_of(record: UUID) -> Decision | None:
    """The standing link of a row; None where it founded its person, or was taken back."""
    return Decision.objects.filter(left=record, kind="link", withdrawn=False).order_by("-decided_at", "-id").first()


def turns_of(decision: Decision) -> list[Decision]:
    """Each time the decision was taken back or put back, newest first."""
    found = Decision.objects.filter(left=decision.pk, about="decision", kind__in=TURNS)
    return list(found.select_related("by").order_by("-decided_at", "-id"))


def deciders_for(user: "User") -> list[tuple[int, str]]:
    """(user id, name) of everybody who decided something that the user sees, by name."""
    found = _visible(user, DecisionFilter(basis="staff")).filter(by__isnull=False).order_by("by__full_name", "by_id")
    return list(found.values_list("by_id", "by__full_name").distinct())


def rows_of(decisions: Iterable[Decision]) -> list[DecisionRow]:
    """These decisions with whom they are about, asked at once."""
    decisions = list(decisions)
    turned = [each.left for each in decisions if each.about == "decision"]
    targets = {each.pk: each for each in Decision.objects.filter(pk__in=turned).select_related("by", "batch")}
    subjects = _Subjects([*decisions, *targets.values()])
    inner = {key: _row(each, subjects, None) for key, each in targets.items()}
    return [_row(each, subjects, inner.get(each.left)) for each in decisions]


def _row(decision: Decision, subjects: "_Subjects", target: DecisionRow | None) -> DecisionRow:
    right = subjects.of(decision.right) if decision.right is not None else None
    return DecisionRow(decision, subjects.of(decision.left), right, target)


def _sides(decision: Decision) -> list[UUID]:
    return [key for key in (decision.left, decision.right) if key is not None]


class _Subjects:
    def __init__(self, decisions: list[Decision]) -> None:
        keys = {key for each in decisions for key in _sides(each)}
        filed = {each.record_id: each for each in Filing.objects.filter(record_id__in=keys)}
        persons = {each.person_id for each in filed.values() if each.person_id}
        houses = keys | {each.household_id for each in filed.values() if each.household_id}
        self.filed = filed
        self.records = Record.objects.filter(pk__in=keys).select_related("batch__source").in_bulk()
        self.persons = Person.objects.filter(pk__in=persons).defer("known").in_bulk()
        self.houses = Household.objects.filter(pk__in=houses).defer("known").in_bulk()
        self.batches = Batch.objects.filter(pk__in=keys).in_bulk()
        self.records |= self._told_under(
            {key for each in decisions if each.about == "household" for key in _sides(each)}
        )

    def _told_under(self, keys: set[UUID]) -> dict[UUID, Record]:
        """{household key: the newest row that named it}: a house that was put together with another has no page."""
        lived = Record.objects.filter(filing__household_id__in=list(self.houses), household_key__in=keys)
        rows = lived.select_related("batch__source").order_by("observed_on", "id") if keys else ()
        return {row.household_key: row for row in rows if row.household_key is not None}

    def of(self, key: UUID) -> Subject:
        filing = self.filed.get(key)
        person = self.persons.get(filing.person_id) if filing and filing.person_id else None
        house = self.houses.get(key) or (
            self.houses.get(filing.household_id) if filing and filing.household_id else None
        )
        return Subject(key, self.records.get(key), person, house, self.batches.get(key))


def _visible(user: "User", keep: DecisionFilter) -> QuerySet[Decision]:
    prefixes = _within(scope_for(user).prefixes_for("people.view"), keep.area)
    found = _kept(Decision.objects.select_related("by", "batch"), keep)
    return found if prefixes == ("",) else found.filter(_subjects_in(prefixes))


def _within(prefixes: Iterable[str], area: str) -> tuple[str, ...]:
    """The user's areas as far as they lie in the one that was chosen."""
    inside = (area if area.startswith(prefix) else prefix for prefix in prefixes)
    return widest(prefix for prefix in inside if prefix.startswith(area))


def _subjects_in(prefixes: tuple[str, ...]) -> Q:
    """Decisions all of whose subjects lie in these areas."""
    return (
        (
            Q(about="person")
            & _row_in("left", prefixes)
            & ~_person_out("left", prefixes)
            & ~_person_out("right", prefixes)
        )
        | (Q(about="household") & _house_in(prefixes))
        | (Q(about="record") & _row_in("left", prefixes) & ~_person_out("left", prefixes))
        | (Q(about="batch") & Exists(Batch.objects.filter(area_q(prefixes), pk=OuterRef("left"))))
        | (Q(about="decision") & _target_in(prefixes))
    )


def _row_in(side: str, prefixes: tuple[str, ...]) -> Q:
    """The row told of somebody there; a row without an area counts where its list does."""
    there = area_q(prefixes) | (Q(area_code="") & area_q(prefixes, "batch__area_code"))
    return Q(Exists(Record.objects.filter(there, pk=OuterRef(side))))


def _person_out(side: str, prefixes: tuple[str, ...]) -> Q:
    """The row's person lives elsewhere now."""
    filed = Filing.objects.filter(record_id=OuterRef(OuterRef(side))).values("person_id")
    return Q(Exists(Person.objects.exclude(area_q(prefixes)).filter(pk__in=filed)))


def _house_in(prefixes: tuple[str, ...]) -> Q:
    sides = Q(pk=OuterRef("left")) | Q(pk=OuterRef("right"))
    return Q(Exists(Household.objects.filter(sides, area_q(prefixes)))) & ~Q(
        Exists(Household.objects.filter(sides).exclude(area_q(prefixes)))
    )


def _target_in(prefixes: tuple[str, ...]) -> Q:
    about = Q(about="household") & _house_in(prefixes)
    about |= Q(about="person") & _row_in("left", prefixes) & ~_person_out("left", prefixes)
    return Q(Exists(Decision.objects.filter(about & ~_person_out("right", prefixes), pk=OuterRef("left"))))


def _kept(found: QuerySet[Decision], keep: DecisionFilter) -> QuerySet[Decision]:
    told = {"kind": keep.kind, "about": keep.about, "basis": keep.basis, "by_id": keep.by}
    found = found.filter(**{name: value for name, value in told.items() if value})
    if keep.since:
        found = found.filter(decided_at__gte=datetime.combine(keep.since, time.min, BANGKOK))
    if keep.until:
        found = found.filter(decided_at__lt=datetime.combine(keep.until + timedelta(days=1), time.min, BANGKOK))
    if keep.band in BANDS:
        found = found.filter(score__gte=BANDS[keep.band][0], score__lt=BANDS[keep.band][1])
    if keep.stands:
        found = found.filter(withdrawn=keep.stands == "no")
    if keep.batch:
        found = found.filter(Q(batch_id=keep.batch) | Q(about="batch", left=keep.batch))
    if keep.person:
        found = found.filter(about_person(keep.person))
    return found


def about_person(person: UUID) -> Q:
    """Decisions about any row of the person of a key, and the withdrawals of these."""
    keys = keys_of_person(person)
    rows = Q(about="person") & (Q(left__in=keys) | Q(right__in=keys))
    turned = Decision.objects.filter(rows).values("pk")
    return rows | Q(about="record", left__in=keys) | Q(about="decision", left__in=turned)


def _key(decision: Decision) -> str:
    return f"{decision.decided_at.isoformat()}|{decision.pk.hex}"


def _beyond(key: str, way: str) -> Q:
    """Decisions on the other side of a page key; a key that is none leads nowhere."""
    try:
        at, pk = key.split("|")
        moment, last = datetime.fromisoformat(at), UUID(pk)
    except ValueError:
        return Q(pk__in=[])
    return Q(**{f"decided_at__{way}": moment}) | Q(decided_at=moment, **{f"pk__{way}": last})
