"""What if a rate changed: asked by the mayor and by Somsri, of one area, as a page and as a file."""

import csv
import io
import time
from datetime import date

import pytest
from django.urls import reverse
from tests.people.town import row, tell
from tests.rights import village

from mudmai.access.models import Duty
from mudmai.audit.models import Entry
from mudmai.rights import services
from mudmai.rights.models import ParameterRow
from mudmai.rights.queries import whatif
from mudmai.rights.queries.whatif import AreaTooLarge, NothingToChange

pytestmark = pytest.mark.django_db

STEPS = "old_age_allowance.steps"
HUNDRED_MORE = [[60, 700], [70, 800], [80, 900], [90, 1100]]
ASK = {
    "area": "520306",
    "programme": "old_age_allowance",
    "ask": "1",
    **{f"{STEPS}@{age}": str(baht) for age, baht in HUNDRED_MORE},
}


@pytest.fixture
def people(db):
    """Mali (76), Pan (70), Kaeo (36) and the one who died; nobody else."""
    village.told()


@pytest.fixture
def many(db):
    """Six people of 70 in village 1, and three in village 2."""
    rows = [
        row(f"คน{at}", "ยิ่งยืน", id=f"{at:032d}", sex="f", birth_date="1956-01-10", area=area, house=str(at),
            **village.THAI)
        for at, area in enumerate(["52030601"] * 6 + ["52030602"] * 3, 1)
    ]  # fmt: skip
    tell(*rows)


def test_a_hundred_more_for_two_people_is_two_hundred_a_month(people, somsri):
    found = whatif.answer(somsri, "520306", {STEPS: HUNDRED_MORE})
    (now,) = found.now

    assert now.figures.before.total("people") == now.figures.after.total("people") == 2
    assert now.figures.before.total("baht") == 1400
    assert now.figures.more.total("baht") == 200
    assert [year.year for year in found.years] == list(range(2571, 2581))
    assert found.years[0].at_most.before.total("baht") == 2 * 12 * 700
    assert 0 < found.years[0].likely.before.total("baht") < 2 * 12 * 700


def test_what_was_decided_for_later_stands_on_both_sides(people, somsri):
    services.add_row(
        by=somsri, parameter=STEPS, valid_from=date(2027, 10, 1), value=((60.0, 1000.0),), legal_basis="x",
        area_code="520306",
    )  # fmt: skip
    found = whatif.answer(somsri, "520306", {STEPS: HUNDRED_MORE})

    assert found.years[0].at_most.before.total("baht") == 2 * 12 * 1000
    assert found.years[0].at_most.after.total("baht") == 2 * 12 * 800


def test_without_a_change_there_is_nothing_to_compare(people, somsri):
    with pytest.raises(NothingToChange):
        whatif.answer(somsri, "520306", {})


def test_the_rate_of_the_guarded_allowance_cannot_be_asked_so_nobody_is_counted(people, somsri, client_of):
    with pytest.raises(NothingToChange):
        whatif.answer(somsri, "520306", {"aids_allowance.amount": 600})
    page = client_of(somsri).get(reverse("rights:whatif")).content.decode()
    assert 'value="aids_allowance"' not in page


def test_a_country_at_once_is_refused_with_a_sentence(people, somsri, monkeypatch):
    monkeypatch.setattr(whatif, "MOST_PEOPLE", 2)

    with pytest.raises(AreaTooLarge, match="โปรดเลือกพื้นที่ที่เล็กลง"):
        whatif.answer(somsri, "520306", {STEPS: HUNDRED_MORE})


def test_a_large_area_has_its_numbers_of_today_and_is_told_where_the_years_are(people, somsri, client_of, monkeypatch):
    monkeypatch.setattr(whatif, "MOST_PEOPLE_AHEAD", 1)
    page = client_of(somsri).get(reverse("rights:whatif"), ASK).content.decode()

    assert "โปรดเลือกตำบลเพื่อดู" in page
    assert "สิบปีงบประมาณ" not in page


def test_an_area_without_people_costs_nothing(somsri, client_of):
    page = client_of(somsri).get(reverse("rights:whatif"), ASK)

    assert page.status_code == 200
    assert "0</b> คน" in page.content.decode()


def test_somsri_sees_the_page_with_years_assumptions_and_nothing_is_kept(people, somsri, client_of):
    page = client_of(somsri).get(reverse("rights:whatif"), ASK).content.decode()

    assert "+200" in page
    assert "2580" in page
    assert "World Population Prospects 2024" in page
    assert "ถ้าไม่มีผู้เสียชีวิต" in page
    assert ParameterRow.objects.count() == 0


def test_the_mayor_gets_no_count_of_few(people, nayok, client_of):
    page = client_of(nayok).get(reverse("rights:whatif"), ASK).content.decode()

    assert "&lt;5" in page
    assert "1,400" not in page
    assert "จึงไม่แสดง" in page


