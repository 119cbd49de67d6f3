"""From a file to people: preview first, then the commit, then the numbers."""

import pytest
from tests.intake import lists

from mudmai.intake import queries
from mudmai.intake import services as intake
from mudmai.intake.models import LayoutMemory, Upload
from mudmai.people.models import Batch, Household, Person, Record

pytestmark = pytest.mark.django_db


def test_a_preview_writes_nothing_to_the_registry() -> None:
    upload = lists.previewed(lists.xlsx(*lists.people(9)))

    assert upload.state == Upload.State.PREVIEWED
    assert upload.summary["outcomes"] == {"new": 9}
    assert not Record.objects.exists()
    assert not Batch.objects.exists()
    assert not Person.objects.exists()


def test_the_title_tells_the_kind_the_day_and_the_place() -> None:
    upload = lists.previewed(lists.xlsx(*lists.people(3)))

    assert upload.kind == "civil_register"
    assert upload.as_of.isoformat() == "2025-10-01"
    assert upload.area_code == "52030601"


def test_a_list_becomes_persons_in_their_houses() -> None:
    upload = lists.imported(lists.xlsx(*lists.people(9)))

    assert upload.state == Upload.State.DONE
    assert Person.objects.count() == 9
    somsri = Person.objects.get(given_name="สมศรี")
    assert (somsri.title, somsri.family_name, somsri.sex, somsri.birth_date) == ("นาง", "ใจงาม", "f", "1940-01-01")
    assert somsri.household is not None
    assert (somsri.household.house_no, somsri.household.moo, somsri.household.area_code) == ("1/1", 1, "52030601")
    assert somsri.known["in_civil_register"][0] is True
    assert Record.objects.get(pk=somsri.pk).row_ref == "หมู่ 1!4"


def test_the_numbers_of_the_result_are_those_of_the_registry() -> None:
    upload = lists.imported(lists.xlsx(*lists.people(9), lists.person(9, name="")))

    result = intake.result_of(upload)

    assert result == {
        "batch": str(upload.batch_id),
        "rows": 10,
        "problems": 1,
        "new_people": Person.objects.count(),
        "linked": 0,
        "to_review": 0,
        "new_households": Household.objects.count(),
    }


def test_a_known_person_is_linked_and_the_preview_tells_what_changes_and_who_wins() -> None:
    lists.imported(lists.xlsx(*lists.people(6)))
    header = ["เลขบัตรประชาชน", "ชื่อ-สกุล", "วันเกิด", "เบอร์โทร", "บ้านเลขที่", "หมู่ที่"]
    row: lists.Row = [lists.cid(0), "นางสมศรี ใจงาม", "5/6/2485", "081-234-5678", "1/1", 1]
    survey = lists.xlsx(row, titles=["แบบสำรวจ อสม. ตำบลเกาะคา อำเภอเกาะคา จังหวัดลำปาง"], header=header)

    upload = lists.previewed(survey, "สำรวจ.xlsx")

    (staged,) = next(queries.chunks_of(upload))
    changes = {change[1]: change[2:5] for change in staged["ch"]}
    assert staged["out"] == "changed"
    assert changes["phone"] == [None, ["+66812345678"], True]
    assert changes["birth_date"] == ["1940-01-01", "1942-06-05", False]  # the civil register outranks a volunteer

    intake.commit(upload)

    somsri = Person.objects.get(given_name="สมศรี")
    assert (somsri.phone, somsri.birth_date) == ("+66812345678", "1940-01-01")
    assert Person.objects.count() == 6


def test_two_rows_about_one_person_become_one_person_and_it_is_said() -> None:
    upload = lists.imported(lists.xlsx(*lists.people(4), lists.person(2)))

    assert upload.summary["outcomes"] == {"new": 4, "duplicate": 1}
    assert Person.objects.count() == 4


def test_an_unsure_row_is_put_to_the_staff() -> None:
    from mudmai.linkage.models import Question

    lists.imported(lists.xlsx(*lists.people(6)))
    other = lists.person(0, name="นายคำหล้า พันธุ์ดี", sex="ชาย", birth="9/9/2530", house="77", moo=1)  # her id

    upload = lists.imported(lists.xlsx(other, titles=["รายชื่อผู้ขอรับถุงยังชีพ ตำบลเกาะคา อำเภอเกาะคา จังหวัดลำปาง"]))

    assert upload.summary["to_review"] == 1
    assert Question.objects.count() == 1
    assert Person.objects.count() == 7
    stranger = Person.objects.get(given_name="คำหล้า")
    assert stranger.cid_hash is None, "the id of somebody else is not kept"


def test_the_layout_that_a_person_corrected_is_remembered_for_the_senders_next_list() -> None:
    header = ["รหัส", "ใคร", "อยู่เลขที่", "หมู่ที่"]
    titles = ["ตำบลเกาะคา อำเภอเกาะคา จังหวัดลำปาง"]
    first: lists.Row = ["ก-1", "สมศรี ใจงาม", "1/1", 1]
    data = lists.xlsx(first, ["ก-2", "บุญมา แก้วคำ", "1/2", 1], titles=titles, header=header)
    upload = intake.receive(by=None, filename="a.xlsx", data=data)
    intake.read(upload)
    layout = intake.guess(upload)
    (shape,) = layout.shapes
    mapping = {shape.signature: {1: "full_name", 2: "house_no", 0: "note"}}
    intake.set_mapping(upload, mapping=mapping, kind="home_visit")
    intake.commit(intake.preview(upload))
    assert LayoutMemory.objects.count() == 1

    again = lists.previewed(lists.xlsx(["ก-3", "คำปัน วงศ์ไชย", "5", 1], titles=titles, header=header), "b.xlsx")

    found = {column.header: column.attribute for column in intake.layout_of(again).shapes[0].columns}
    assert found == {"รหัส": "note", "ใคร": "full_name", "อยู่เลขที่": "house_no", "หมู่ที่": "moo"}
    assert again.kind == "home_visit"


def test_a_list_without_any_place_asks_for_the_area() -> None:
    data = lists.xlsx(["นางสมศรี ใจงาม", "1/1"], titles=["รายชื่อ"], header=["ชื่อ-สกุล", "บ้านเลขที่"])
    upload = intake.receive(by=None, filename="a.xlsx", data=data)
    intake.read(upload)
    intake.guess(upload)

    with pytest.raises(intake.NoArea):
        intake.preview(upload)
    upload.refresh_from_db()
    assert upload.state == Upload.State.MAPPED
    assert upload.error

    intake.set_mapping(upload, area_code="520306")
    assert intake.preview(upload).state == Upload.State.PREVIEWED


def test_a_registrar_imports_only_into_her_areas(somsri: object, stranger: object) -> None:
    data = lists.xlsx(*lists.people(3), lists.person(3, moo=""))
    upload = intake.receive(by=stranger, filename="a.xlsx", data=data)  # type: ignore[arg-type]
    intake.read(upload)
    intake.guess(upload)
    intake.preview(upload)
    assert upload.summary["outcomes"] == {"problem": 4}
    assert upload.summary["problem_codes"]["row_outside_area"] == 4
    assert not queries.uploads_for(somsri).filter(by=None).exists()  # type: ignore[arg-type]


def test_a_volunteer_may_not_import(noi: object) -> None:
    from mudmai.kernel.errors import NotAllowed

    with pytest.raises(NotAllowed):
        intake.receive(by=noi, filename="a.xlsx", data=lists.xlsx(*lists.people(1)))  # type: ignore[arg-type]
