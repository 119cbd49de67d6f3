"""Rows become what they say: addresses in one cell or many, places above the rows, dates in parts, pins, codes."""

from datetime import date
from typing import Any

import pytest

from mudmai.intake.rules.layout import ColumnUse, Shape
from mudmai.intake.rules.reading import Draft, RowReader, Setting, spread_columns
from mudmai.intake.rules.surroundings import NOWHERE, PlaceWords, day_in, place_in, place_of
from mudmai.intake.rules.tables import Row
from mudmai.kernel.parsed import Parsed
from mudmai.people.rules.catalogue import NONE_TOLD, catalogue

MONDAY = date(2026, 11, 2)


def locate(words: PlaceWords, within: str) -> Parsed[str]:
    """A small gazetteer: Ko Kha, and whatever else is unknown."""
    if words.tambon not in ("", "เกาะคา", "ต.เกาะคา"):
        return Parsed(within or None, ("tambon_unknown",))
    return Parsed(f"520306{int(words.moo):02d}" if words.moo else "520306")


def read(
    columns: str, *rows: list[object], kind: str = "other_list", place: PlaceWords = NOWHERE, **more: Any
) -> list[Draft]:
    """Drafts of rows; `columns` are attributes, one for each cell."""
    uses = [ColumnUse(i, more.get("headers", {}).get(i, ""), code) for i, code in enumerate(columns.split())]
    shape = Shape("", uses, [0], len(rows))
    reader = RowReader(shape, Setting(catalogue().kinds[kind], date(2026, 10, 1), MONDAY, locate, "520306"))
    context = more.get("context", [()] * len(rows))
    given = [Row(i, cells, context[i - 5]) for i, cells in enumerate(rows, 5)]
    return reader.read(given, 0, place, spread_columns(given, shape.mapping))


def said(columns: str, *row: object, **more: Any) -> dict[str, Any]:
    return read(columns, list(row), **more)[0].said


def test_an_address_in_one_cell_and_in_many_name_the_same_house() -> None:
    (one,) = read("full_name address", ["นางสมศรี ใจงาม", "12/3 ม.2 ต.เกาะคา อ.เกาะคา จ.ลำปาง"])
    (many,) = read("full_name house_no moo tambon", ["นางสมศรี ใจงาม", "12/3", "2", "เกาะคา"])

    assert one.household_key == many.household_key is not None
    assert one.area == many.area == "52030602"
    assert many.said["house_no"] == "12/3"


def test_a_house_number_that_excel_made_a_date_is_the_same_house() -> None:
    drafts = read("full_name house_no moo", *[["นายก ข", house, 2] for house in ("12/3", date(2026, 3, 12), "12-มี.ค.")])

    assert len({draft.household_key for draft in drafts}) == 1


def test_headings_titles_and_sheet_names_give_the_village() -> None:
    rows = [["นายก ข", "7"], ["นายค ง", "7"]]
    drafts = read("full_name house_no", *rows, context=[("หมู่ที่ 3 บ้านดอน",), ("หมู่ที่ ๔",)])
    assert [draft.area for draft in drafts] == ["52030603", "52030604"]

    (draft,) = read("full_name house_no", ["นายก ข", "7"], place=place_of(["ตำบลเกาะคา", "ม.5 ทุ่งเจริญ"]))
    assert draft.area == "52030605"
    assert draft.said["moo"] == 5


def test_a_house_number_written_once_reaches_down_over_the_family() -> None:
    rows: list[list[object]] = [["12", "นายก ข"], ["", "นางค ข"], ["", "ด.ช.ง ข"], ["13", "นายจ ฉ"], ["", "นางช ฉ"]]
    drafts = read("house_no full_name", *rows, place=PlaceWords(moo="1"))

    assert [draft.house_no for draft in drafts] == ["12", "12", "12", "13", "13"]


def test_a_few_missing_house_numbers_are_missing() -> None:
    rows: list[list[object]] = [[str(i), f"นายก{i} ข"] for i in range(1, 9)] + [["", "นายไม่มีบ้าน อยู่"]]
    drafts = read("house_no full_name", *rows, place=PlaceWords(moo="1"))

    assert drafts[-1].house_no == ""
    assert drafts[-1].household_key is None


def test_the_birth_date_comes_from_a_date_its_parts_or_the_age() -> None:
    assert said("full_name birth_date", "นายก ข", "15/3/2493")["birth_date"] == "1950-03-15"
    assert (
        said("full_name birth_day birth_month birth_year", "นายก ข", "15", "มีนาคม", "2493")["birth_date"]
        == "1950-03-15"
    )
    assert said("full_name birth_date age", "นายก ข", "", "ประมาณ 80 ปี")["birth_date"] == "1946"
    assert said("full_name birth_date age", "นายก ข", "15/3/2493", "76")["birth_date"] == "1950-03-15"


