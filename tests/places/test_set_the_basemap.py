"""The basemap: services.set_basemap, queries.basemap_path and basemap_facts."""

import struct

import pytest

from mudmai.places.queries import basemap_facts, basemap_path
from mudmai.places.services import remove_basemap, set_basemap
from mudmai.places.services.basemap import NotABasemap

pytestmark = pytest.mark.django_db


def pmtiles(*, version=3, data=b"tiles"):
    """A PMTiles file with one run of data behind its header."""
    places = struct.pack("<8Q", 127, 0, 127, 0, 127, 0, 127, len(data))
    counts = struct.pack("<3Q", 1, 1, 1)
    kinds = bytes([1, 2, 2, 1, 0, 14])
    box = struct.pack("<4i", 991_000_000, 180_000_000, 995_000_000, 184_000_000)
    header = b"PMTiles" + bytes([version]) + places + counts + kinds + box
    return header.ljust(127, b"\0") + data


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path / "home"


def test_without_a_file_there_is_no_basemap():
    assert basemap_path() is None
    assert basemap_facts() is None
    assert remove_basemap() is False


def test_a_pmtiles_file_becomes_the_basemap(write):
    facts = set_basemap(write("ลำปาง.pmtiles", pmtiles()))

    assert basemap_path() == facts.path
    assert (facts.header.tile_type, facts.header.min_zoom, facts.header.max_zoom) == ("mvt", 0, 14)
    assert facts.header.box == (99.1, 18.0, 99.5, 18.4)
    assert basemap_facts() == facts


def test_a_second_file_takes_the_place_of_the_first(write):
    set_basemap(write("เก่า.pmtiles", pmtiles()))
    set_basemap(write("ใหม่.pmtiles", pmtiles(data=b"more tiles")))

    assert basemap_path().read_bytes().endswith(b"more tiles")
    assert [path.name for path in basemap_path().parent.iterdir()] == ["basemap.pmtiles"]


def test_the_basemap_itself_may_be_given_again(write):
    facts = set_basemap(write("ลำปาง.pmtiles", pmtiles()))

    assert set_basemap(facts.path) == facts


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"not a map at all", "ไม่ใช่ไฟล์ PMTiles"),
        (b"", "ไม่ใช่ไฟล์ PMTiles"),
        (pmtiles()[:100], "ไม่ใช่ไฟล์ PMTiles"),
        (pmtiles(version=2), "รุ่นเก่า"),
        (b"PM\x02\x00" + bytes(200), "รุ่นเก่า"),
        (pmtiles()[:-3], "ขาดท้ายไฟล์"),
    ],
)
def test_another_file_is_refused_and_the_old_basemap_stays(write, content, sentence):
    set_basemap(write("ดี.pmtiles", pmtiles()))

    with pytest.raises(NotABasemap, match=sentence):
        set_basemap(write("เสีย.pmtiles", content))

    assert basemap_path().read_bytes() == pmtiles()


def test_the_basemap_can_be_taken_away(write):
    set_basemap(write("ลำปาง.pmtiles", pmtiles()))

    assert remove_basemap() is True
    assert basemap_path() is None
