"""One click takes a list back at any later time, and shows first what that changes."""

import pytest
from tests.intake import lists

from mudmai.intake import services as intake
from mudmai.people.models import Person

pytestmark = pytest.mark.django_db

PAYEES = ("บัญชีรายชื่อผู้มีสิทธิรับเงินเบี้ยยังชีพผู้สูงอายุ ประจำเดือน ตุลาคม 2569", "ตำบลเกาะคา อำเภอเกาะคา จังหวัดลำปาง")
HEADER = ("ที่", "เลขประจำตัวประชาชน", "ชื่อ-สกุล", "วันเกิด", "บ้านเลขที่", "หมู่ที่", "จำนวนเงิน (บาท)")


def payee(number: int, baht: int, **told: object) -> lists.Row:
    row = lists.person(number, **told)
    return [*row[:3], *row[4:], baht]


def test_undo_shows_what_goes_and_brings_the_former_state_back_exactly() -> None:
    lists.imported(lists.xlsx(*lists.people(6)))
    before = lists.registry()
    upload = lists.imported(lists.xlsx(payee(0, 600), payee(1, 700), payee(9, 800), titles=PAYEES, header=HEADER))
    assert upload.batch is not None

    preview = intake.preview_undo(upload.batch)
    assert (preview.records, preview.persons_gone) == (3, 1)
    assert preview.fields > 0
    assert lists.registry() != before

    intake.undo(upload.batch, by=None)

    assert lists.registry() == before


def test_the_older_list_is_undone_under_a_newer_one() -> None:
    first = lists.imported(lists.xlsx(*lists.people(6)))
    lists.imported(lists.xlsx(payee(0, 600), payee(1, 700), titles=PAYEES, header=HEADER))
    assert first.batch is not None

    intake.undo(first.batch, by=None)

    assert set(Person.objects.values_list("given_name", flat=True)) == {"สมศรี", "บุญมา"}
    somsri = Person.objects.get(given_name="สมศรี")
    assert somsri.known["old_age_allowance_baht"][0] == 600
    assert "in_civil_register" not in somsri.known


def test_an_undone_list_can_stand_again() -> None:
    lists.imported(lists.xlsx(*lists.people(6)))
    upload = lists.imported(lists.xlsx(payee(0, 600), titles=PAYEES, header=HEADER))
    assert upload.batch is not None
    with_both = lists.registry()

    intake.undo(upload.batch, by=None)
    intake.undo(upload.batch, by=None)
    intake.restore(upload.batch, by=None)

    assert lists.registry() == with_both


def test_only_who_has_the_duty_undoes(noi: object) -> None:
    from mudmai.kernel.errors import NotAllowed

    upload = lists.imported(lists.xlsx(*lists.people(3)))
    assert upload.batch is not None
    with pytest.raises(NotAllowed):
        intake.undo(upload.batch, by=noi)  # type: ignore[arg-type]
