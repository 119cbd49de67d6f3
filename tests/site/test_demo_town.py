"""The invented town and its ten lists: `mudmai.site.demo.write_demo`."""

import csv
import gzip
import json
import re
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
import shapely
from lxml import html
from python_calamine import CalamineWorkbook
from shapely.geometry import shape

from mudmai.kernel.ids import check_digit
from mudmai.people.rules.catalogue import catalogue
from mudmai.site.demo import DemoTown, write_demo
from mudmai.site.demo.errors import KINDS
from mudmai.site.demo.names import all_given_names
from mudmai.site.demo.names.family import family_names
from mudmai.site.demo.town.houses import HOME_OFFICE
from mudmai.site.demo.town.numbers import OTHER_OFFICES
from mudmai.site.demo.truth import HEADER

ROOT = Path(__file__).resolve().parents[2]
ID_SLIPS = {"id_missing", "id_wrong_digit", "id_swapped", "id_of_another", "id_scientific"}
Cells = dict[tuple[str, str], list[list[object]]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoTown:
    return write_demo(tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="module")
def cells(demo: DemoTown) -> Cells:
    """Every row of every list, by file and sheet."""
    read: Cells = {}
    for file in demo.files:
        path = file.path
        if path.suffix == ".xlsx":
            book = CalamineWorkbook.from_path(str(path))
            for name in book.sheet_names:
                read[path.name, name] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        elif path.suffix == ".xls":
            page = html.fromstring(path.read_bytes().decode("cp874"))
            read[path.name, "ทะเบียนคนพิการ"] = [[cell.text_content() for cell in row] for row in page.iter("tr")]
        else:
            encoding = "utf-8-sig" if "สำรวจ" in path.name else "cp874"
            with path.open(encoding=encoding, newline="") as lines:
                read[path.name, ""] = list(csv.reader(lines))
    return read


def registered(demo: DemoTown) -> list[Any]:
    day = demo.town.newer_register_on
    return [person for house in demo.town.houses for person, _ in demo.town.registered(house, day)]


def test_the_same_seed_writes_the_same_bytes(tmp_path):
    once = write_demo(tmp_path / "once", households=150)
    again = write_demo(tmp_path / "again", households=150)
    other = write_demo(tmp_path / "other", households=150, seed=7)

    assert [f.path.read_bytes() for f in once.files] == [f.path.read_bytes() for f in again.files]
    assert once.truth_file.read_bytes() == again.truth_file.read_bytes()
    assert once.boundaries.read_bytes() == again.boundaries.read_bytes()
    assert once.files[0].path.read_bytes() != other.files[0].path.read_bytes()


def test_the_town_is_written_in_a_few_seconds(tmp_path):
    started = time.process_time()

    write_demo(tmp_path)

    assert time.process_time() - started < 6


def test_the_town_has_the_size_that_was_promised(demo):
    rows = Counter(row.file.partition("_")[0] for row in demo.truth.rows)

    assert len(demo.town.houses) == 2200
    assert 5700 <= len(registered(demo)) <= 6300
    assert 5700 <= rows["1"] <= 6300
    assert 200 <= rows["2"] <= 290
    assert 150 <= rows["4"] <= 210
    assert 50 <= rows["5"] <= 70
    assert rows["6"] > 1900


def test_nine_in_ten_of_the_entitled_are_paid(demo):
    day = demo.town.newer_register_on
    entitled = {p.number for p in registered(demo) if p.age_on(day) >= 60 and p.status == "citizen"}
    paid = {row.person for row in demo.truth.rows if row.file.partition("_")[0] == "3"}

    assert 0.87 <= len(paid & entitled) / len(entitled) <= 0.93


def test_the_town_is_as_old_as_the_north_is(demo):
    day = demo.town.newer_register_on
    ages = [person.age_on(day) for person in registered(demo)]

    assert 0.20 <= sum(age >= 60 for age in ages) / len(ages) <= 0.25
    assert 0.10 <= sum(age < 15 for age in ages) / len(ages) <= 0.17
    assert 0.003 <= sum(age >= 85 for age in ages) / len(ages) <= 0.03
    assert max(ages) < 105
    assert 0.51 <= sum(p.sex == "F" for p in registered(demo)) / len(ages) <= 0.56


def test_mothers_and_couples_have_believable_ages(demo):
    for person in demo.town.people:
        if person.mother:
            assert 18 <= person.mother.age_on(person.birth) <= 40
        if person.spouse and person.sex == "M":
            assert -6 <= (person.spouse.birth - person.birth).days / 365 <= 13


def test_households_come_in_all_promised_shapes(demo):
    day, town = demo.town.newer_register_on, demo.town
    alone = skipped = monks = 0
    for house in town.houses:
        people = town.living(house, day)
        ages = [p.age_on(day) for p in people]
        alone += len(ages) == 1 and ages[0] >= 60
        skipped += bool(ages) and min(ages) < 16 and not any(17 < age < 50 for age in ages)
        monks += house.kind == "temple" and all(p.title_on(day) in {"พระ", "สามเณร"} for p in people)

    assert alone > 100
    assert skipped > 30
    assert monks == 4
    assert sum(not p.lives_here for p in town.people) > 200
    assert sum(p.register == "elsewhere" for p in town.people) > 50
    assert any(p.status == "no_number" for p in town.people)


def test_there_are_twins_namesakes_and_renamed_wives(demo):
    people = demo.town.people
    births = Counter((p.mother.number, p.birth) for p in people if p.mother)
    names = defaultdict(set)
    for p in people:
        names[p.given, p.family, p.house.moo].add(p.house.number)

    assert max(births.values()) == 2
    assert any(len(houses) > 1 for houses in names.values())
    assert sum(p.weds for p in people) >= 5
    assert sum(bool(p.maiden) and p.maiden != p.family for p in people) > 500


def test_a_year_passes_between_the_registers(demo):
    older = {r.person for r in demo.truth.rows if r.file.partition("_")[0] == "1"}
    newer = {r.person for r in demo.truth.rows if r.file.partition("_")[0] == "7"}
    people = {p.number: p for p in demo.town.people}

    assert sum(bool(people[n].died_on) for n in older - newer) > 30
    assert sum(bool(people[n].until) for n in older - newer) > 20
    assert sum(people[n].birth > demo.town.register_on for n in newer - older) > 15
    assert sum(bool(people[n].since) for n in newer - older) > 20


def test_ids_are_rightly_built_and_belong_to_no_office(demo, shared_data):
    ids = [p.cid for p in demo.town.people if p.cid]
    offices = {cid[1:5] for cid in ids}
    districts = json.loads(shared_data("admin/geothai_3.2.1/districts.json").read_text(encoding="utf-8"))
    governments = {row[:4] for row in shared_data("admin/lao_2022.csv").read_text(encoding="utf-8").splitlines()
                   if re.match(r"\d{4}-", row)}  # fmt: skip

    assert all(len(cid) == 13 and check_digit(cid[:12]) == cid[12] for cid in ids)
    assert len(set(ids)) == len(ids)
    assert offices == {HOME_OFFICE, *OTHER_OFFICES}
    assert not offices & ({row[0] for row in districts} | governments)


def test_every_true_row_is_where_the_truth_says(demo, cells):
    people = {p.number: p for p in demo.town.people}
    houses = {h.number: h for h in demo.town.houses}
    for row in demo.truth.rows:
        person, told = people[row.person], [str(cell) for cell in cells[row.file, row.sheet][row.row - 1]]
        digits = [re.sub(r"\D", "", cell.removesuffix(".0")) for cell in told]
        if row.file.partition("_")[0] == "6":
            assert told[1] == str(houses[row.household].moo)
            assert "house_no_as_date" in row.errors or told[2] == houses[row.household].house_no
        elif person.cid and not ID_SLIPS & set(row.errors):
            assert person.cid in digits, (row, told)
        elif not {"name_misspelt", "tone_order"} & set(row.errors):
            assert any(person.given in cell or person.given_before in cell for cell in told), (row, told)


def test_no_row_about_people_is_missing_from_the_truth(demo, cells):
    known = Counter((row.file, row.sheet) for row in demo.truth.rows)
    for (file, sheet), rows in cells.items():
        with_an_id = sum(any(re.fullmatch(r"[0-8]-\d{4}-\d{5}-\d\d-\d|\d{13}(\.0)?", str(c)) for c in r) for r in rows)
        assert with_an_id <= known[file, sheet]


def test_the_truth_is_also_a_file(demo):
    with demo.truth_file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))

    assert tuple(rows[0]) == HEADER
    assert len(rows) - 1 == len(demo.truth.rows)


