"""Somebody is added by hand: while they are typed the registry is searched for them, and nobody is added twice."""

import pytest
from django.urls import reverse
from tests.conftest import OTHER_VILLAGE, VILLAGE
from tests.pages.conftest import MALI
from tests.people.town import row, tell

from mudmai.audit.models import Entry
from mudmai.kernel.uuid7 import uuid7
from mudmai.linkage.models import Question
from mudmai.people.models import Decision, Household, Person, Record

pytestmark = pytest.mark.usefixtures("town")

CID = "1520300000018"
WRONG_CID, SWAPPED_CID = "1520300000017", "1520300000081"


@pytest.fixture
def house() -> Household:
    return Household.objects.get(house_no="12/3")


def typed(**told: str) -> dict[str, str]:
    return {"key": str(uuid7()), "given_name": "สมปอง", "family_name": "มาใหม่", "sex": "m", **told}


def at(house: Household | None, name: str = "pages:add_person") -> str:
    return reverse(name) + (f"?house={house.pk}" if house else "")


def test_a_member_is_added_to_the_house_and_is_known_from_staff(client_of, somsri, house):
    answer = client_of(somsri).post(at(house), typed(birth_date="15/3/2530", relation_to_head="child"))

    added = Person.objects.get(given_name="สมปอง")
    assert answer.url == reverse("pages:person", args=[added.pk])
    assert (added.household, added.area_code, added.birth_date) == (house, VILLAGE, "1987-03-15")
    record = Record.objects.get(pk=added.pk)
    assert (record.kind, record.confirmed) == ("staff", True)
    house.refresh_from_db()
    assert house.member_count == 3
    assert Entry.objects.get(action="people.person.added").object_id == str(added.pk)


def test_somebody_is_added_to_a_new_house_of_a_village(client_of, somsri):
    client_of(somsri).post(at(None), typed(area=OTHER_VILLAGE, house_no="๙๙ / ๑"))

    added = Person.objects.select_related("household").get(given_name="สมปอง")
    assert (added.household.house_no, added.household.moo, added.area_code) == ("99/1", 2, OTHER_VILLAGE)


def test_whoever_is_known_is_shown_while_typing_with_the_evidence_in_words(client_of, somsri, house):
    panel = client_of(somsri).post(
        at(house, "pages:alike_persons"), typed(given_name="มาลี", family_name="ใจดี", sex="f", birth_date="15/3/2493")
    )

    text = panel.content.decode()
    assert [each.person.pk.hex for each in panel.context["alike"]] == [MALI]
    assert "ชื่อตัวตรงกัน" in text or "ชื่อตรงกัน" in text
    assert reverse("pages:person", args=[panel.context["alike"][0].person.pk]) in text
    assert Person.objects.count() == 4


def test_one_field_alone_finds_nobody(client_of, somsri):
    panel = client_of(somsri).post(at(None, "pages:alike_persons"), {"key": str(uuid7()), "given_name": "มาลี"})

    assert panel.context["alike"] == []
    assert "สองช่อง" in panel.content.decode()


def test_a_mistyped_id_finds_its_owner(client_of, somsri, house):
    owner = row("บัวลา", "สุขใจ", cid=CID, house="8", area=OTHER_VILLAGE)
    tell(owner)

    panel = client_of(somsri).post(
        at(house, "pages:alike_persons"), typed(given_name="บัวลา", family_name="", sex="", new_cid=SWAPPED_CID)
    )

    assert [each.person.pk.hex for each in panel.context["alike"]] == [owner.id]


def known_anew() -> dict[str, str]:
    return typed(given_name="มาลี", family_name="ใจดี", sex="f", birth_date="15/3/2493", phone="081-111-2222")


def test_saving_waits_until_it_is_said_who_it_is(client_of, somsri, house):
    answer = client_of(somsri).post(at(house), known_anew())

    assert "ยังไม่ได้บันทึก" in answer.content.decode()
    assert Person.objects.count() == 4


