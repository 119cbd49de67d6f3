"""Why one household stands as it does: each result with its facts, sources and days, as far as the reader may see."""

from datetime import date

import pytest
from django.utils import translation
from tests.needs import ground
from tests.people.town import row, tell

from mudmai.kernel.errors import NotFound
from mudmai.needs import queries, services
from mudmai.needs.models import HouseNeed
from mudmai.people.models import Household, Person

CHILD, PAYEE = "5" * 32, "7" * 32


def line(explained, no):
    return next(each for each in explained.indicators if each.no == str(no))


def state(lines, code):
    return next(each.state for each in lines if each.code == code)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_a_told_result_names_its_source_and_day(somsri):
    saman = ground.houses().saman
    found = line(queries.explained(somsri, saman.pk), 8)

    assert (found.result, found.dimension, found.why) == ("fail", "living", "Told as the result of a survey.")
    fact = found.facts[0]
    assert (fact.value, fact.source, fact.on) == ("failed", "volunteer_survey", ground.SURVEYED)


def test_a_derived_result_names_the_rule_the_fact_and_whose_it_is(somsri):
    mali = ground.houses().mali
    found = line(queries.explained(somsri, mali.pk), 27)

    assert found.result == "fail"
    assert found.why == "Of 1 person concerned: 1 fails."
    assert [(each.name, each.result, each.why) for each in found.people] == [
        ("นางมาลี ใจดี", "fail", "Follows from: who cares for them."),
    ]
    assert [(fact.value, fact.source, fact.person_name) for fact in found.facts] == [
        ("nobody", "home_visit", "นางมาลี ใจดี"),
    ]


def test_what_is_not_known_names_what_would_decide_it(somsri):
    chai = ground.houses().chai
    found = line(queries.explained(somsri, chai.pk), 9)

    assert found.result == "unknown"
    assert [each.label for each in found.missing] == ["BMN 31/9 enough drinking water", "enough clean drinking water"]
    assert all(each.how for each in found.missing)


def test_what_concerns_nobody_here_is_said_so(somsri):
    found = line(queries.explained(somsri, ground.houses().chai.pk), 27)
    assert (found.result, found.why, found.people) == ("na", "It concerns nobody who lives here.", [])


def test_dimensions_follow_and_tpmap_stands_beside_them(somsri):
    mali = ground.houses().mali
    found = queries.explained(somsri, mali.pk)

    assert (state(found.dimensions, "income"), state(found.dimensions, "access")) == ("fail", "fail")
    assert state(found.dimensions, "living") == "unknown"
    told = {each.dimension: (each.told, each.source, each.on) for each in found.told}
    assert told["income"] == (True, "tpmap", date(2026, 10, 1))
    assert told["living"] == (None, "", None)
    assert state(found.groups, "tpmap") == "yes"
    assert state(found.groups, "missed") == "no"
    assert [(each.name, each.code) for each in found.targets] == [("นางมาลี ใจดี", "target"), ("นายแดง ใจดี", "unknown")]
    assert (found.members, found.failed_low, found.failed_high) == (2, 2, 5)


def test_a_fact_closed_by_a_complete_list_names_the_list_and_its_day(somsri):
    tell(row("ดวง", id=PAYEE, house="40", birth_date="1990-01-01"))
    tell(
        row("มาลี", id=CHILD, house="41", birth_date="1980-01-01", tpmap_poor=True),
        kind="tpmap",
        as_of=date(2026, 9, 15),
        complete=True,
    )
    tell(row(about="household", house="40", jpt31_09="fail"), kind="volunteer_survey")
    house = Person.objects.get(pk=PAYEE).household

    groups = {each.code: each for each in queries.explained(somsri, house.pk).groups}

    assert (groups["tpmap"].state, groups["missed"].state) == ("no", "yes")
    assert groups["missed"].on == date(2026, 9, 15)
    assert "complete list" in groups["missed"].source
    assert "(Living)" in groups["missed"].why