@pytest.mark.parametrize("kind", KINDS)
def test_each_promised_kind_of_error_occurs(demo, kind):
    assert demo.truth.errors()[kind] >= 1


def test_ids_are_missing_as_often_as_each_office_loses_them(demo):
    rows, missing = Counter(), Counter()
    for row in demo.truth.rows:
        rows[row.file.partition("_")[0]] += 1
        missing[row.file.partition("_")[0]] += "id_missing" in row.errors

    share = {number: missing[number] / rows[number] for number in rows}
    assert share["1"] == share["7"] == 0
    assert 0.01 < share["2"] < 0.06
    assert 0.01 < share["3"] < 0.04
    assert 0.02 < share["4"] < 0.10
    assert 0.30 < share["5"] < 0.60


def test_the_allowance_list_adds_up(demo, cells):
    (rows,) = [rows for (file, _), rows in cells.items() if file.startswith("3_")]
    amounts = [row[7] for row in rows if re.fullmatch("[๐-๙]+", str(row[0]))]
    (total,) = [row[7] for row in rows if str(row[0]).startswith("รวมทั้งสิ้น")]

    assert set(amounts) == {600, 700, 800, 1000}
    assert sum(amounts) == total


def test_pins_lie_in_their_village_but_for_the_slips(demo, cells):
    (rows,) = [rows for (file, _), rows in cells.items() if file.startswith("6_")]
    surveyed = [row for row in demo.truth.rows if row.file.startswith("6_")]
    plain = [row for row in surveyed if not any(kind.startswith("pin_") for kind in row.errors)]
    houses = {h.number: h for h in demo.town.houses}
    inside = 0
    for row in plain:
        village = demo.town.land.village_polygons[houses[row.household].moo]
        inside += shapely.contains_xy(village, float(rows[row.row - 1][8]), float(rows[row.row - 1][7]))

    assert 0.8 < 1 - sum("pin_missing" in row.errors for row in surveyed) / len(surveyed) < 0.9
    assert inside / len(plain) > 0.99


