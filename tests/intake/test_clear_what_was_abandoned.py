"""Files that nobody went on with are not kept for ever; what came into the registry is."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.intake import lists

from mudmai.intake import services as intake
from mudmai.intake.models import StagedChunk, Upload
from mudmai.intake.services.files import folder, path_of
from mudmai.site import chores

pytestmark = pytest.mark.django_db

CHORE = "mudmai.intake.services.clear_abandoned"


@pytest.fixture(autouse=True)
def _a_folder_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def a_month_passes() -> None:
    Upload.objects.update(changed_at=timezone.now() - timedelta(days=31))


def test_a_list_nobody_went_on_with_is_cleared_with_its_file_and_its_rows() -> None:
    imported = lists.imported(lists.xlsx(*lists.people(4)))
    waiting = lists.previewed(lists.as_csv(*lists.people(5)), "b.csv")
    given_up = intake.cancel(lists.previewed(lists.as_csv(*lists.people(6)), "c.csv"))
    before = lists.registry()
    a_month_passes()
    fresh = lists.previewed(lists.as_csv(*lists.people(7)), "d.csv")

    assert CHORE in chores.do_what_is_due()

    assert set(Upload.objects.all()) == {imported, fresh}
    assert {path.name for path in folder().iterdir()} == {path_of(imported).name, path_of(fresh).name}
    assert not StagedChunk.objects.exclude(upload__in=[imported, fresh]).exists()
    assert not path_of(waiting).exists()
    assert not path_of(given_up).exists()
    assert lists.registry() == before
    assert intake.report(imported)


def test_looking_it_over_again_keeps_a_file_for_another_month() -> None:
    waiting = lists.previewed(lists.xlsx(*lists.people(4)))
    a_month_passes()
    intake.preview(waiting)

    assert intake.clear_abandoned() == 0
    assert Upload.objects.get().state == Upload.State.PREVIEWED


def test_an_import_that_broke_off_is_kept_however_old_it_is() -> None:
    waiting = lists.previewed(lists.xlsx(*lists.people(4)))
    intake.begin_commit(waiting)
    a_month_passes()

    assert intake.clear_abandoned() == 0
    assert path_of(waiting).exists()


def test_a_file_whose_row_was_never_written_is_cleared_too() -> None:
    lists.imported(lists.xlsx(*lists.people(4)))
    stray = folder() / "00000000-0000-0000-0000-000000000000.sealed"
    stray.write_bytes(b"sealed")
    assert intake.clear_abandoned() == 0  # it may be about to be written

    for path in folder().iterdir():
        os.utime(path, (0, 0))

    assert intake.clear_abandoned() == 1
    assert not stray.exists()
    assert len(list(folder().iterdir())) == 1
