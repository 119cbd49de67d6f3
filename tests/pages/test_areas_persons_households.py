"""The overview, search, a person, a household: what they show, and what staff may change there."""

from datetime import date

import pytest
from django.urls import reverse
from tests.pages.conftest import MALI, dashed
from tests.people.town import person, row, tell

from mudmai.access.models import Duty
from mudmai.audit.models import Entry
from mudmai.people.models import Decision, Household, Person


def as_shown(form) -> dict:
    """What a browser sends for an untouched form."""
    return {name: value for name in form.fields if (value := form[name].value())}


def house(number: str) -> Household:
    return Household.objects.get(house_no=number)


def test_the_overview_counts_the_area_and_what_lies_below(client_of, somsri, town):
    answer = client_of(somsri).get("/")

    assert answer.context["numbers"].people == 4
    assert answer.context["numbers"].elderly == 1
    assert [(each["code"], each["numbers"].people) for each in answer.context["children"]] == [
        ("52030601", 3),
        ("52030602", 1),
    ]
    assert "ต.เกาะคา" in answer.content.decode()


KNOWN_TO_LIVE = {"52030601": 3, "52030602": 1, "520306": 2, "5203": 1, "52": 1, "500101": 2, "": 1}


@pytest.mark.parametrize(
    ("code", "rest"),
    [
        ("", ("ไม่ทราบจังหวัด", 1)),
        ("52", ("ไม่ทราบอำเภอ", 1)),
        ("5203", ("ไม่ทราบตำบล", 1)),
        ("520306", ("ไม่ทราบหมู่บ้าน", 2)),
        ("52030601", None),
    ],
)
def test_whoever_lives_somewhere_in_the_area_has_a_row_so_that_the_rows_add_up(client_of, somsri, code, rest):
    Duty.objects.create(user=somsri, role="administrator", area_code="", starts_on=date(2026, 1, 1))
    for area, people in KNOWN_TO_LIVE.items():
        tell(*(row(f"คน{n}", house=None, area=area) for n in range(people)), kind="other_list")

    answer = client_of(somsri).get(f"/areas/{code}/" if code else "/")

    numbers, shown = answer.context["numbers"], answer.context["rest"]
    assert numbers.people == sum(n for area, n in KNOWN_TO_LIVE.items() if area.startswith(code))
    assert (shown and (shown["name"], shown["numbers"].people)) == rest
    parts = [each["numbers"].people for each in answer.context["children"]]
    assert sum(parts) + (rest[1] if rest else 0) == numbers.people or not parts
    assert rest is None or rest[0] in answer.content.decode()


def test_a_village_that_no_list_names_has_its_page_too(client_of, somsri, town):
    answer = client_of(somsri).get("/areas/52030601/")

    assert answer.status_code == 200
    assert answer.context["numbers"].people == 3
    assert client_of(somsri).get("/areas/52030677/").status_code == 404


def test_the_mayor_sees_numbers_and_no_link_to_persons(client_of, nayok, town):
    text = client_of(nayok).get("/").content.decode()

    assert "/persons/" not in text
    assert "มาลี" not in text


def test_whoever_has_two_areas_sees_both_and_their_sum(client_of, noi, town):
    Duty.objects.create(user=noi, role="volunteer", area_code="52030602", starts_on=date(2026, 1, 1))
    answer = client_of(noi).get("/")

    assert answer.context["numbers"].people == 4
    assert [each["code"] for each in answer.context["children"]] == ["52030601", "52030602"]
    assert answer.context["map_config"] is None
    assert [each["person"].given_name for each in client_of(noi).get("/persons/").context["rows"]][-1] == "สมาน"


def test_an_empty_registry_shows_how_to_begin(client_of, somsri):
    assert "เริ่มจากนำเข้ารายชื่อแรก" in client_of(somsri).get("/").content.decode()


@pytest.mark.parametrize(
    ("typed", "found"), [("มาลี", "มาลี"), ("สมาณ", "สมาน"), ("ใจดี", "แดง"), ("12/3", "12/3"), ("13", "13")]
)
def test_search_finds_by_name_typing_error_and_house_number(client_of, somsri, town, typed, found):
    answer = client_of(somsri).get("/search/", {"q": typed})

    assert 'class="found"' in answer.content.decode()
    assert found in answer.content.decode()


def test_search_stays_within_the_area(client_of, noi, town):
    assert "สมาน" not in client_of(noi).get("/search/", {"q": "สมาน"}).content.decode().replace(
        'value="สมาน"', ""
    ).replace('<p class="mut">สมาน</p>', "")


def test_a_person_shows_each_field_with_its_source(client_of, somsri, town):
    text = client_of(somsri).get(f"/persons/{town.mali}/").content.decode()

    assert "นางมาลี ใจดี" in text
    assert "15 มี.ค. 2493" in text
    assert "bedridden_list" in text
    assert "081 234 5678" in text


def test_looking_at_health_is_logged_and_a_volunteer_sees_none(client_of, somsri, noi, town):
    assert "ติดเตียง" not in client_of(noi).get(f"/persons/{town.mali}/").content.decode()
    assert not Entry.objects.exists()

    client_of(somsri).get(f"/persons/{town.mali}/")
    assert Entry.objects.get().details["classes"] == ["health"]