def test_villages_fill_the_tambon_edge_to_edge(demo):
    features = json.loads(demo.boundaries.read_text(encoding="utf-8"))["features"]
    shapes = {feature["properties"]["code"]: shape(feature["geometry"]) for feature in features}
    villages = [polygon for code, polygon in shapes.items() if len(code) == 8]

    assert len(villages) == 8
    assert shapely.coverage_is_valid(villages)
    assert shapely.union_all(villages).equals(shapes["520306"])


def test_village_codes_and_names_are_those_of_the_public_list(demo, shared_data):
    public = {}
    with gzip.open(shared_data("admin/villages_codes_2022.csv.gz"), "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            public[row["code"]] = row["name_th"]
    features = json.loads(demo.boundaries.read_text(encoding="utf-8"))["features"]

    for feature in features[1:]:
        assert public[feature["properties"]["code"]] == feature["properties"]["name_th"]


def test_lists_are_of_kinds_that_the_catalogue_knows(demo):
    assert len(demo.files) == 10
    assert {file.kind for file in demo.files} <= set(catalogue().kinds)


def test_there_are_names_enough():
    assert min(len(all_given_names("M")), len(all_given_names("F"))) >= 300
    assert len(set(family_names())) >= 1500


def test_the_docs_name_every_error_and_every_list(demo):
    text = (ROOT / "docs/demo.md").read_text(encoding="utf-8")

    assert [kind for kind in KINDS if f"`{kind}`" not in text] == []
    assert [file.path.name for file in demo.files if file.path.name not in text] == []
    assert HOME_OFFICE in text
