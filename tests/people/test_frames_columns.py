"""What was told becomes columns of numbers, in one way for each kind of the catalogue."""

from datetime import date

import numpy as np
import pytest
from tests.people.town import VILLAGE, row, tell

from mudmai.kernel.logic import NO, UNKNOWN, YES
from mudmai.people import queries
from mudmai.people.models import Household, Person
from mudmai.people.queries import UNTOLD_DAY, code_index, day_number
from mudmai.people.queries.frames.columns import column_of, days_of, places_of
from mudmai.people.rules.catalogue import NONE_TOLD, catalogue

pytestmark = pytest.mark.django_db


def only(codes: list[str], **said: object) -> list[object]:
    """The values of the codes of one person, or house, of whom this was told."""
    tell(row(about="both", **said))
    found = queries.frame(codes)
    columns = found.persons.told | found.houses.told
    return [columns[code][0].item() for code in codes]


def test_a_yes_or_no_is_an_answer_of_three_values():
    assert only(["pregnant", "chronic_ill", "old_age_allowance"], pregnant=True, chronic_ill=False) == [
        YES,
        NO,
        UNKNOWN,
    ]


def test_a_code_is_its_place_in_the_list():
    found = only(["adl_group", "marital"], adl_group="bedridden")
    assert found == [code_index("adl_group", "bedridden"), -1]
    assert list(catalogue().lists["adl_group"])[found[0]] == "bedridden"


def test_codes_are_bits_and_none_told_is_no_bit():
    found = only(["disability_types", "needs", "devices"], disability_types=["2", "4"], needs=NONE_TOLD)
    bits = (1 << code_index("disability_type", "2")) | (1 << code_index("disability_type", "4"))
    assert found == [bits, 0, -1]


def test_every_list_fits_into_the_bits_of_a_column():
    assert max(len(codes) for codes in catalogue().lists.values()) < 63


def test_numbers_are_numbers_and_what_was_not_told_is_no_zero():
    told = only(["adl_score", "weight_kg", "household_income", "bmi"], adl_score=4, weight_kg=51.5, household_income=0)
    assert told[:3] == [4.0, 51.5, 0.0]
    assert np.isnan(told[3])


def test_a_date_counts_from_its_first_day():
    told = only(["disability_card_expires", "disability_card_issued"], disability_card_expires="2027-02")
    assert told == [day_number(date(2027, 2, 1)), UNTOLD_DAY]


def test_texts_say_only_whether_they_were_told():
    assert only(["occupation", "caregiver_name", "religion"], occupation="ทำนา", caregiver_name=NONE_TOLD) == [1, -1, 0]


@pytest.mark.parametrize(
    ("told", "answer"), [("ไทย", YES), (" Thai", YES), ("099", YES), ("ลาว", NO), ("ไทใหญ่", NO), (NONE_TOLD, UNKNOWN)]
)
def test_nationality_answers_whether_it_is_thai(told, answer):
    assert only(["nationality"], nationality=told) == [answer]


@pytest.mark.parametrize("code", sorted(catalogue().attributes))
def test_every_attribute_has_a_column_and_nonsense_in_it_is_not_told(code):
    empty = column_of(code, 2, [], [])
    written = column_of(code, 3, [1, 2], [NONE_TOLD, {"what": "is this"}])
    assert len(empty) == 2
    assert empty.dtype == written.dtype
    kind = catalogue().attributes[code].kind
    if kind in {"yes_no", "code", "number", "baht", "whole", "date"}:
        assert np.array_equal(written[1:], empty, equal_nan=written.dtype.kind == "f")


@pytest.mark.parametrize("name", sorted(catalogue().lists))
def test_places_follow_the_catalogue(name):
    assert list(places_of(name).values()) == list(range(len(catalogue().lists[name])))


def test_a_partial_birth_date_gives_its_first_and_last_day():
    assert days_of("1959") == (day_number(date(1959, 1, 1)), day_number(date(1959, 12, 31)))
    assert days_of("1960-02") == (day_number(date(1960, 2, 1)), day_number(date(1960, 2, 29)))
    assert days_of("") == (UNTOLD_DAY, UNTOLD_DAY)
    assert days_of("1959-13") == (UNTOLD_DAY, UNTOLD_DAY)


def test_whether_somebody_was_born_by_a_day_is_not_known_where_the_date_allows_both():
    for name, born in (("ก", "1959"), ("ข", "1958"), ("ค", "1961"), ("ง", "")):
        tell(row(name, birth_date=born))
    found = queries.frame([])
    answer = dict(zip(found.sort_key, found.born_by(date(1959, 6, 1)).tolist(), strict=True))
    assert [answer[key] for key in sorted(answer)] == [UNKNOWN, YES, NO, UNKNOWN]


def test_a_code_that_the_catalogue_does_not_know_is_refused():
    with pytest.raises(ValueError, match="no_such_thing"):
        queries.frame(["no_such_thing"])


def test_persons_stand_in_their_houses_with_area_sex_and_status():
    tell(row(sex="f", birth_date="1950-03-15"), row("บุญ", house="99", sex="m"), row("ไร้บ้าน", house=None))
    tell(row("ลา", house="12/3", death_date="2020-01-01"))
    found = queries.frame(["given_name"])
    by_id = {key: place for place, key in enumerate(found.persons.ids)}
    for person in Person.objects.all():
        place = by_id[person.pk.hex]
        house = found.house[place]
        assert (found.houses.ids[house] if house >= 0 else None) == (
            person.household_id.hex if person.household_id else None
        )
        assert found.persons.area[place] == person.area_code == VILLAGE
        assert found.sex[place] == {"m": 1, "f": 2, "": 0}[person.sex]
        assert queries.STATUSES[found.status[place]] == person.status
        assert found.sort_key[place] == person.sort_key
        assert found.registered_area[place] == (VILLAGE if person.registered_household_id else "")
    assert found.living.sum() == 2


def test_an_empty_registry_is_an_empty_frame():
    found = queries.frame(["sex", "toilet"])
    assert (len(found.persons), len(found.houses)) == (0, 0)
    assert found.count(np.zeros(0, bool)).tolist() == []


def test_houses_are_counted_by_their_living_members():
    mother, child = row("แม่", pregnant=True), row("ลูก", pregnant=False)
    tell(mother, child, row("พ่อ", presence="absent", pregnant=True), row(about="household", house="50"))
    found = queries.frame(["pregnant", "toilet"])
    numbers = dict(zip(found.houses.ids, range(len(found.houses)), strict=True))
    home = numbers[Household.objects.get(house_no="12/3").pk.hex]
    empty = numbers[Household.objects.get(house_no="50").pk.hex]
    pregnant = found.persons.told["pregnant"]
    assert found.count(pregnant == YES)[[home, empty]].tolist() == [1, 0]
    assert found.any(pregnant)[[home, empty]].tolist() == [YES, NO]
    assert found.all(pregnant)[[home, empty]].tolist() == [NO, YES]
    assert found.of_house(np.arange(len(found.houses)), -1).tolist() == [home] * 3