def test_choosing_the_known_person_adds_nobody_and_keeps_what_was_typed(client_of, somsri, house):
    told = known_anew()
    answer = client_of(somsri).post(at(house), told | {"same": MALI})

    mali = Person.objects.get(pk=MALI)
    assert answer.url == reverse("pages:person", args=[mali.pk])
    assert Person.objects.count() == 4
    assert mali.phone == "+66811112222"
    decision = Decision.objects.get(left=told["key"])
    assert (decision.kind, decision.basis, decision.by) == ("link", "staff", somsri)
    assert decision.evidence["given"]["level"] == "exact"


def test_saying_that_it_is_none_of_them_is_kept_for_good(client_of, somsri, house):
    told = known_anew()
    client_of(somsri).post(at(house), told | {"nobody": "1"})

    assert Person.objects.count() == 5
    decision = Decision.objects.get(left=told["key"])
    assert (decision.kind, decision.right.hex) == ("different", MALI)


def test_a_form_sent_twice_over_a_slow_line_adds_one_person(client_of, somsri, house):
    told = typed()
    first = client_of(somsri).post(at(house), told)
    second = client_of(somsri).post(at(house), told)

    assert first.url == second.url
    assert Person.objects.count() == 5


def test_somebody_of_another_province_is_not_shown_but_asked_about(client_of, somsri, stranger, house):
    far = row("พิมพา", "ไกลบ้าน", area="50010101", house="5", sex="f", birth_date="1960-05-04")
    tell(far, area="500101")
    told = typed(given_name="พิมพา", family_name="ไกลบ้าน", sex="f", birth_date="4/5/2503")

    panel = client_of(somsri).post(at(house, "pages:alike_persons"), told)
    answer = client_of(somsri).post(at(house), told)

    assert panel.context["alike"] == []
    assert "พิมพา" not in panel.content.decode()
    assert answer.status_code == 302
    question = Question.objects.get()
    assert (question.left_id.hex, question.right_id.hex) == (told["key"].replace("-", ""), far.id)


def test_nobody_can_be_chosen_who_was_not_shown(client_of, somsri, house):
    far = row("พิมพา", "ไกลบ้าน", area="50010101", house="5", birth_date="1960-05-04")
    tell(far, area="500101")

    answer = client_of(somsri).post(at(house), typed(same=far.id))

    assert answer.status_code == 400
    assert Person.objects.count() == 5


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"new_cid": WRONG_CID}, "เลขประจำตัวประชาชน"),
        ({"new_cid": "123"}, "13 หลัก"),
        ({"birth_date": "15/3/2599"}, "อนาคต"),
        ({"birth_date": "เมื่อวาน"}, "วันที่"),
        ({"given_name": ""}, "จำเป็น"),
        ({"given_name": "=cmd()"}, "ชื่อ"),
        ({"phone": "12"}, "โทรศัพท์"),
    ],
)
def test_bad_input_is_told_at_its_field_in_thai(client_of, somsri, house, wrong, sentence):
    answer = client_of(somsri).post(at(house), typed(**wrong))

    errors = answer.context["form"].errors
    assert answer.status_code == 422
    assert list(errors) == list(wrong)
    assert sentence in str(errors)
    assert Person.objects.count() == 4


def test_a_village_must_be_chosen_and_a_house_needs_it(client_of, somsri):
    client = client_of(somsri)

    assert "area" in client.post(at(None), typed()).context["form"].errors
    assert "house_no" in client.post(at(None), typed(area="520306", house_no="5")).context["form"].errors
    assert "area" in client.post(at(None), typed(area="50010101")).context["form"].errors


def test_a_title_and_a_family_name_in_the_first_field_are_put_where_they_belong(client_of, somsri, house):
    client_of(somsri).post(at(house), typed(given_name="นางสาวสมหญิง แสนสุข", family_name="", sex=""))

    added = Person.objects.get(given_name="สมหญิง")
    assert (added.title, added.family_name, added.sex) == ("นางสาว", "แสนสุข", "f")


def test_lists_and_houses_lead_there_for_those_who_may(client_of, somsri, noi, house):
    assert reverse("pages:add_person") in client_of(somsri).get(reverse("pages:persons")).content.decode()
    assert at(house) in client_of(somsri).get(reverse("pages:household", args=[house.pk])).content.decode()
    assert reverse("pages:add_person") not in client_of(noi).get(reverse("pages:persons")).content.decode()
    assert client_of(noi).post(at(house), typed()).status_code == 403
