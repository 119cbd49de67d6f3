"""The fold of `people.rules.fold`: what it promises, for any records in any order."""

import copy
import json
import random
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mudmai.people.rules.catalogue import NONE_TOLD, catalogue
from mudmai.people.rules.fold import Known, Told, fold, join, packed, ranked, unpacked, value_of

KINDS = sorted(catalogue().kinds)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "given_name": st.sampled_from(["สมศรี", "สมศรี่", "สมหญิง", "", None]),
    "birth_date": st.sampled_from(["1950", "1950-03", "1950-03-15"]),
    "phone": st.sampled_from([["+66811112222"], NONE_TOLD]),
    "adl_score": st.integers(0, 20),
    "old_age_allowance": st.booleans(),
}


@st.composite
def told(draw: st.DrawFn) -> Told:
    codes = draw(st.sets(st.sampled_from(sorted(VALUES))))
    return Told(
        id=draw(st.uuids()).hex,
        kind=draw(st.sampled_from(KINDS)),
        observed_on=draw(st.dates(min_value=date(2020, 1, 1))).isoformat(),
        said={code: draw(VALUES[code]) for code in sorted(codes)},
        confirmed=draw(st.booleans()),
        household=draw(st.none() | st.uuids().map(lambda key: key.hex)),
        area=draw(st.sampled_from(["", "520401", "52040103"])),
    )


records = st.lists(told(), max_size=8, unique_by=lambda record: record.id)


@given(records, st.randoms())
def test_the_order_of_records_does_not_matter(found: list[Told], chance: random.Random) -> None:
    shuffled = copy.copy(found)
    chance.shuffle(shuffled)

    assert fold(shuffled, "person") == fold(found, "person")


@given(records)
def test_saying_it_twice_changes_nothing(found: list[Told]) -> None:
    assert fold(found + found, "person") == fold(found, "person")


@given(records, records)
def test_joining_what_is_new_equals_folding_all(before: list[Told], new: list[Told]) -> None:
    known = fold(before, "person")

    for record in new:
        join(known, record, "person")

    assert known == fold([*before, *new], "person")


@given(records, records)
def test_withdrawing_what_was_added_restores_what_was(before: list[Told], added: list[Told]) -> None:
    ids = {record.id for record in added}
    before = [record for record in before if record.id not in ids]
    everything = [*before, *added]

    left = [record for record in everything if record.id not in ids]

    assert fold(left, "person") == fold(before, "person")


@given(records)
def test_what_is_kept_packed_comes_back_as_it_was(found: list[Told]) -> None:
    known = fold(found, "person")

    assert unpacked(json.loads(json.dumps(packed(known)))) == known


@given(records)
def test_the_page_shows_first_what_the_fold_keeps(found: list[Told]) -> None:
    known = fold(found, "person")

    best = {code: values[0][0] for code, values in ranked(found, "person").items()}

    assert best == {code: value_of(known, code) for code in known}


@given(records)
def test_emptiness_never_beats_a_value(found: list[Told]) -> None:
    known: Known = fold(found, "person")

    assert all(value not in (None, "") for value, *_ in known.values())


def say(kind: str, on: str, key: str = "0" * 32, confirmed: bool = False, **said: Any) -> Told:
    return Told(id=key, kind=kind, observed_on=on, said=said, confirmed=confirmed)


def test_the_civil_register_outranks_a_newer_survey_on_a_birth_date() -> None:
    register = say("civil_register", "2025-10-01", birth_date="1950-03-15")
    survey = say("volunteer_survey", "2026-06-01", "1" * 32, birth_date="1951")

    assert value_of(fold([register, survey], "person"), "birth_date") == "1950-03-15"


def test_a_home_visit_outranks_an_older_list_and_a_newer_one_on_a_phone() -> None:
    visit = say("home_visit", "2026-01-01", phone=["+66811112222"])
    payees = say("old_age_payees", "2026-10-01", "1" * 32, phone=["+66899999999"])

    assert value_of(fold([visit, payees], "person"), "phone") == ["+66811112222"]


def test_what_staff_confirmed_outranks_every_list() -> None:
    staff = say("staff", "2024-01-01", given_name="สมศรี", confirmed=True)
    register = say("civil_register", "2026-10-01", "1" * 32, given_name="สมสี")

    assert value_of(fold([staff, register], "person"), "given_name") == "สมศรี"


def test_asked_and_there_is_none_is_a_value_of_its_own() -> None:
    old = say("volunteer_survey", "2025-01-01", phone=["+66811112222"])
    new = say("volunteer_survey", "2026-01-01", "1" * 32, phone=NONE_TOLD)

    assert value_of(fold([old, new], "person"), "phone") == NONE_TOLD