def test_the_id_is_shown_once_and_logged(client_of, somsri, noi, town):
    assert "1520300000019" not in client_of(somsri).get(f"/persons/{town.mali}/").content.decode()

    answer = client_of(somsri).post(f"/persons/{town.mali}/id/")

    assert "1520300000019" in answer.content.decode().replace("-", "")
    assert Entry.objects.filter(action="people.full_id.seen").count() == 1
    assert client_of(noi).post(f"/persons/{town.mali}/id/").status_code == 403


def test_staff_correct_a_person_and_the_old_value_stays(client_of, somsri, town):
    client, address = client_of(somsri), f"/persons/{town.mali}/edit/"
    form = client.get(address).context["form"]
    values = as_shown(form) | {
        "given_name": "มาลัย",
        "birth_date": "๑๕/๓/๒๔๙๓",
    }

    assert client.post(address, values).url == f"/persons/{person(town.mali).pk}/"
    assert person(town.mali).given_name == "มาลัย"
    assert "ค่าอื่น 2 ค่า" in client.get(f"/persons/{town.mali}/").content.decode()


def test_a_field_that_cannot_be_read_gets_its_sentence(client_of, somsri, town):
    client, address = client_of(somsri), f"/persons/{town.mali}/edit/"
    form = client.get(address).context["form"]
    values = as_shown(form) | {"birth_date": "32/13/2493", "new_cid": "123"}

    answer = client.post(address, values)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"birth_date", "new_cid"}
    assert person(town.mali).birth_date == "1950-03-15"


def test_saving_without_a_change_says_nothing_new(client_of, somsri, town):
    client, address = client_of(somsri), f"/persons/{town.mali}/edit/"
    form = client.get(address).context["form"]

    client.post(address, as_shown(form))

    assert not Entry.objects.filter(action="people.person.corrected").exists()


def test_a_row_about_somebody_else_is_parted(client_of, somsri, town):
    record = "5" * 32
    client_of(somsri).post(reverse("pages:not_this_person", args=[town.mali, dashed(record)]))

    assert "adl_group" not in person(town.mali).known
    assert person(record).known["adl_group"][0] == "bedridden"


def test_a_decision_of_staff_is_taken_back(client_of, somsri, town):
    client_of(somsri).post(reverse("pages:not_this_person", args=[town.mali, dashed("5" * 32)]))
    different = Decision.objects.get(kind="different")

    answer = client_of(somsri).post(f"/decisions/{different.pk}/")

    assert answer.status_code == 302
    different.refresh_from_db()
    assert different.withdrawn


def test_an_old_address_of_a_merged_person_leads_to_the_one_person(client_of, somsri, town):
    tell(row("มะลิ", id="6" * 32), kind="other_list", links={"6" * 32: MALI})

    assert client_of(somsri).get(f"/persons/{dashed('6' * 32)}/").url == f"/persons/{person(town.mali).pk}/"


def test_a_household_shows_who_lives_there_and_its_map(client_of, somsri, town):
    answer = client_of(somsri).get(f"/households/{house('12/3').pk}/")

    assert [each["person"].given_name for each in answer.context["members"]] == ["มาลี", "แดง"]
    assert answer.context["map_config"]["point"] == [99.383, 18.2085]
    assert len(answer.context["timeline"]) == 3  # one line a list, however many rows


def test_a_volunteer_sets_a_pin_by_typing_or_tapping(client_of, noi, town):
    client, address = client_of(noi), f"/households/{house('13').pk}/pin/"

    assert client.post(address, {"lat": "18.2090", "lon": "99.3840", "pin_accuracy_m": "8"}).status_code == 302
    assert (house("13").lat, house("13").lon) == (18.209, 99.384)
    assert client.post(address, {"lat": "1", "lon": "2"}).status_code == 422
    assert client_of(noi).get(f"/households/{house('7').pk}/pin/").status_code == 404


def test_a_house_gets_another_number_and_village(client_of, somsri, town):
    client, address = client_of(somsri), f"/households/{house('13').pk}/edit/"
    form = client.get(address).context["form"]
    values = as_shown(form) | {"house_no": "13/1", "area": "52030602"}

    assert client.post(address, values).status_code == 302
    assert house("13/1").area_code == "52030602"
    assert person(town.chai).area_code == "52030602"


def test_members_move_out_into_a_household_of_their_own(client_of, somsri, town):
    client, address = client_of(somsri), f"/households/{house('12/3').pk}/split/"

    client.post(address, {"movers_ids": [str(Person.objects.get(pk=town.daeng).pk)], "house_no": "12/4"})

    assert [each.given_name for each in Person.objects.filter(household=house("12/4"))] == ["แดง"]
    assert [each.given_name for each in Person.objects.filter(household=house("12/3"))] == ["มาลี"]


def test_two_houses_become_one_and_an_unknown_number_gets_its_sentence(client_of, somsri, town):
    client, address = client_of(somsri), f"/households/{house('12/3').pk}/merge/"

    assert client.post(address, {"number": "999"}).status_code == 422
    assert client.post(address, {"number": "13"}).status_code == 302
    assert Person.objects.values("household").filter(pk__in=[town.mali, town.chai]).distinct().count() == 1


def test_every_page_of_a_person_without_anything_known_opens(client_of, somsri):
    tell(row("", "", id="a" * 32, house=None))
    client = client_of(somsri)

    assert client.get("/persons/?status=any").status_code == 200
    assert client.get(f"/persons/{dashed('a' * 32)}/").status_code == 200
