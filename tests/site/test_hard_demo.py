"""The hard mode of the demo: how much is damaged, in which ways, and that the truth is told of every row."""

import csv
from collections import Counter
from datetime import date
from random import Random

import pytest

from mudmai.kernel.ids import citizen_id
from mudmai.site.demo import AS_OF
from mudmai.site.demo.hard import COLUMNS, DAMAGES, HardSet, build_hard_set
from mudmai.site.demo.hard.damage import one_letter_wrong
from mudmai.site.demo.hard.files import write_hard_demo


@pytest.fixture(scope="module")
def hard() -> HardSet:
    return build_hard_set(seed=5, people=8_000, rows=3_000, as_of=AS_OF)


def cell(row, column: str) -> str:
    return row.cells[list(COLUMNS).index(column)]


def rows_of(hard: HardSet):
    return [row for rows in hard.lists.values() for row in rows]


def test_three_rows_in_ten_are_damaged_and_a_third_have_no_id(hard):
    rows = rows_of(hard)

    assert 0.27 <= sum(bool(row.errors) for row in rows) / len(rows) <= 0.33
    assert 0.30 <= sum(not cell(row, "cid") for row in rows) / len(rows) <= 0.37


def test_every_kind_of_error_is_done_and_no_other_is_named(hard):
    assert set(Counter(kind for row in rows_of(hard) for kind in row.errors)) == set(DAMAGES)


def test_a_row_without_an_error_says_the_truth_about_its_person(hard):
    for row in hard.lists["clinic"]:
        if not row.errors:
            person = row.person
            assert cell(row, "given_name") == person.given
            assert cell(row, "cid") in ("", person.cid)
            assert cell(row, "house_no") == person.house.house_no


def test_a_row_with_an_error_differs_from_the_truth_in_that(hard):
    found = Counter[str]()
    for row in hard.lists["clinic"]:
        person = row.person
        found["digit"] += "id_wrong_digit" in row.errors and cell(row, "cid") != person.cid
        found["letters"] += "name_letters" in row.errors and (
            cell(row, "given_name"), cell(row, "family_name")
        ) != (person.given, person.family)  # fmt: skip
        found["day"] += "birth_year_only" in row.errors and cell(row, "birth_date") == str(person.birth.year + 543)
        found["sex"] += "sex_wrong" in row.errors and cell(row, "sex") != {"M": "ชาย", "F": "หญิง"}[person.sex]

    named = Counter(kind for row in hard.lists["clinic"] for kind in row.errors)
    assert found["letters"] == named["name_letters"]
    assert found["sex"] == named["sex_wrong"]
    assert found["day"] == named["birth_year_only"]
    assert found["digit"] == named["id_wrong_digit"]


def test_the_ids_of_the_register_are_valid_and_everybodys_own(hard):
    numbers = [person.cid for person in hard.country.registered if person.cid]

    assert len(hard.country.registered) == 8_000
    assert len(set(numbers)) == len(numbers)
    assert all(citizen_id(number).value for number in numbers)


def test_there_are_namesakes_twins_fathers_and_sons_of_one_name_and_people_the_register_does_not_know(hard):
    known = set(hard.country.registered)
    alike = Counter(hard.country.alike.values())

    assert min(alike[kind] for kind in ("namesake", "twin", "father_and_son")) > 50
    assert 0.1 < sum(row.person not in known for row in rows_of(hard)) / 9_000 < 0.15
    assert len({person.family for person in known}) > 700


def test_a_letter_typed_wrong_may_be_any_letter_at_any_place():
    rng = Random(1)
    written = {one_letter_wrong(rng, "มาลี") for _ in range(4_000)}

    assert len(written) > 300
    assert {len(name) for name in written} == {3, 4, 5}


def test_the_small_town_is_written_with_its_truth_and_the_same_again(tmp_path):
    files, boundaries = write_hard_demo(tmp_path / "one", seed=3, as_of=AS_OF, people=400, rows=120)
    write_hard_demo(tmp_path / "two", seed=3, as_of=AS_OF, people=400, rows=120)

    assert [file.kind for file in files] == ["civil_register", *["volunteer_survey"] * 3]
    assert files[0].as_of == date(2025, 11, 1)
    assert boundaries.exists()
    with (tmp_path / "one" / "truth.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 400 + 3 * 120
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
