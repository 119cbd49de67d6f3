"""Counts of needs add up from the village to the province and agree with the population file; poverty has bounds."""

import csv
import gzip
import random
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from tests.people.town import row, tell

from mudmai.needs import services
from mudmai.needs.models import HouseNeed
from mudmai.needs.queries import alkire_foster, area_needs, needs_by_child, reasons_counted, top_reasons, total
from mudmai.needs.services import counting
from mudmai.people.models import Person
from mudmai.people.queries import numbers_by_child
from mudmai.people.services import bulk, recount_all

Ages = Counter[tuple[str, int]]
VILLAGES = ("52030601", "52030602", "52030701", "52010101")


@pytest.fixture
def some_town(db: None) -> None:
    """Forty houses in four villages of three tambons, whose needs differ."""
    chance = random.Random(5)
    tell(
        *(
            row(
                f"คน{n}", house=str(n // 2), area=chance.choice(VILLAGES),
                birth_date=chance.choice(["1940", "1990", "2015"]),
                adl_group=chance.choice(["bedridden", "homebound", "active"]), tpmap_poor=chance.random() < 0.3,
                self_harm_alert=chance.random() < 0.1,
            )
            for n in range(80)
        ),
        *(
            row(
                about="household", house=str(n), area=area,
                **{f"jpt31_{no:02}": chance.choice(["pass", "fail"]) for no in (8, 9, 10, 11, 22)},
            )
            for n in range(40)
            for area in VILLAGES
            if chance.random() < 0.5
        ),
    )  # fmt: skip
    services.assess_all()


def test_each_level_is_the_sum_of_the_one_below_and_of_the_houses_themselves(some_town):
    whole = area_needs([""])
    assert whole.assessed == HouseNeed.objects.count()
    assert whole.red == HouseNeed.objects.filter(red=True).count() > 0
    assert sum(whole.urgencies.values()) == whole.assessed
    for length in (2, 4, 6, 8):
        found = total(needs_by_child("52", length).values())
        assert found.counted == whole.counted
        assert found.lived == whole.lived
    for code in whole.failed:
        bit = 1 << list(whole.failed).index(code)
        assert whole.failed[code] == sum(need.failed & bit != 0 for need in HouseNeed.objects.all())
        assert whole.failed[code] + whole.unsure[code] + whole.passed[code] == whole.assessed
    assert whole.poor == HouseNeed.objects.exclude(failed=0).count()


def test_the_tally_of_a_tambon_holds_nothing_of_its_neighbour(some_town):
    found = needs_by_child("5203", 6)
    for code, numbers in found.items():
        assert numbers.assessed == HouseNeed.objects.filter(area_code__startswith=code).count()


def test_reasons_are_counted_for_those_who_may_be_told_of_them(some_town):
    whole = area_needs(["52"])
    assert "self_harm" in reasons_counted(whole, {"identity", "contact", "social", "health", "money", "mental"})
    assert "self_harm" not in reasons_counted(whole, {"identity", "contact", "social", "health", "money"})


def test_whoever_sees_numbers_alone_is_told_of_everyday_reasons_of_many_houses(some_town):
    numbers = total([area_needs(["52"])] * 6)  # six such provinces, so that some reason holds for more than a few
    everybody = reasons_counted(numbers, {"identity", "contact", "social"})

    told = top_reasons(numbers, None, 100)

    assert {row.code: row.n for row in told} == {code: n for code, n in everybody.items() if n >= 5}
    assert told
    assert [row.n for row in told] == sorted((row.n for row in told), reverse=True)
    assert len(top_reasons(numbers, None, 1)) == 1


@pytest.fixture(scope="module")
def units(shared_data: Callable[[str], Path]) -> dict[str, Ages]:
    """{code: {(sex, age): people}} of Kamphaeng Phet in 2012, as the file has them.

    The province is 62, its districts and municipalities have two digits more, the tambons in each four: codes of our
    own, in the order of the file.
    """
    path = shared_data("poverty/population_age_sex_kamphaengphet_2012-12.csv.gz")
    found: dict[str, Ages] = {}
    code, above, inside = "62", 0, 0
    with gzip.open(path, "rt", encoding="utf-8-sig") as file:
        for line in csv.DictReader(file):
            if line["age"] == "0" and line["amphoe_th"]:
                is_tambon = line["unit_th"].startswith("ตำบล")
                above, inside = (above, inside + 1) if is_tambon else (above + 1, 0)
                code = f"62{above:02}{inside:02}" if is_tambon else f"62{above:02}"
            ages = found.setdefault(code, Counter())
            ages["m", int(line["age"])] += int(line["male"])
            ages["f", int(line["age"])] += int(line["female"])
    return found


def test_people_counted_tambon_by_tambon_make_the_districts_and_the_province_of_the_file(db, units):
    tambons = {code: ages.total() for code, ages in units.items() if len(code) == 6}
    rows = [(uuid4().hex, f"{code}01", 0, n, "[]", "") for code, n in tambons.items()]
    rest = (0, 1, False, 0, 0, 0, 0, -1)
    columns = ("household_id", "area_code", "place", "members", "reasons", "results")
    others = ("score", "urgency", "red", "marks", "groups", "failed", "unsure", "fragile")
    bulk.append(HouseNeed, (*columns, *others), [(*row, *rest) for row in rows])
    counting.recount(row[1] for row in rows)
    assert {code: n.persons for code, n in needs_by_child("62", 6).items()} == tambons
    districts = {code: ages.total() for code, ages in units.items() if len(code) == 4}
    assert {code: n.persons for code, n in needs_by_child("62", 4).items()} == districts
    assert needs_by_child("", 2)["62"].persons == units["62"].total() == 714_489


def test_people_of_the_same_ages_and_sexes_make_the_districts_of_the_file(db, units):
    few = [code for code, ages in units.items() if len(code) == 4 and ages.total() < 14_000 and code != "6232"]
    people = [
        (uuid4().hex, f"{code}01", sex, f"{2012 - age}-06-15")
        for code, ages in units.items()
        if len(code) == 6 and code[:4] in few
        for (sex, age), n in ages.items()
        for _ in range(n)
    ]
    rest = ("",) * 12
    empty = ("title", "given_name", "family_name", "given_key", "family_key", "given_sound", "family_sound",
             "residence", "relation", "phone", "sort_key")  # fmt: skip
    bulk.append(
        Person,
        ("id", "area_code", "sex", "birth_date", "status", "known", *empty),
        ((*person, "alive", "{}", *rest[: len(empty)]) for person in people),
    )
    recount_all()
    found = numbers_by_child("62", 4, date(2012, 12, 31))
    assert set(found) == set(few)
    for code in few:
        numbers, ages = found[code], units[code]
        assert (numbers.men, numbers.women) == tuple(sum(n for (sex, _), n in ages.items() if sex == s) for s in "mf")
        assert numbers.elderly == sum(n for (_, age), n in ages.items() if age >= 60)
        assert numbers.children == sum(n for (_, age), n in ages.items() if age < 15)
        bands = Counter[tuple[str, int]]()
        for (sex, age), n in ages.items():
            bands[sex, min(age, 99) // 10 * 10] += n
        assert numbers.ages == {band: n for band, n in bands.items() if n}


def test_the_poverty_of_an_area_counts_people(some_town):
    found = alkire_foster(area_needs(["52"]), k=1)
    assert found.people == area_needs(["52"]).persons
    assert 0 < found.h.low <= found.h.high <= 1
