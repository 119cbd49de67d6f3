"""Two offices that exchanged their records and decisions, in any order, hold the same registry."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.people.town import row, state, tell

from mudmai.people import queries, services
from mudmai.people.models import Batch, Decision, Fact, Filing, Household, Person, Record, Tally

pytestmark = pytest.mark.django_db


class Rollback(Exception):
    """Leaves a replica without a trace."""


def forget() -> None:
    for model in (Fact, Tally, Filing, Person, Household, Decision, Record, Batch):
        model.objects.all().delete()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(4)))
def test_two_replicas_that_exchange_in_any_order_end_equal(order):
    first, second = row("ปั้น", birth_date="1950"), row("ปั้น", house="14")
    told = [
        ([first], "civil_register", {}),
        ([second], "tpmap", {}),
        ([third := row("ปั้น", phone=["+66811112222"])], "volunteer_survey", {third.id: first.id}),
        ([fourth := row("ปั้น", adl_score=3)], "bedridden_list", {fourth.id: second.id}),
    ]
    ends = []
    for turn in (range(4), order):
        try:
            with transaction.atomic():
                forget()
                for number in turn:
                    rows, kind, links = told[number]
                    tell(*rows, kind=kind, links=links)
                ends.append((state(), queries.digests()))
                raise Rollback
        except Rollback:
            pass

    assert ends[0] == ends[1]


def test_the_digest_names_the_village_that_differs():
    tell(row("ปั้น"), row("ดี", area="52030602"))
    before = queries.digests()

    tell(row("ใหม่", area="52030602"), kind="tpmap")

    after = queries.digests()
    assert [area for area in after if after[area] != before[area]] == ["52030602"]


def test_a_withdrawn_batch_no_longer_counts_in_the_digest(somsri):
    tell(row("ปั้น"))
    before = queries.digests()
    batch = tell(row("ดี"), kind="tpmap")

    services.withdraw(batch, by=somsri)

    assert queries.digests() == before
