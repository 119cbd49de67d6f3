"""Bad input: each gets its sentence, none stops the others, nothing is half-written."""

import pytest
from tests.intake import lists

from mudmai.intake import queries
from mudmai.intake import services as intake
from mudmai.intake.models import Upload
from mudmai.people.models import Person, Record

pytestmark = pytest.mark.django_db


def codes(upload: Upload) -> dict[str, int]:
    return dict(upload.summary["problem_codes"])


def rows(upload: Upload) -> list[queries.Staged]:
    return [row for chunk in queries.chunks_of(upload) for row in chunk]


def test_a_birth_date_in_the_future_is_left_out_and_the_row_stays() -> None:
    upload = lists.imported(lists.xlsx(*lists.people(3), lists.person(3, birth="1/1/2599")))

    assert codes(upload) == {"date_in_future": 1}
    person = Person.objects.get(given_name="คำปัน")
    assert person.birth_date == ""


def test_a_name_of_ten_thousand_letters_is_refused_and_the_others_come_in() -> None:
    upload = lists.imported(lists.xlsx(*lists.people(3), lists.person(3, name="ก" * 10_000)))

    assert codes(upload) == {"name_too_long": 1}
    assert upload.summary["outcomes"] == {"new": 3, "problem": 1}
    assert Person.objects.count() == 3


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "นาย<b>ก</b> ข", "https://example.invalid/x", "javascript:x"]
)
def test_a_script_in_a_name_is_no_name(name: str) -> None:
    upload = lists.imported(lists.xlsx(*lists.people(3), lists.person(3, name=name)))

    assert codes(upload) == {"name_is_no_name": 1}
    assert Person.objects.count() == 3


def test_a_script_in_a_note_stays_harmless_text() -> None:
    header = [*lists.HEADER, "หมายเหตุ"]
    upload = lists.imported(lists.xlsx([*lists.person(0), "<script>x</script>"], *lists.people(3)[1:], header=header))

    assert codes(upload) == {}
    assert Person.objects.get(given_name="สมศรี").known["note"][0] == "<script>x</script>"


def test_an_id_used_by_two_people_makes_two_people_and_a_question() -> None:
    thief = lists.person(3, cid=lists.cid(0), name="นายวิโรจน์ ชัยวรรณ")
    upload = lists.imported(lists.xlsx(*lists.people(3), thief))

    assert Person.objects.count() == 4
    assert codes(upload) == {"id_not_kept": 1}
    assert upload.summary["to_review"] == 1
    assert Person.objects.exclude(cid_hash=None).count() == 3


def test_a_household_of_four_hundred_is_pointed_out() -> None:
    upload = lists.previewed(lists.xlsx(*[lists.person(number, house="99") for number in range(400)]))

    remark = dict(upload.summary["remarks"])["many_in_house"]
    assert remark == {"count": 400, "house": "99 52030601"}


def test_a_mistyped_id_is_named_with_its_cell() -> None:
    upload = lists.previewed(lists.xlsx(*lists.people(3), lists.person(3, cid="3523300000000")))

    assert rows(upload)[3]["p"] == [[1, "cid_checksum"]]
    assert rows(upload)[3]["r"] == 7


def test_a_failed_formula_is_named_and_the_row_stays() -> None:
    upload = lists.imported(lists.xlsx(*lists.people(3), lists.person(3, birth="#REF!", cid="#N/A")))

    assert codes(upload) == {"formula_error": 2}
    assert Person.objects.count() == 4


def test_three_hundred_columns_are_read() -> None:
    header = [*lists.HEADER, *[f"คอลัมน์ {number}" for number in range(300)]]
    upload = lists.imported(lists.xlsx(*[[*row, *range(300)] for row in lists.people(3)], header=header))

    assert upload.state == Upload.State.DONE
    assert [code for code, _ in upload.contents["remarks"]] == ["many_columns"]
    assert Person.objects.count() == 3


def test_an_empty_list_and_a_letter_say_that_they_hold_no_list() -> None:
    for data in (lists.xlsx(), lists.xlsx(titles=["เรียน ผู้อำนวยการ", "ขอส่งรายงาน"], header=["ขอแสดงความนับถือ"])):
        upload = intake.receive(by=None, filename="จดหมาย.xlsx", data=data)
        intake.read(upload)
        with pytest.raises(intake.NoList):
            intake.guess(upload)
        upload.refresh_from_db()
        assert upload.state == Upload.State.FAILED
        assert upload.error
    assert not Record.objects.exists()


def test_a_number_too_large_for_a_house_or_a_village_is_named() -> None:
    upload = lists.imported(lists.xlsx(*lists.people(3), lists.person(3, moo=4000, house="บ้านใหญ่")))

    assert set(codes(upload)) >= {"moo_unreadable"}
    assert Person.objects.count() == 4


def test_a_deleted_file_is_said_to_be_gone() -> None:
    from mudmai.intake.services.files import NoSuchFile, forget_contents, path_of

    upload = intake.receive(by=None, filename="a.xlsx", data=lists.xlsx(*lists.people(3)))
    forget_contents()
    path_of(upload).unlink()
    with pytest.raises(NoSuchFile):
        intake.read(upload)


def test_what_lies_on_the_disk_is_sealed() -> None:
    from mudmai.intake.services.files import path_of

    data = lists.as_csv(*lists.people(3))
    upload = lists.previewed(data, "a.csv")

    assert lists.cid(0).encode() not in path_of(upload).read_bytes()
    assert all(lists.cid(0).encode() not in bytes(chunk.blob) for chunk in upload.chunks.all())
