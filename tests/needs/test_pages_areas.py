"""Stories of the pages of numbers: the mayor's page, the map, an empty area, small counts, the page for paper."""

import pytest
from django.core.cache import cache
from tests.people.town import row, tell

from mudmai.needs.queries import area_needs, needs_by_child
from mudmai.needs.rules.measures import MEASURES, too_few


@pytest.fixture(autouse=True)
def _nothing_is_kept():
    cache.clear()


def test_the_mayor_sees_counts_and_no_person(client_of, nayok, ground):
    answer = client_of(nayok).get("/needs/area/")
    text = answer.content.decode()

    assert answer.context["numbers"].assessed == 4
    assert answer.context["numbers"].red == 2
    for name in ("มาลี", "บุญ", "สมาน", "/needs/?", "/needs/house/"):
        assert name not in text


def test_the_numbers_of_the_rows_add_up_to_the_area(client_of, somsri, ground):
    for code in ("52", "5203", "520306"):
        found = needs_by_child(code, len(code) + 2)
        for measure in ("houses", "red", "failed:any", "unsure:health", "group:missed", "urgency:9"):
            assert sum(each.houses(measure) for each in found.values()) == area_needs([code]).houses(measure)
    answer = client_of(somsri).get("/needs/area/520306/")
    assert sum(row["numbers"].assessed for row in answer.context["rows"] if row["numbers"]) == 4


def test_one_goes_down_to_a_village_and_the_rows_stand_by_the_chosen_number(client_of, wichai, ground):
    answer = client_of(wichai).get("/needs/area/520306/?measure=need_red")
    assert [row["code"] for row in answer.context["rows"] if row["numbers"]] == ["52030601", "52030602"]
    assert "measure=need_red" in answer.context["map_config"]["areas"]

    village = client_of(wichai).get("/needs/area/52030601/")
    assert village.context["numbers"].assessed == 3
    assert village.context["rows"] == []


def test_a_measure_that_is_none_shows_the_usual_one(client_of, wichai, ground):
    assert client_of(wichai).get("/needs/area/?measure=../x").context["measure"] == "need_poor_percent"


def test_an_area_outside_ones_own_or_that_is_none_does_not_exist(client_of, nayok, noi, ground):
    for address in ("50", "5203", "52030699x", "5", "๕๒๐๓๐๖"):
        assert client_of(nayok).get(f"/needs/area/{address}/").status_code == 404
    assert client_of(noi).get("/needs/area/52030602/").status_code == 404


def test_an_area_without_people_and_one_not_assessed_yet_say_which_they_are(client_of, nayok, national_codes):
    assert "ยังไม่มีข้อมูลบุคคลในพื้นที่นี้" in client_of(nayok).get("/needs/area/").content.decode()
    tell(row())
    cache.clear()
    text = client_of(nayok).get("/needs/area/").content.decode()
    assert "ยังไม่มีใครที่นี่ได้รับการประเมิน" in text
    assert "kpi" not in text


def test_a_village_that_was_not_assessed_stands_last_without_a_number(client_of, somsri, ground):
    tell(row("ใหม่", house="1", area="52030603", id="9" * 32))
    cache.clear()
    last = client_of(somsri).get("/needs/area/520306/").context["rows"][-1]
    assert last["code"] == "52030603"
    assert last["numbers"] is None
    assert last["value"] is None


def test_the_map_is_painted_by_needs_and_leaves_out_where_nothing_is_known(client_of, somsri, ground, outlines):
    found = client_of(somsri).get("/map/areas/4.geojson?in=520306&measure=need_red").json()
    painted = {each["properties"]["code"]: each["properties"] for each in found["features"]}

    assert painted["52030601"]["shown"] == "2"
    assert painted["52030601"]["url"] == "/needs/area/52030601/"
    tell(row("ใหม่", house="1", area="52030603", id="9" * 32))
    found = client_of(somsri).get("/map/areas/4.geojson?in=520306&measure=need_health_percent").json()
    assert all(
        "class" not in each["properties"] for each in found["features"] if each["properties"]["code"] > "52030602"
    )


def test_small_counts_of_what_is_the_matter_are_not_shown_to_who_sees_no_person(client_of, nayok, somsri, ground):
    """One house of village 2 fails in living: the mayor learns that it is few, the registrar how many."""
    seen = client_of(somsri).get("/needs/area/52030602/").context["dimensions"]
    kept = client_of(nayok).get("/needs/area/52030602/").context["dimensions"]

    assert next(each["percent"] for each in seen if each["code"] == "living") == 100
    living = next(each for each in kept if each["code"] == "living")
    assert living["few"]
    assert living["percent"] is None
    assert client_of(nayok).get("/needs/area/").context["reasons"] == []
    rows = client_of(nayok).get("/needs/area/?measure=need_living_percent").context["rows"]
    assert all(row["value"] is None for row in rows if row["code"] == "52030602")


def test_the_map_of_the_mayor_gives_small_counts_no_colour(client_of, nayok, somsri, ground, outlines):
    address = "/map/areas/4.geojson?in=520306&measure=need_living_percent"
    for reader, told in ((somsri, True), (nayok, False)):
        found = client_of(reader).get(address).json()["features"]
        village = next(each["properties"] for each in found if each["properties"]["code"] == "52030602")
        assert ("class" in village) is told
        assert (village["shown"] == "100%") is told


def test_a_part_that_a_subtraction_would_tell_is_held_back_too():
    assert too_few({"a": 2, "b": 30, "c": 7}) == {"a", "c"}
    assert too_few({"a": 0, "b": 30}) == frozenset()
    assert not MEASURES["need_red"].tells


def test_the_page_for_paper_is_of_a_village_or_a_tambon(client_of, nayok, somsri, noi, ground):
    for code in ("520306", "52030601"):
        answer = client_of(somsri).get(f"/areas/{code}/summary/")
        assert answer.status_code == 200
        assert answer.content.decode().count('class="block"') == 3
    assert client_of(somsri).get("/areas/5203/summary/").status_code == 404
    assert client_of(noi).get("/areas/52030602/summary/").status_code == 404
    assert "มาลี" not in client_of(nayok).get("/areas/520306/summary/").content.decode()


def test_the_page_for_paper_tells_the_mayor_no_small_count(client_of, nayok, somsri, ground):
    assert "น้อยกว่า 5" in client_of(nayok).get("/areas/520306/summary/").content.decode()
    assert "น้อยกว่า 5" not in client_of(somsri).get("/areas/520306/summary/").content.decode()


def test_the_overview_leads_to_the_red_cases(client_of, nayok, somsri, ground):
    assert "/needs/?urgency=red" in client_of(somsri).get("/").content.decode()
    text = client_of(nayok).get("/").content.decode()
    assert "/needs/area/520306/" in text
    assert "/needs/?urgency=red" not in text