def test_contradicting_facts_are_shown_with_what_is_followed(somsri):
    tell(row("ดวง", id=PAYEE, house="40", birth_date="1990-01-01"))
    tell(
        row(about="household", house="40", jpt31_22="pass", income_per_head_year=20_000),
        kind="volunteer_survey",
    )
    found = line(queries.explained(somsri, Person.objects.get(pk=PAYEE).household_id), 22)

    assert found.result == "pass"
    assert "The survey tells “passed”, but income a head and year means “failed”" in found.contradiction
    assert len(found.facts) == 2


def test_a_volunteer_learns_that_there_is_more_but_not_what(noi):
    """She sees social facts, neither money nor health."""
    mali = ground.houses().mali
    found = queries.explained(noi, mali.pk)

    income = line(found, 22)
    assert (income.result, income.facts, income.withheld, income.missing) == ("withheld", [], 1, [])
    assert state(found.dimensions, "income") == "withheld"
    assert (found.failed_low, found.failed_high, found.level, found.targets) == (None, None, None, [])
    assert state(found.fragile, "low_income_no_card") == "withheld"
    assert found.classes == {"social"}
    shown = repr([each for each in found.indicators if each.no != "22"]) + repr(found.capitals)
    assert "bedridden" not in shown


@pytest.mark.parametrize("disabled", [True, False])
def test_whether_anybody_is_disabled_is_not_given_away_by_a_result_that_concerns_nobody(somsri, noi, disabled):
    tell(row("ดวง", id=PAYEE, house="40", birth_date="1990-01-01", disability_registered=disabled))
    house = Person.objects.get(pk=PAYEE).household_id

    assert line(queries.explained(somsri, house), 28).result == ("unknown" if disabled else "na")
    assert line(queries.explained(noi, house), 28).result == "withheld"
    # That nobody here is 60 she may know.
    assert line(queries.explained(noi, house), 27).result == "na"


def test_what_nobody_told_is_unknown_to_the_volunteer_too_so_that_she_can_ask(noi):
    chai = ground.houses().chai
    found = line(queries.explained(noi, chai.pk), 22)
    assert (found.result, found.withheld) == ("unknown", 0)


def test_outside_ones_area_the_house_does_not_exist(stranger, noi):
    houses = ground.houses()
    with pytest.raises(NotFound):
        queries.explained(stranger, houses.mali.pk)
    with pytest.raises(NotFound):
        queries.explained(noi, houses.saman.pk)


def test_a_house_of_which_nobody_is_known_asks_who_lives_there(somsri):
    tell(row(about="household", house="99", jpt31_08="fail"), kind="volunteer_survey")
    house = Household.objects.get(house_no="99")

    found = queries.explained(somsri, house.pk)

    assert found.members == 0
    assert line(found, 8).result == "fail"
    assert (line(found, 25).result, line(found, 25).why) == ("unknown", "Nobody is known to live here.")
    assert [each.label for each in line(found, 25).missing] == ["who lives here"]


def test_the_set_says_that_it_measures_by_earlier_years(somsri):
    found = queries.explained(somsri, ground.houses().chai.pk).set
    assert (found.code, found.is_past, found.confidence) == ("jpt31", True, "A")
    assert found.note


def test_what_is_explained_is_what_was_stored(somsri):
    houses = ground.houses()
    services.assess_all()
    letters = {"unknown": "U", "pass": "P", "fail": "F", "na": "N"}
    for house in (houses.mali, houses.chai, houses.bun, houses.saman):
        found = queries.explained(somsri, house.pk)
        stored = HouseNeed.objects.get(pk=house.pk)
        assert "".join(letters[each.result] for each in found.indicators) == stored.results
        assert sum(each.state == "fail" for each in found.dimensions) == stored.failed.bit_count()


def test_it_speaks_thai(somsri):
    saman = ground.houses().saman
    with translation.override("th"):
        found = line(queries.explained(somsri, saman.pk), 8)
    assert found.text.startswith("ครัวเรือนมีความมั่นคง")
    assert found.facts[0].value == "ไม่ผ่านเกณฑ์"
    assert not any(letter.isascii() and letter.isalpha() for letter in found.why)
