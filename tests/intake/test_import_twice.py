"""The same list again changes nothing; a newer one tells who came and who left."""

import pytest
from tests.intake import lists

from mudmai.intake import services as intake
from mudmai.intake.models import Upload
from mudmai.people.models import Batch, Person, Record

pytestmark = pytest.mark.django_db

NEXT_YEAR = (lists.TITLE, "ข้อมูล ณ วันที่ 1 ตุลาคม 2569")


def test_importing_a_file_again_changes_nothing_and_names_the_batch() -> None:
    data = lists.xlsx(*lists.people(9))
    first = lists.imported(data)
    before = lists.registry()

    again = lists.imported(data)

    assert lists.registry() == before
    assert Batch.objects.count() == 1
    assert [code for code, _ in again.summary["remarks"]] == ["already_imported"]
    assert intake.result_of(again)["batch"] == str(first.batch_id)
    assert intake.result_of(again)["new_people"] == 0


def test_the_same_rows_in_another_file_change_nothing() -> None:
    lists.imported(lists.xlsx(*lists.people(9)))
    before = lists.registry()

    again = lists.imported(lists.as_csv(*lists.people(9)), "สำเนา.csv")

    assert again.state == Upload.State.DONE
    assert again.summary["outcomes"] == {"same": 9}
    assert lists.registry() == before
    assert (Record.objects.count(), Batch.objects.count()) == (9, 1)


def test_an_undone_list_can_be_imported_again() -> None:
    data = lists.xlsx(*lists.people(4))
    first = lists.imported(data)
    assert first.batch is not None
    intake.undo(first.batch, by=None)
    assert Person.objects.count() == 0

    again = lists.imported(data)

    assert again.batch_id not in (None, first.batch_id)
    assert Person.objects.count() == 4


def test_a_newer_list_tells_who_came_and_who_left() -> None:
    lists.imported(lists.xlsx(*lists.people(8)))
    newer = [lists.person(number) for number in (0, 1, 2, 3, 4, 6, 7, 8)]

    upload = lists.imported(lists.xlsx(*newer, titles=NEXT_YEAR))

    assert (upload.summary["came"], upload.summary["left"]) == (1, 1)
    assert upload.summary["outcomes"] == {"same": 7, "new": 1}
    gone = Person.objects.get(given_name="อินทร")
    assert gone.status == Person.Status.LEFT
    assert Person.objects.exclude(pk=gone.pk).filter(status=Person.Status.ALIVE).count() == 8


def test_who_left_is_back_when_the_newer_list_is_undone() -> None:
    lists.imported(lists.xlsx(*lists.people(8)))
    before = lists.registry()
    newer = lists.imported(lists.xlsx(*lists.people(8)[:-1], titles=NEXT_YEAR))
    assert newer.batch is not None
    assert Person.objects.filter(status=Person.Status.LEFT).count() == 1

    intake.undo(newer.batch, by=None)

    assert lists.registry() == before


def test_a_part_of_a_list_marks_nobody_as_having_left() -> None:
    lists.imported(lists.xlsx(*lists.people(40)))

    upload = lists.imported(lists.xlsx(*lists.people(9), titles=NEXT_YEAR))

    assert "many_left" in [code for code, _ in upload.summary["remarks"]]
    assert not Person.objects.filter(status=Person.Status.LEFT).exists()


def test_a_person_can_say_that_a_short_list_is_complete() -> None:
    lists.imported(lists.xlsx(*lists.people(40)))

    lists.imported(lists.xlsx(*lists.people(9), titles=NEXT_YEAR), complete=True)

    assert Person.objects.filter(status=Person.Status.LEFT).count() == 31


def test_when_the_registry_changed_since_the_preview_the_rows_are_compared_again() -> None:
    waiting = lists.previewed(lists.xlsx(*lists.people(5), titles=NEXT_YEAR))
    assert waiting.summary["new_people"] == 5
    lists.imported(lists.xlsx(*lists.people(5)))

    intake.commit(waiting)

    assert Person.objects.count() == 5
    assert waiting.summary["linked"] == 5
    assert "linked_again" in [code for code, _ in waiting.summary["remarks"]]
