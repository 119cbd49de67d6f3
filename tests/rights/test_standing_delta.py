"""Evaluating one after the other gives what evaluating everybody gives, in whatever order things were told."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rights import village
from tests.rights.village import DENG, KAEO, MALI, PAN

from mudmai.rights import services

pytestmark = pytest.mark.django_db(transaction=True)

WHO = st.sampled_from([MALI, PAN, KAEO, DENG])
TELLINGS = st.one_of(
    st.tuples(WHO, st.sampled_from(["disability_registered", "state_welfare_card", "state_pension"]), st.booleans()),
    st.tuples(WHO, st.just("birth_date"), st.sampled_from(["1957", "1966-10-20", "2022-01-01", "1936-12-31"])),
    st.tuples(WHO, st.just("adl_score"), st.integers(0, 20)),
    st.tuples(WHO, st.just("death_date"), st.just("2026-10-30")),
    st.tuples(WHO, st.just("presence"), st.sampled_from(["present", "absent"])),
)


@settings(max_examples=12)
@given(told=st.lists(TELLINGS, min_size=1, max_size=5), listed=st.booleans())
def test_the_delta_is_what_all_anew_gives(told, listed, django_db_blocker):
    from django.db import transaction

    with transaction.atomic():
        village.told()
        services.evaluate_all()
        for number, (who, code, value) in enumerate(told):
            village.learn(who, on=date(2026, 10, 11 + number), **{code: value})
            if number % 2:
                services.evaluate_due()
        if listed:
            village.paid([PAN], date(2026, 10, 25))
        services.evaluate_due()
        by_delta = village.state()
        services.evaluate_all()
        assert village.state() == by_delta
        transaction.set_rollback(True)
