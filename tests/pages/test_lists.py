"""Lists of persons and of households: filters, pages, what each may see, and paper."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.pages.conftest import crowd

from mudmai.kernel import dates
from mudmai.pages.forms.filters import AGES, birth_range


def names(answer) -> list[str]:
    return [each["person"].given_name for each in answer.context["rows"]]


def test_a_registrar_sees_the_people_of_her_tambon_by_village_and_name(client_of, somsri, town):
    answer = client_of(somsri).get("/persons/")

    assert names(answer) == ["ชัย", "แดง", "มาลี", "สมาน"]
    assert "4 คน" in answer.content.decode()


def test_a_volunteer_sees_her_village_only(client_of, noi, town):
    assert names(client_of(noi).get("/persons/")) == ["ชัย", "แดง", "มาลี"]
    assert names(client_of(noi).get("/persons/?area=52030602")) == ["ชัย", "แดง", "มาลี"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sex=f", ["มาลี"]),
        ("age=0-14", ["ชัย"]),
        ("age=60", ["มาลี"]),
        ("age=15-59", ["แดง", "สมาน"]),
        ("area=52030602", ["สมาน"]),
        ("fact=bedridden", ["มาลี"]),
        ("fact=bedridden&sex=m", []),
        ("status=dead", []),
        ("status=any", ["ชัย", "แดง", "มาลี", "สมาน"]),
        ("age=nonsense&sex=%00&area=9999", ["ชัย", "แดง", "มาลี", "สมาน"]),
    ],
)
def test_choices_narrow_the_list(client_of, somsri, town, query, found):
    assert names(client_of(somsri).get(f"/persons/?{query}")) == found


def test_standing_on_the_list_of_the_bedridden_is_health_data_that_a_volunteer_cannot_ask_for(client_of, noi, town):
    answer = client_of(noi).get("/persons/?fact=bedridden")

    assert "bedridden" not in dict(answer.context["form"].fields["fact"].choices)
    assert names(answer) == ["ชัย", "แดง", "มาลี"]
    assert "ติดเตียง" not in answer.content.decode()


def test_the_registrar_sees_the_tag_beside_the_name(client_of, somsri, town):
    assert "ติดเตียง" in client_of(somsri).get("/persons/?sex=f").content.decode()


def test_pages_lead_on_and_back_without_losing_anybody(client_of, somsri):
    crowd(120)
    client, seen, url = client_of(somsri), [], "/persons/?sex="
    while url:
        answer = client.get(url)
        seen += names(answer)
        url = answer.context["page"]["next_url"] and "/persons/" + answer.context["page"]["next_url"]
        back = answer.context["page"]["previous_url"]

    assert len(seen) == len(set(seen)) == 120
    assert seen == sorted(seen)
    assert names(client.get("/persons/" + back)) == seen[50:100]


def test_a_longer_list_asks_no_more_questions(client_of, somsri, town):
    client = client_of(somsri)

    def questions(url: str) -> int:
        client.get(url)  # what is kept for the process is read
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(url)
        return len(asked)

    few = [questions(url) for url in ("/persons/", "/households/", "/persons/?fact=bedridden")]
    crowd(60, adl_group="bedridden")
    many = [questions(url) for url in ("/persons/", "/households/", "/persons/?fact=bedridden")]

    assert many == pytest.approx(few, abs=1)  # one more where the count is asked anew
    assert max(many) < 25


@pytest.mark.parametrize("band", AGES)
@pytest.mark.parametrize("today", [date(2026, 11, 2), date(2024, 2, 29), date(2026, 12, 31)])
def test_an_age_band_holds_whom_it_says(band, today):
    youngest, oldest = AGES[band]
    first, last = birth_range(band, today)
    births = [
        date(y, m, d) for y in range(today.year - 100, today.year + 1) for m, d in ((1, 1), (2, 28), (11, 2), (12, 31))
    ]

    for birth in (each for each in births if each <= today):
        years = dates.age_in_years(birth.isoformat(), today)
        inside = birth.isoformat() <= last and (not first or birth.isoformat() >= first)
        assert inside == (years >= youngest and (oldest is None or years <= oldest)), birth


def test_houses_without_a_pin_are_listed_with_a_button_to_set_it(client_of, noi, town):
    answer = client_of(noi).get("/households/?pin=no")

    assert [each["house"].house_no for each in answer.context["rows"]] == ["13"]
    assert "บ้านที่ยังไม่มีหมุด" in answer.content.decode()
    assert "/pin/" in answer.content.decode()


def test_the_list_for_paper_holds_all_of_it(client_of, somsri):
    crowd(70)

    answer = client_of(somsri).get("/households/?pin=no&print=1")

    assert len(answer.context["rows"]) == 70
    assert "tickbox" in answer.content.decode()


def test_an_empty_list_says_so_and_shows_the_way_out(client_of, stranger, town):
    answer = client_of(stranger).get("/persons/")

    assert answer.context["rows"] == []
    assert "ไม่มีผู้ที่ตรงกับตัวเลือก" in answer.content.decode()


def test_a_broken_page_key_begins_from_the_beginning(client_of, somsri, town):
    assert names(client_of(somsri).get("/persons/?after=%27%3B+DROP|x")) == ["ชัย", "แดง", "มาลี", "สมาน"]