def test_a_pin_is_read_from_two_cells_or_one_swapped_or_in_degrees() -> None:
    expected = {"lat": pytest.approx(18.2126, abs=1e-3), "lon": pytest.approx(99.3823, abs=1e-3)}
    for lat, lon in (
        ("18.2126", "99.3823"),
        ("99.3823", "18.2126"),
        ("18.2126, 99.3823", ""),
        ("18°12'45.4\"N", "99°22'56.3\"E"),
    ):
        told = said("full_name house_no lat lon", "นายก ข", "1", lat, lon)
        assert {code: told[code] for code in ("lat", "lon")} == expected


def test_codes_are_known_by_their_words_or_numbers() -> None:
    told = said(
        "full_name disability_types relation_to_head sex",
        "นายก ข",
        "3 ทางการเคลื่อนไหวหรือทางร่างกาย, 1 ทางการเห็น",
        "บุตรคนที่ 2",
        "ช.",
    )
    assert (told["disability_types"], told["relation_to_head"], told["sex"]) == (["1", "3"], "child", "m")


def test_an_unknown_code_is_a_problem_of_its_cell_and_not_of_the_row() -> None:
    (draft,) = read("full_name relation_to_head", ["นายก ข", "มนุษย์ต่างดาว"])
    assert draft.problems == [(1, "code_unknown")]
    assert not draft.fatal


def test_none_is_an_answer_where_it_answers() -> None:
    told = said("full_name caregiver_name phone note", "นายก ข", "ไม่มี", "ไม่มี", "ไม่มี")
    assert (told["caregiver_name"], told["phone"]) == (NONE_TOLD, NONE_TOLD)
    assert "note" not in told


def test_standing_on_a_list_says_what_the_list_means() -> None:
    told = said("full_name amount_baht", "นายก ข", "700", kind="old_age_payees")
    assert (told["old_age_allowance"], told["old_age_allowance_baht"]) == (True, 700)
    assert "amount_baht" not in told


def test_the_adl_score_tells_the_group() -> None:
    groups = [said("full_name adl_score", "นายก ข", score).get("adl_group") for score in ("0", 4, 5, "๑๑", 12, 20, 21)]
    assert groups == ["bedridden", "bedridden", "homebound", "homebound", "active", "active", None]


def test_a_list_of_heads_says_that_they_are_heads() -> None:
    assert said("full_name", "นายก ข", headers={0: "ชื่อหัวหน้าครัวเรือน"})["relation_to_head"] == "head"


def test_a_row_without_a_person_is_about_its_house() -> None:
    (draft,) = read("house_no moo lat lon", ["12", 1, "18.2126", "99.3823"], kind="volunteer_survey")
    assert (draft.about, draft.fatal) == ("household", "")


def test_a_wrong_id_is_no_id_but_linkage_may_look_at_it() -> None:
    (draft,) = read("full_name cid", ["นายก ข", "3-5233-00000-00-0"])
    assert draft.cid is None
    assert draft.cid_told == "3523300000000"
    assert draft.problems == [(1, "cid_checksum")]


@pytest.mark.parametrize(
    ("text", "iso", "precision"),
    [
        ("ข้อมูล ณ วันที่ ๑ ตุลาคม ๒๕๖๘", "2025-10-01", "day"),
        ("ณ 15 ก.ย. 69", "2026-09-15", "day"),
        ("ประจำเดือน ตุลาคม พ.ศ. ๒๕๖๙", "2026-10-01", "month"),
        ("บัญชีเบี้ย_ตค2569", "2026-10-01", "month"),
        ("list_2026-03-05", "2026-03-05", "day"),
        ("ทะเบียน_เกาะคา_2568", "2025-12-31", "year"),
        ("ทะเบียน_เกาะคา_2569", "2026-11-02", "year"),
    ],
)
def test_a_title_or_file_name_tells_the_day(text: str, iso: str, precision: str) -> None:
    found = day_in(text, MONDAY)
    assert found is not None
    assert (found.day.isoformat(), found.precision) == (iso, precision)


@pytest.mark.parametrize("text", ["ทะเบียนราษฎร (ท.ร.14)", "พ.ร.บ. คนพิการ", "โทร. 054 123456", "พ.ศ. 2400"])
def test_other_numbers_are_no_day(text: str) -> None:
    assert day_in(text, MONDAY) is None


def test_the_words_of_a_place_are_told_apart() -> None:
    assert place_in("เทศบาลตำบลเกาะคา อำเภอเกาะคา จังหวัดลำปาง") == PlaceWords("ลำปาง", "เกาะคา", "เกาะคา")
    assert place_in("บ้านเลขที่ 5") == NOWHERE
    assert place_in("หมู่ 7").moo == "7"


def test_a_dash_under_an_indicator_is_an_answer_and_under_anything_else_is_none() -> None:
    [draft] = read("full_name jpt31_15 jpt31_24 adl_group", ["นางมาลี ใจดี", "-", "ไม่ผ่าน", "-"])
    assert draft.said["jpt31_15"] == "none"
    assert draft.said["jpt31_24"] == "fail"
    assert "adl_group" not in draft.said