def test_the_mayor_sees_the_town_and_not_the_village_of_three(many, nayok, somsri, client_of):
    seen = client_of(nayok).get(reverse("rights:whatif"), ASK).content.decode()
    all_of_it = client_of(somsri).get(reverse("rights:whatif"), ASK).content.decode()

    assert "6,300" in seen  # nine people of the town
    assert "2,100" not in seen  # three of village 2
    assert "4,200" not in seen  # six of village 1, from which those three would follow
    assert "2,100" in all_of_it


def test_another_area_does_not_exist_for_the_mayor(people, nayok, client_of):
    assert client_of(nayok).get(reverse("rights:whatif"), ASK | {"area": "500101"}).status_code == 404
    assert client_of(nayok).post(reverse("rights:whatif_export") + "?area=500101", {}).status_code == 404


def test_nonsense_is_named_and_what_was_typed_stays(people, somsri, client_of):
    page = client_of(somsri).get(reverse("rights:whatif"), ASK | {f"{STEPS}@60": "หกร้อย"})

    assert page.status_code == 422
    assert "“หกร้อย” ไม่ใช่ตัวเลข" in page.content.decode()
    assert 'value="หกร้อย"' in page.content.decode()


def export(client, **more) -> list[list[str]]:
    url = reverse("rights:whatif_export") + "?" + "&".join(f"{name}={value}" for name, value in ASK.items())
    answer = client.post(url, {"purpose": "planning", "format": "csv"} | more)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_the_file_holds_counts_by_village_and_year_and_its_purpose_is_logged(many, somsri, client_of):
    header, *rows = export(client_of(somsri))

    assert header[:4] == ["กฎ", "เมื่อ", "รหัสพื้นที่", "พื้นที่"]
    assert [line[2] for line in rows[:2]] == ["52030601", "52030602"]
    assert [line[4:9] for line in rows[:2]] == [["6", "6", "4200", "4800", "600"], ["3", "3", "2100", "2400", "300"]]
    assert len(rows) == 2 + 10 * 2
    entry = Entry.objects.get(action="people.exported")
    assert (entry.who, entry.purpose, entry.area_code) == (somsri, "planning", "520306")


def test_the_file_of_the_mayor_hides_what_the_page_hides(many, nayok, client_of):
    _header, *rows = export(client_of(nayok))

    assert all(cell == "<5" for line in rows[:2] for cell in line[4:])


def test_without_a_purpose_there_is_no_file(many, nayok, client_of):
    url = reverse("rights:whatif_export") + "?area=520306"

    assert client_of(nayok).get(url).status_code == 200
    assert client_of(nayok).post(url, {"format": "csv"}).status_code == 422
    assert not Entry.objects.filter(action="people.exported").exists()


def test_a_tambon_is_answered_while_one_waits(many, somsri):
    whatif.answer(somsri, "520306", {STEPS: HUNDRED_MORE})
    begun = time.process_time()
    whatif.answer(somsri, "520306", {STEPS: HUNDRED_MORE})

    assert time.process_time() - begun < 2.0


def test_values_of_several_rules_are_asked_together(people, somsri, client_of):
    asked = ASK | {"programme": "child_grant", "child_grant.amount": "1000"}
    page = client_of(somsri).get(reverse("rights:whatif"), asked).content.decode()

    assert "ยังคงค่าของกฎอื่นที่ตั้งไว้ 4 ค่า" in page
    assert f'<input type="hidden" name="{STEPS}@60" value="700">' in page
    assert "1,000 บาทต่อเดือน" in page


def test_whoever_counts_in_two_places_chooses_one_and_never_gets_the_country(many, nayok, client_of):
    Duty.objects.create(user=nayok, role="viewer", area_code="500101", starts_on=date(2026, 1, 1))
    client, asked = client_of(nayok), ASK | {"area": ""}
    page = client.get(reverse("rights:whatif"), asked)
    file = client.post(
        reverse("rights:whatif_export") + "?" + "&".join(f"{name}={value}" for name, value in asked.items()),
        {"purpose": "planning", "format": "csv"},
    )

    assert "โปรดเลือกพื้นที่ของท่านก่อน" in page.content.decode()
    assert 'id="now"' not in page.content.decode()
    assert file.status_code == 404


def test_of_few_nobody_tells_the_mayor_how_many_are_not_known(many, nayok, somsri, client_of):
    """Two more of 70 who are on no register: nobody can tell whether they are Thai."""
    tell(
        *(row(f"ใหม่{at}", "มาไกล", id=f"{90 + at:032d}", birth_date="1956-01-10", house="99") for at in (1, 2)),
        kind="home_visit",
    )
    seen = client_of(nayok).get(reverse("rights:whatif"), ASK).content.decode()
    all_of_it = client_of(somsri).get(reverse("rights:whatif"), ASK).content.decode()

    assert "ยังไม่ทราบ: 2 คน" in all_of_it
    assert "ยังไม่ทราบ: 2 คน" not in seen
