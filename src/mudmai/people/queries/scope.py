"""Where a scope meets the registry: followed keys under the ids of now, and what holds of one person or house."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from mudmai.access.queries import Scope, scope_for
from mudmai.people.models import Filing, Household, Person
from mudmai.people.queries.values import houses_now

if TYPE_CHECKING:
    from mudmai.accounts.models import User


def scope_of(user: "User", today: date | None = None) -> Scope:
    """What the user may do, with followed persons and houses under their ids of now; costs nothing for duties alone."""
    scope = scope_for(user, today)
    if not scope.follows:
        return scope
    persons = {key for each in scope.follows for key in each.persons}
    houses = {key for each in scope.follows for key in each.households}
    now = {UUID(key): UUID(house.id) for key, house in houses_now(key.hex for key in houses).items()}
    return scope.with_keys(_persons_now(persons), now)


def _persons_now(keys: Iterable[UUID]) -> dict[UUID, UUID]:
    """{key: the person to whom it belongs now}, as far as a record of that key is filed."""
    filed = Filing.objects.filter(record_id__in=list(keys), person_id__isnull=False)
    return {record: person for record, person in filed.values_list("record_id", "person_id") if person}


def classes_of(scope: Scope, subject: Person | Household) -> frozenset[str]:
    """The classes of data that a scope of `scope_of` gives of this person or house."""
    person, household = keys_for_scope(subject)
    return scope.classes_at(subject.area_code, person=person, household=household)


def may(scope: Scope, action: str, subject: Person | Household) -> bool:
    """Whether a scope of `scope_of` allows this with the person or house."""
    person, household = keys_for_scope(subject)
    return scope.allows(action, subject.area_code, person=person, household=household)


def seen_through_follows(scope: Scope) -> Q:
    """Records of persons who are followed, and of followed houses themselves; an empty Q where nothing is."""
    persons, houses = scope.followed_persons(), scope.households_for("people.view")
    if not persons:
        return Q()
    of_persons = Q(filing__person_id__in=Person.objects.filter(persons).values("pk"))
    return of_persons | Q(about="household", filing__household_id__in=houses)


def keys_for_scope(subject: Person | Household) -> tuple[UUID | None, UUID | None]:
    """Whoever follows a house sees those who live there, so a person is asked for with the house."""
    if isinstance(subject, Household):
        return None, subject.pk
    return subject.pk, subject.household_id
