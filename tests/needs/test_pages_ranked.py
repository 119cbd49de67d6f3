"""Stories of the ranked list: who comes first, who is told why, and who sees numbers alone."""

import pytest
from django.core.cache import cache
from tests.people.town import row, tell

from mudmai.audit.models import Entry
from mudmai.needs.services import assess_all


@pytest.fixture(autouse=True)
def _nothing_is_kept():
    cache.clear()


def numbers(answer) -> list[str]:
    return [each["line"].house.house_no for each in answer.context["rows"]]


def test_red_cases_come_first_and_each_line_says_why_in_thai(client_of, wichai, ground):
    answer = client_of(wichai).get("/needs/")
    text = answer.content.decode()

    assert set(numbers(answer)[:2]) == {"12/3", "21"}
    assert "ติดเตียง" in text
    assert "ไม่มีผู้ดูแล" in text
    assert "กรณีแดง" in text


def test_a_reason_of_a_class_that_the_reader_may_not_see_is_not_named(client_of, noi, somsri, wichai, ground):
    alert = "ต้องได้รับการดูแลด้านสุขภาพจิตทันที"
    # The case manager sees mental health, the registrar health, the volunteer neither; all see the house stand first.
    assert alert in client_of(wichai).get("/needs/").content.decode()
    for reader in (somsri, noi):
        answer = client_of(reader).get("/needs/")
        line = next(each["line"] for each in answer.context["rows"] if each["line"].house.house_no == "21")
        assert alert not in answer.content.decode()
        assert line.red
        assert line.hidden == 1
    assert "ติดเตียง" in client_of(somsri).get("/needs/").content.decode()
    assert "ติดเตียง" not in client_of(noi).get("/needs/").content.decode()


def test_a_volunteer_sees_her_village_alone(client_of, noi, ground):
    assert "7" not in numbers(client_of(noi).get("/needs/"))


def test_a_filter_keeps_what_it_says_and_nonsense_keeps_everybody(client_of, wichai, ground):
    client = client_of(wichai)
    everybody = numbers(client.get("/needs/"))

    assert numbers(client.get("/needs/?area=52030602")) == ["7"]
    assert set(numbers(client.get("/needs/?urgency=red"))) == {"12/3", "21"}
    assert numbers(client.get("/needs/?group=tpmap")) == ["12/3"]
    assert numbers(client.get("/needs/?dimension=living")) == ["7"]
    assert numbers(client.get("/needs/?reason=self_harm")) == ["21"]
    for nonsense in (
        "?urgency=7",
        "?group=x",
        "?dimension=%27",
        "?reason=none",
        "?area=abc",
        "?after=x",
        "?before=%00",
    ):
        assert numbers(client.get(f"/needs/{nonsense}")) == everybody


def test_a_filter_does_not_tell_what_the_reader_may_not_see(client_of, noi, somsri, ground):
    answer = client_of(somsri).get("/needs/?reason=self_harm")
    assert "self_harm" not in dict(answer.context["form"].fields["reason"].choices)
    assert len(numbers(answer)) == 4  # the choice is not there for her, so it counts as not made
    assert "income" not in dict(client_of(noi).get("/needs/").context["form"].fields["dimension"].choices)


def test_pages_lead_on_and_back_and_hold_every_house_once(client_of, wichai, national_codes):
    tell(*(row(f"คน{n:03d}", "มากมาย", house=str(200 + n), id=f"{n:032x}") for n in range(1, 121)))
    assess_all()
    client = client_of(wichai)
    seen, answer = [], client.get("/needs/")
    while True:
        seen += numbers(answer)
        following = answer.context["page"]["next_url"]
        if not following:
            break
        answer = client.get("/needs/" + following)
    assert len(seen) == len(set(seen)) == 120
    back = client.get("/needs/" + answer.context["page"]["previous_url"])
    assert numbers(back) == seen[75:100]


def test_the_mayor_is_led_to_the_numbers(client_of, nayok, ground):
    assert client_of(nayok).get("/needs/").headers["Location"] == "/needs/area/"
    assert "มาลี" not in client_of(nayok).get("/needs/", follow=True).content.decode()


def test_the_list_for_paper_has_three_places_to_sign_and_stands_in_the_log(client_of, wichai, ground):
    text = client_of(wichai).get("/needs/?area=52030601&print=1").content.decode()

    assert text.count('class="block"') == 3
    assert "ผู้จัดทำ" in text
    printed = Entry.objects.get(action="needs.list.printed")
    assert printed.area_code == "52030601"
    assert printed.details["classes"] == ["health", "mental", "money"]


def test_a_look_at_sensitive_reasons_stands_in_the_log(client_of, noi, wichai, ground):
    client_of(noi).get("/needs/")
    assert not Entry.objects.filter(action="needs.list.shown").exists()
    client_of(wichai).get("/needs/")
    assert Entry.objects.get(action="needs.list.shown").details["classes"] == ["health", "mental", "money"]


def test_the_list_leaves_as_a_file_only_with_a_purpose(client_of, wichai, ground):
    client = client_of(wichai)
    assert client.post("/needs/export/", {"format": "csv"}).status_code == 422
    assert not Entry.objects.filter(action="people.exported").exists()

    answer = client.post("/needs/export/?urgency=red", {"format": "csv", "purpose": "help"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "ไม่มีผู้ดูแล" in text
    assert len(text.strip().splitlines()) == 3
    assert Entry.objects.get(action="people.exported").purpose == "help"


def test_the_volunteer_takes_no_list_away(client_of, noi, ground):
    assert client_of(noi).get("/needs/export/").status_code == 403


def test_where_nobody_was_assessed_the_list_says_so(client_of, somsri, national_codes):
    assert "ไม่มีครัวเรือนที่ตรงกับเงื่อนไข" in client_of(somsri).get("/needs/").content.decode()
