"""`mudmai import FILE…` and `mudmai undo BATCH`, as a script and as a person use them."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command
from tests.intake import lists

from mudmai.intake import services as intake
from mudmai.people.models import Batch, Person

pytestmark = pytest.mark.django_db

Run = Callable[..., str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*words: object) -> str:
        out = io.StringIO()
        call_command(*map(str, words), stdout=out, stderr=io.StringIO())
        return out.getvalue()

    return command


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ทะเบียนราษฎร.xlsx"
    path.write_bytes(lists.xlsx(*lists.people(9)))
    return path


def test_one_json_object_tells_what_came_in(run: Run, file: Path) -> None:
    told = json.loads(run("import_list", file, "--yes", "--json"))

    assert told.pop("seconds") >= 0
    batch = Batch.objects.get()
    assert told == {
        "batch": str(batch.pk), "rows": 9, "problems": 0, "new_people": 9, "linked": 0, "to_review": 0,
        "new_households": 9,
    }  # fmt: skip


def test_a_kind_that_was_left_out_is_guessed_and_said(run: Run, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("import_list", file, "--yes")

    said = capsys.readouterr().err
    assert "civil_register" in said
    assert "52030601" in said
    assert "1 ตุลาคม 2568" in said


def test_kind_area_and_day_can_be_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(lists.as_csv(["นางสมศรี ใจงาม", "1/1", "1"], titles=[], header=["ชื่อ-สกุล", "บ้านเลขที่", "หมู่ที่"]))

    run("import_list", path, "--yes", "--json", "--kind", "home_visit", "--area", "520306", "--as-of", "5/6/2569")

    batch = Batch.objects.get()
    assert (batch.kind, batch.area_code, batch.as_of.isoformat()) == ("home_visit", "520306", "2026-06-05")


def test_without_yes_a_script_imports_nothing(run: Run, file: Path) -> None:
    told = json.loads(run("import_list", file, "--json"))

    assert told["batch"] is None
    assert not Batch.objects.exists()


def test_the_report_is_written_where_it_was_asked_for(run: Run, file: Path, tmp_path: Path) -> None:
    run("import_list", file, "--yes", "--json", "--report", tmp_path / "out.xlsx")

    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["หมู่ 1"]
    assert [cell.value for cell in sheet[3]][7:] == ["ผล", "รหัสบุคคล", "รหัสครัวเรือน", "ปัญหา"]


def test_a_file_that_cannot_be_read_stops_no_other(run: Run, file: Path, tmp_path: Path) -> None:
    broken = tmp_path / "เสีย.xlsx"
    broken.write_bytes(b"PK\x03\x04 broken")

    with pytest.raises(SystemExit) as stop:
        run("import_list", broken, file, tmp_path / "ไม่มี.xlsx", "--yes", "--json")

    assert stop.value.code == 1
    assert Person.objects.count() == 9


def test_only_the_sheet_that_was_named_is_taken(run: Run, file: Path) -> None:
    with pytest.raises(SystemExit):
        run("import_list", file, "--yes", "--json", "--sheet", "หมู่ 99")
    assert not Person.objects.exists()

    run("import_list", file, "--yes", "--json", "--sheet", "หมู่ 1")
    assert Person.objects.count() == 9


def test_an_interrupted_import_goes_on_when_it_is_called_again(run: Run, file: Path) -> None:
    def pull_the_plug(phase: str, done: int, total: int) -> None:
        if phase == "folding":
            raise SystemExit(9)

    with pytest.raises(SystemExit):
        intake.commit(lists.previewed(file.read_bytes(), file.name), listener=pull_the_plug)

    told = json.loads(run("import_list", file, "--yes", "--json"))

    assert (told["rows"], told["new_people"]) == (9, 9)
    assert (Batch.objects.count(), Person.objects.count()) == (1, 9)


def test_undo_shows_first_and_takes_back_when_told(run: Run, file: Path) -> None:
    batch = json.loads(run("import_list", file, "--yes", "--json"))["batch"]

    shown = json.loads(run("undo", batch, "--json"))
    assert (shown["undone"], shown["persons_gone"], shown["households_gone"]) == (False, 9, 9)
    assert Person.objects.count() == 9

    assert json.loads(run("undo", batch, "--yes", "--json"))["undone"] is True
    assert Person.objects.count() == 0

    assert json.loads(run("undo", batch, "--restore", "--json"))["restored"] is True
    assert Person.objects.count() == 9
