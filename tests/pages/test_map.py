"""The map: tiles of houses, outlines painted by numbers, the ground map in pieces."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pages.conftest import PLACE, crowd
from tests.pages.tiles import read_tile

from mudmai.pages.rules import mvt
from mudmai.people.rules.clusters import Circle, merged

AREAS = "/map/areas/4.geojson?in=520306"


def tile_url(zoom: int) -> str:
    x, y = (each // mvt.EXTENT for each in mvt.tile_point(PLACE["lat"], PLACE["lon"], zoom, 0, 0))
    return f"/map/tiles/{zoom}/{x}/{y}.mvt"


def houses(answer) -> list[dict]:
    return read_tile(gzip.decompress(answer.content) if answer.get("Content-Encoding") == "gzip" else answer.content)


def test_a_tile_holds_the_house_with_its_page_and_its_need(client_of, somsri, town):
    answer = client_of(somsri).get(tile_url(16), headers={"Accept-Encoding": "gzip"})
    [house] = houses(answer)

    assert answer["Content-Encoding"] == "gzip"
    assert answer["Cache-Control"] == "private, max-age=60"
    assert house["label"] == "12/3 ม.1"
    assert house["need"] == 1
    assert client_of(somsri).get(f"/households/{house['id']}/").status_code == 200
    assert 0 <= house["x"] < mvt.EXTENT
    assert 0 <= house["y"] < mvt.EXTENT


def test_a_volunteer_is_not_told_that_somebody_is_bedridden_there(client_of, noi, somsri, town):
    client_of(somsri).get(tile_url(16))  # what is kept for the registrar is not given to the volunteer

    [house] = houses(client_of(noi).get(tile_url(16)))

    assert "need" not in house
    assert "ติดเตียง" not in house["note"]


def test_far_out_a_lone_house_is_still_itself_and_many_are_a_circle(client_of, somsri, town):
    assert [house["n"] for house in houses(client_of(somsri).get(tile_url(8)))] == [1]

    crowd(30, lat=PLACE["lat"], lon=PLACE["lon"])

    assert [house["n"] for house in houses(client_of(somsri).get(tile_url(8)))] == [31]


def test_a_pin_just_set_is_on_the_next_tile(client_of, somsri, town):
    before = houses(client_of(somsri).get(tile_url(17)))
    crowd(1, lat=PLACE["lat"] + 0.0001, lon=PLACE["lon"])

    assert len(houses(client_of(somsri).get(tile_url(17)))) == len(before) + 1


def test_others_see_no_house(client_of, nayok, stranger, town):
    assert client_of(nayok).get(tile_url(16)).status_code == 204
    assert client_of(stranger).get(tile_url(16)).status_code == 204


@pytest.mark.parametrize("address", ["/map/tiles/40/1/1.mvt", "/map/tiles/3/99/0.mvt"])
def test_a_tile_that_cannot_be_is_empty(client_of, somsri, town, address):
    assert client_of(somsri).get(address).status_code == 204


@given(
    st.lists(
        st.tuples(
            st.integers(-5000, 9000),
            st.integers(-5000, 9000),
            st.dictionaries(
                st.sampled_from(["n", "label", "need"]), st.one_of(st.integers(-9, 2**40), st.text(max_size=9))
            ),
        ),
        max_size=8,
    )
)
def test_what_is_written_into_a_tile_is_read_out_of_it(features):
    found = read_tile(mvt.encode("houses", features))

    assert found == [{"x": x, "y": y, **properties} for x, y, properties in features]


@given(st.lists(st.tuples(st.floats(18.1, 18.3), st.floats(99.2, 99.5), st.integers(1, 900)), max_size=60))
def test_merging_circles_loses_no_house(circles):
    found = merged([Circle(*each) for each in circles], 11)

    assert sum(circle.n for circle in found) == sum(n for _lat, _lon, n in circles)
    assert len(found) <= len(circles)


def test_the_page_of_the_map_lists_houses_without_a_pin_and_the_numbers_of_the_map(client_of, somsri, town):
    answer = client_of(somsri).get("/map/?measure=people")
    text = answer.content.decode()

    assert [house.house_no for house, _area in answer.context["missing"]] == ["13", "7"]
    assert [value for _code, _name, value in answer.context["figures"]] == ["3", "1"]
    assert 'id="measure"' in text
    assert answer.context["map_config"]["tiles"] == "/map/tiles/{z}/{x}/{y}.mvt"


def test_the_mayor_sees_areas_and_no_house(client_of, nayok, town):
    config = client_of(nayok).get("/map/").context["map_config"]

    assert "tiles" not in config
    assert config["fill"] is True


def test_the_map_of_another_district_does_not_exist(client_of, somsri, town):
    assert client_of(somsri).get("/map/?in=500101").status_code == 404


def test_outlines_are_painted_only_where_the_user_may_see_the_numbers(client_of, somsri, stranger, town, outlines):
    mine = client_of(somsri).get(AREAS + "&measure=people").json()["features"]
    his = client_of(stranger).get(AREAS + "&measure=people").json()["features"]

    assert [each["properties"]["shown"] for each in mine] == ["3", "1"]
    assert mine[0]["properties"]["url"] == "/areas/52030601/"
    assert all("shown" not in each["properties"] and "class" not in each["properties"] for each in his)


def test_where_no_villages_are_drawn_the_tambon_itself_is(client_of, somsri, town, outlines):
    found = client_of(somsri).get("/map/areas/4.geojson?in=52030601").json()["features"]

    assert [each["properties"]["code"] for each in found] == ["52030601"]


@pytest.mark.parametrize("address", ["/map/areas/9.geojson", "/map/areas/4.geojson", "/map/areas/4.geojson?in=x"])
def test_shapes_of_the_whole_country_at_village_level_are_refused(client_of, somsri, address):
    assert client_of(somsri).get(address).status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "content"),
    [
        (None, 200, b"0123456789"),
        ("bytes=2-4", 206, b"234"),
        ("bytes=7-", 206, b"789"),
        ("bytes=-2", 206, b"89"),
        ("bytes=5-500", 206, b"56789"),
        ("bytes=90-", 416, b""),
        ("bytes=1-2,4-5", 416, b""),
        ("pages=1-2", 416, b""),
    ],
)
def test_the_ground_map_comes_in_pieces(client_of, somsri, tmp_path, settings, asked, status, content):
    settings.HOME = tmp_path
    (tmp_path / "basemap.pmtiles").write_bytes(b"0123456789")

    answer = client_of(somsri).get("/map/basemap.pmtiles", headers={"Range": asked} if asked else {})

    assert answer.status_code == status
    assert (b"".join(answer.streaming_content) if answer.streaming else answer.content) == content
