"""How many are still missing in a village, from lists and visits that overlap; and the houses where nobody has been."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from tests.conftest import OTHER_VILLAGE, TAMBON, VILLAGE
from tests.people.town import row, tell

from mudmai.accounts.models import User
from mudmai.audit.models import Entry
from mudmai.needs import queries
from mudmai.needs.models import HouseNeed
from mudmai.needs.rules.sources import SUBJECTS, history
from mudmai.needs.rules.unseen import Estimate, Refusal
from mudmai.people import queries as people
from mudmai.people.models import Person

DEPENDENT, POOR, DISABLED = SUBJECTS["dependent"], SUBJECTS["poor"], SUBJECTS["disabled"]


def person_id(number: int) -> str:
    return f"{number:032x}"


def listed(kind: str, numbers: range, *, area: str = VILLAGE, **said: Any) -> None:
    """These people on a list or in a survey, each linked to herself by the id."""
    rows = [row(f"คน{n}", "ใจดี", house=str(n), id=uuid4().hex, area=area, **said) for n in numbers]
    tell(*rows, kind=kind, links={each.id: person_id(n) for each, n in zip(rows, numbers, strict=True)})


@pytest.fixture
def village(db: None) -> None:
    """Sixty people. The health station lists 1–20, the volunteers found 11–32 dependent: ten in both."""
    tell(*(row(f"คน{n}", "ใจดี", house=str(n), id=person_id(n)) for n in range(1, 61)))
    listed("bedridden_list", range(1, 21), adl_group="bedridden")
    listed("home_visit", range(11, 33), adl_group="homebound")


def test_the_overlap_of_the_station_and_the_volunteers(somsri: User, village: None) -> None:
    found = queries.unseen_of(somsri, DEPENDENT, VILLAGE)

    assert isinstance(found.whole.result, Estimate)
    assert (found.whole.seen, found.whole.found_by(0), found.whole.found_by(2)) == (32, 20, 22)
    assert round(found.whole.result.total) == round(21 * 23 / 11 - 1)
    assert [part.area for part in found.parts] == [VILLAGE]


def test_the_dead_count_no_more(somsri: User, village: None) -> None:
    listed("civil_register", range(1, 3), death_date="2026-09-01")

    assert queries.unseen_of(somsri, DEPENDENT, VILLAGE).whole.seen == 30


def test_who_has_recovered_belongs_to_it_no_more(somsri: User, village: None) -> None:
    rows = [row("คน1", "ใจดี", house="1", id=uuid4().hex, adl_group="active")]
    tell(*rows, kind="home_visit", links={rows[0].id: person_id(1)}, as_of=date(2026, 10, 30))

    assert queries.unseen_of(somsri, DEPENDENT, VILLAGE).whole.seen == 31


def test_a_village_with_one_source_is_refused_with_its_reason(somsri: User, village: None) -> None:
    tell(*(row(f"คน{n}", "ใจดี", house=str(n), id=person_id(n), area=OTHER_VILLAGE) for n in range(101, 104)))
    listed("bedridden_list", range(101, 104), area=OTHER_VILLAGE, adl_group="bedridden")

    parts = {part.area: part.result for part in queries.unseen_of(somsri, DEPENDENT, TAMBON).parts}

    assert parts[OTHER_VILLAGE] == Refusal("one_source", 3, 0)


def test_poor_by_tpmap_and_by_the_own_survey(somsri: User, village: None) -> None:
    """The house must have been asked by the own survey; what TPMAP alone tells of it is no second source."""
    listed("tpmap", range(40, 52), tpmap_poor=True)
    listed("volunteer_survey", range(45, 58))
    for number in (*range(40, 58),):
        house = Person.objects.get(pk=person_id(number)).household_id
        assert house is not None
        HouseNeed.objects.update_or_create(
            household_id=house, defaults={"area_code": VILLAGE, "place": 1, "failed": 1, "members": 1}
        )

    found = queries.unseen_of(somsri, POOR, VILLAGE).whole

    assert (found.found_by(0), found.found_by(1), found.seen) == (12, 13, 18)


def test_who_has_left_poverty_is_looked_for_no_more(somsri: User, village: None) -> None:
    listed("tpmap", range(40, 43), tpmap_poor=True)
    house = Person.objects.get(pk=person_id(40)).household_id
    assert house is not None
    told = {"area_code": VILLAGE, "place": 1, "failed": 0, "unsure": 0, "members": 1}
    HouseNeed.objects.update_or_create(household_id=house, defaults=told)

    assert queries.unseen_of(somsri, POOR, VILLAGE).whole.seen == 2


def test_what_was_said_tells_which_source_found_her() -> None:
    assert history(DEPENDENT, [("home_visit", {"adl_score": 11})]) == (False, False, True)
    assert history(DEPENDENT, [("home_visit", {"adl_score": 12})]) == (False, False, False)
    assert history(DISABLED, [("disability_payees", {})]) == (False, False, False)


def test_the_page_names_the_assumptions_and_the_share_matched_by_name(
    client_of: Any, somsri: User, village: None
) -> None:
    page = client_of(somsri).get("/needs/unseen/", {"area": VILLAGE, "of": "dependent"})

    text = page.content.decode()
    assert page.status_code == 200
    assert "แต่ละแหล่งไม่ได้ถามกัน" in text
    assert page.context["by_name"] == 0
    assert "ยังไม่พบ" in text


def test_a_province_is_too_wide(client_of: Any, admin: User) -> None:
    page = client_of(admin).get("/needs/unseen/", {"area": "52"})

    assert page.status_code == 200
    assert not page.context["narrow"]


def test_the_mayor_sees_no_small_number(client_of: Any, nayok: User, db: None) -> None:
    tell(*(row(f"คน{n}", "ใจดี", house=str(n), id=person_id(n)) for n in range(1, 4)))
    listed("bedridden_list", range(1, 4), adl_group="bedridden")

    page = client_of(nayok).get("/needs/unseen/", {"area": VILLAGE, "of": "dependent"})

    assert page.context["whole"]["seen"] == "น้อย"


# ---------------------------------------------------------------- houses where nobody has been


def test_houses_without_any_visit_are_a_list_to_walk_by(client_of: Any, somsri: User, village: None) -> None:
    listed("bedridden_list", range(33, 35), adl_group="bedridden")

    page = client_of(somsri).get("/needs/unseen/houses/", {"area": VILLAGE})

    # Twenty-two houses were visited; who stands on a list of the station was not visited by that.
    assert people.count_unvisited(somsri, VILLAGE) == 38
    assert {entry["house"].house_no for entry in page.context["rows"]} == {
        str(n) for n in (*range(1, 11), *range(33, 61))
    }


def test_a_house_with_a_pin_can_be_left_out(somsri: User, village: None) -> None:
    tell(row(house="60", about="household", lat=18.2, lon=99.4), kind="civil_register")

    assert people.count_unvisited(somsri, VILLAGE) == 38
    assert people.count_unvisited(somsri, VILLAGE, without_pin=True) == 37


def test_the_list_prints_with_places_to_sign_and_leaves_with_a_purpose(
    client_of: Any, somsri: User, village: None
) -> None:
    client = client_of(somsri)
    paper = client.get("/needs/unseen/houses/", {"area": VILLAGE, "print": "1"}).content.decode()
    address = f"/needs/unseen/houses/export/?area={VILLAGE}"

    assert "ผู้อนุมัติ" in paper
    assert client.post(address, {"format": "csv"}).status_code == 422
    answer = client.post(address, {"format": "csv", "purpose": "visit"})
    assert len(b"".join(answer.streaming_content).decode().splitlines()) == 39
    assert Entry.objects.get(action="people.exported").object_kind == "needs-unvisited"


def test_a_stranger_sees_none_of_it(client_of: Any, stranger: User, village: None) -> None:
    assert client_of(stranger).get("/needs/unseen/", {"area": VILLAGE}).status_code == 404
    assert client_of(stranger).get("/needs/unseen/houses/", {"area": VILLAGE}).status_code == 404
