"""From the words of an address to a code: queries.Gazetteer.resolve."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mudmai.places.models import Area
from mudmai.places.queries import gazetteer
from mudmai.places.rules import SENTENCES
from mudmai.places.services.editions import AREAS, mark_changed

pytestmark = pytest.mark.usefixtures("national_codes")

KO_KHA = "520306"


@pytest.fixture
def villages(national_codes):
    for moo, name in ((1, "บ้านน้ำล้อม"), (2, "บ้านหัวแต"), (3, "บ้านม่วงน้อย"), (4, "บ้านม่วงน้อย")):
        Area.objects.create(code=f"{KO_KHA}0{moo}", level=4, kind="village", name_th=name, parent_code=KO_KHA)
    mark_changed(AREAS)


def resolve(**words):
    return gazetteer().resolve(**words)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"province": "จ.ลำปาง", "district": "อ.เกาะคา", "tambon": "ต.เกาะคา"}, KO_KHA),
        ({"province": "ลำปาง", "district": " อำเภอเกาะคา", "tambon": "ตำบล เกาะคา"}, KO_KHA),
        ({"province": "จังหวัดลำปาง", "tambon": "ต เกาะคา"}, KO_KHA),
        ({"province": "ลำปาง"}, "52"),
        ({"province": "Lampang", "district": "Ko Kha", "tambon": "Ko Kha"}, KO_KHA),
        ({"province": "ลำปาง", "district": "เมือง"}, "5201"),
        ({"province": "ลำปาง", "district": "อ.เมือง", "tambon": "หัวเวียง"}, "520102"),
        ({"province": "กทม.", "district": "พระนคร"}, "1001"),
        ({"province": "กรุงเทพฯ", "district": "เขตพระนคร", "tambon": "แขวงพระบรมมหาราชวัง"}, "100101"),
        ({"province": "โคราช"}, "30"),
        ({"province": 52, "district": "5203", "tambon": 520306.0}, KO_KHA),
    ],
)
def test_plain_words_are_understood_without_doubt(words, code):
    assert resolve(**words) == (code, (), None)


def test_the_area_of_the_list_fills_what_the_words_leave_out(villages):
    assert resolve(moo="3", within=KO_KHA).value == KO_KHA + "03"
    assert resolve(tambon="เกาะคา", within="5203").value == KO_KHA
    assert resolve(tambon="เกาะคา", moo=2, within="52030601").value == KO_KHA + "02"
    assert resolve(within=KO_KHA).value == KO_KHA
    assert resolve().is_blank
    assert resolve(province="-", tambon="ไม่ระบุ").is_blank


@pytest.mark.parametrize(
    ("words", "code", "doubt"),
    [
        ({"province": "ลำปาว"}, "52", "place_spelling"),
        ({"province": "ลำปาง", "district": "เกาะค่า"}, "5203", "place_spelling"),
        ({"province": "อุตรดิตถ์", "district": "ท่าปลา", "tambon": "ท่าแฝก"}, "530407", "place_abolished"),
        ({"province": "กทม", "district": "บางนา", "tambon": "บางนา"}, "1047", "place_divided"),
        ({"province": "ลำปาง", "district": "แม่เมาะ", "tambon": "เกาะคา"}, KO_KHA, "tambon_elsewhere"),
        ({"tambon": "หาดใหญ่", "within": "5203"}, "901101", "place_outside"),
        ({"province": "ลำปาง", "district": "ไม่มีจริงเลย"}, "52", "district_unknown"),
        ({"province": "ลำปาง", "district": "ไม่มีจริงเลย", "tambon": "เกาะคา"}, KO_KHA, "district_unknown"),
        ({"province": "ลำปาง", "district": "เกาะคา", "tambon": "ไม่มีจริงเลย"}, "5203", "tambon_unknown"),
    ],
)
def test_what_was_unsure_is_said(words, code, doubt):
    assert resolve(**words) == (code, (doubt,), None)


@pytest.mark.parametrize(
    ("words", "code", "doubts"),
    [
        ({"moo": "๓"}, "03", ()),
        ({"moo": "ม.3"}, "03", ()),
        ({"moo": "99"}, "", ("moo_unknown",)),
        ({"moo": "สาม"}, "", ("moo_unknown",)),
        ({"village": "หัวแต"}, "02", ()),
        ({"village": "บ้านน้ำร้อม"}, "01", ("place_spelling",)),
        ({"village": "บ้านม่วงน้อย"}, "", ("place_ambiguous",)),
        ({"village": "บ้านไกลโพ้น"}, "", ("village_unknown",)),
        ({"moo": 1, "village": "บ้านน้ำล้อม"}, "01", ()),
        ({"moo": 1, "village": "บ้านหัวแต"}, "01", ("village_differs",)),
    ],
)
def test_a_village_is_found_by_moo_or_name(villages, words, code, doubts):
    assert resolve(within=KO_KHA, **words) == (KO_KHA + code, doubts, None)


def test_without_a_list_of_villages_the_moo_makes_the_code():
    assert resolve(moo=5, within="520307") == ("52030705", (), None)


def test_bangkok_has_no_moo():
    assert resolve(moo=5, within="100101").value == "100101"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ({"province": "ไม่มีจริงเลย"}, "province_unknown"),
        ({"tambon": "บ้านใหม่"}, "place_ambiguous"),
        ({"district": "ไม่มีจริงเลย"}, "district_unknown"),
        ({"moo": 3}, "tambon_unknown"),
    ],
)
def test_words_that_name_nothing_are_a_named_problem(words, problem):
    answer = resolve(**words)

    assert (answer.value, answer.problem) == (None, problem)


def test_the_same_words_are_worked_out_once(villages):
    finder = gazetteer()

    assert finder.resolve("ลำปาง", "เกาะคา", "เกาะคา", "2") is finder.resolve("ลำปาง", "เกาะคา", "เกาะคา", "2")


def test_every_tambon_is_found_by_its_own_full_name():
    finder = gazetteer()
    areas = {area.code: area for area in Area.objects.filter(level__lte=3)}

    lost = [
        code
        for code, area in areas.items()
        if len(code) == 6
        and finder.resolve(areas[code[:2]].title, areas[code[:4]].title, area.title) != (code, (), None)
    ]

    assert lost == []


words = st.one_of(st.none(), st.text(max_size=20), st.sampled_from(["ลำปาง", "เกาะคา", "เมือง", "52", "ม.3", "-"]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words, words, words, words, words, st.sampled_from(["", "52", "5203", KO_KHA, "52950001"]))
@example(None, None, None, "ม.²", None, KO_KHA)
def test_no_cell_stops_the_reading(province, district, tambon, moo, village, within):
    answer = gazetteer().resolve(province, district, tambon, moo, village, within)

    assert answer.value is None or answer.value.isdigit()
    assert {*answer.doubts, answer.problem} - {None} <= set(SENTENCES)
    assert answer.value is not None or answer.problem or answer.is_blank
