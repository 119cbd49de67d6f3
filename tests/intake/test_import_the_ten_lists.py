"""The folder of the welfare officer: ten lists of its offices, in the order in which they come."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from tests.intake import lists

from mudmai.intake import services as intake
from mudmai.intake.models import Upload
from mudmai.people.models import Filing, Household, Person
from mudmai.site.demo import DemoTown, write_demo

pytestmark = pytest.mark.django_db

HOUSEHOLDS = 260
KINDS = [
    "civil_register", "disability_register", "old_age_payees", "tpmap", "bedridden_list", "volunteer_survey",
    "civil_register", "bmn_survey", "child_grant_payees", "ltc_list",
]  # fmt: skip


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> DemoTown:
    return write_demo(tmp_path_factory.mktemp("demo"), households=HOUSEHOLDS)


def bring_in(path: Path) -> Upload:
    """As somebody who accepts every guess."""
    return lists.imported(path.read_bytes(), path.name)


def truth(town: DemoTown) -> list[dict[str, str]]:
    with town.truth_file.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_ten_lists_become_every_household_and_person_once(town: DemoTown) -> None:
    uploads = [bring_in(file.path) for file in town.files]

    assert [upload.kind for upload in uploads] == KINDS
    assert {upload.area_code for upload in uploads} == {"520306"}
    rows = truth(town)
    persons = {row["person"] for row in rows if row["person"]}
    houses = {row["household"] for row in rows}
    assert Person.objects.count() == pytest.approx(len(persons), rel=0.02)
    assert Household.objects.count() == pytest.approx(len(houses), rel=0.02)
    assert mixed_up(rows) == 0
    assert Person.objects.filter(status=Person.Status.LEFT).exists(), "the newer register tells who left"


def mixed_up(rows: list[dict[str, str]]) -> int:
    """Persons made of the rows of two people: the one mistake that hurts."""
    told = {(row["file"], row["sheet"], row["row"]): row["person"] for row in rows}
    found: dict[object, set[str]] = defaultdict(set)
    for filing in Filing.objects.select_related("record__batch"):
        sheet, _, row = filing.record.row_ref.rpartition("!")
        name = filing.record.batch.label
        person = told.get((name, sheet, row)) or told.get((name, "", row))
        if person:
            found[filing.person_id].add(person)
    return sum(len(people) > 1 for people in found.values())


def test_the_ten_lists_again_change_nothing(town: DemoTown) -> None:
    for file in town.files:
        bring_in(file.path)
    before = lists.registry()

    for file in town.files:
        bring_in(file.path)

    assert lists.registry() == before


def test_each_list_is_undone_to_the_state_before_it(town: DemoTown) -> None:
    states, uploads = [lists.registry()], []
    for file in town.files:
        uploads.append(bring_in(file.path))
        states.append(lists.registry())

    for upload, before in zip(reversed(uploads), reversed(states[:-1]), strict=True):
        assert upload.batch is not None
        intake.undo(upload.batch, by=None)
        assert lists.registry() == before, upload.filename
