"""Columns are known by their names, their values, and what stands beside them."""

import pytest

from mudmai.intake.rules.kinds import guess_kind
from mudmai.intake.rules.mapping import columns_of, signature

NAMES = ["นางสมศรี ใจงาม", "นายบุญมา แก้วคำ", "น.ส.จันทร์ดี มูลเมือง"]
IDS = ["3523300000010", "3-5233-00000-02-8", "1101700230708"]


def taken(**columns: list[object]) -> dict[str, str]:
    headers = dict(enumerate(columns))
    found = columns_of(headers, dict(enumerate(columns.values())))
    return {column.header: column.attribute for column in found}


@pytest.mark.parametrize(
    ("header", "attribute"),
    [
        ("เลขบัตร ปชช.", "cid"),
        ("เลขประจำตัวประชาชน\n13 หลัก", "cid"),
        ("วัน/เดือน/ปี เกิด", "birth_date"),
        ("ที่อยู่ › หมู่ที่", "moo"),
        ("ชื่อ - สกุล › คำนำหน้า", "title"),
        ("จำนวนสมาชิก (คน)", "member_count_told"),
        ("โรค/อาการ", "diagnosis"),
        ("ตรอก/ซอย", "soi"),
        ("เลขที่บัตรประจำตัวคนพิการ", "disability_card_no"),
        ("วิธีรับเงิน", "ignore"),
        ("อสม. ผู้สำรวจ", "ignore"),
        ("ชื่อบิดา", "ignore"),
    ],
)
def test_a_name_of_a_column_is_understood(header: str, attribute: str) -> None:
    assert taken(**{header: []}) == {header: attribute}


def test_full_names_under_the_word_name_are_full_names() -> None:
    assert taken(ชื่อ=NAMES)["ชื่อ"] == "full_name"
    assert taken(ชื่อ=["สมศรี", "บุญมา"], สกุล=["ใจงาม", "แก้วคำ"]) == {"ชื่อ": "given_name", "สกุล": "family_name"}


def test_values_alone_give_away_ids_names_and_pins() -> None:
    found = taken(A=IDS, B=NAMES, C=["18.2126, 99.3823", "18.2001, 99.3900"], D=["ก", "ข"])
    assert found == {"A": "cid", "B": "full_name", "C": "point", "D": ""}


def test_zeros_and_ones_under_education_are_the_poverty_list_not_schooling() -> None:
    assert taken(การศึกษา=["0", "1", "0"])["การศึกษา"] == "tpmap_education"
    assert taken(การศึกษา=["ป.4", "ม.6", "ปริญญาตรี"])["การศึกษา"] == "education"


def test_a_phone_behind_the_caregiver_is_the_caregivers() -> None:
    columns: dict[str, list[object]] = {
        "ชื่อ-สกุล": list(NAMES),
        "ผู้ดูแลหลัก": list(NAMES),
        "เกี่ยวข้องเป็น": ["บุตร"],
        "เบอร์โทร": ["0812345678"],
    }
    assert taken(**columns) == {
        "ชื่อ-สกุล": "full_name", "ผู้ดูแลหลัก": "caregiver_name", "เกี่ยวข้องเป็น": "", "เบอร์โทร": "caregiver_phone",
    }  # fmt: skip


def test_the_heads_name_beside_the_persons_own_is_left_out() -> None:
    found = taken(ชื่อ=["สมศรี"], นามสกุล=["ใจงาม"], ชื่อหัวหน้าครัวเรือน=["นายบุญมา แก้วคำ"])
    assert found["ชื่อหัวหน้าครัวเรือน"] == ""


def test_one_attribute_is_given_to_the_best_column_only() -> None:
    found = taken(**{"เลขประจำตัวประชาชน": IDS, "เลขบัตร": ["1", "2"]})
    assert found["เลขประจำตัวประชาชน"] == "cid"
    assert found["เลขบัตร"] != "cid"


def test_spacing_does_not_make_another_layout() -> None:
    assert signature(["ชื่อ - สกุล", "อายุ (ปี)"]) == signature(["ชื่อ-สกุล", "อายุ(ปี)"])
    assert signature(["ชื่อ-สกุล"]) != signature(["อายุ"])


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("ทะเบียนราษฎร (ท.ร.14) หมู่ที่ 2", "civil_register"),
        ("บัญชีรายชื่อผู้มีสิทธิรับเงินเบี้ยยังชีพผู้สูงอายุ ประจำเดือน ตุลาคม 2569", "old_age_payees"),
        ("บัญชีรายชื่อผู้มีสิทธิรับเงินเบี้ยความพิการ", "disability_payees"),
        ("ทะเบียนคนพิการ ตำบลเกาะคา", "disability_register"),
        ("ทะเบียนผู้ที่มีภาวะพึ่งพิง รพ.สต.เกาะคา", "bedridden_list"),
        ("แบบสำรวจครัวเรือน โดย อสม.", "volunteer_survey"),
        ("รายชื่อคนจนเป้าหมาย TPMAP ปี 2569", "tpmap"),
        ("รายชื่อผู้เข้าอบรม", "other_list"),
    ],
)
def test_the_title_tells_what_a_list_means(title: str, kind: str) -> None:
    assert guess_kind([title], [], []).kind == kind


def test_the_guess_says_which_words_gave_it_away() -> None:
    assert "เบี้ยยังชีพผู้สูงอายุ" in guess_kind(["เบี้ยยังชีพผู้สูงอายุ"], [], []).words


def test_the_yearly_survey_of_basic_needs_is_known_by_its_numbered_columns() -> None:
    results: list[object] = ["ผ่าน", "ไม่ผ่าน", "ไม่เข้าเกณฑ์"]
    columns = {"จปฐ.1": results, "จปฐ. ข้อ 11": results, "ตัวชี้วัดที่ 31": results, "อาชีพ": ["ทำนา", "รับจ้าง", "ค้าขาย"]}

    assert list(taken(**columns).values()) == ["jpt31_01", "jpt31_11", "jpt31_31", "occupation_kind"]
    assert guess_kind(["ผลการสำรวจข้อมูล จปฐ. ปี 2569"], columns, ["jpt31_01"]).kind == "bmn_survey"


def test_ones_and_zeros_of_an_indicator_are_not_guessed() -> None:
    """The จปฐ. form writes 1 for passed, lists of TPMAP write 1 for failed."""
    assert taken(**{"ตัวชี้วัดที่ 9": ["1", "0", "1"]}) == {"ตัวชี้วัดที่ 9": ""}


@pytest.mark.parametrize(
    ("header", "attribute"),
    [
        ("ตกเกณฑ์ตัวชี้วัดที่ 4", "fails_jpt31_04"),
        ("ตกเกณฑ์ ข้อ 22", "fails_jpt31_22"),
        ("ไม่ผ่านตัวชี้วัดที่ 31", "fails_jpt31_31"),
        ("ผ่านเกณฑ์ตัวชี้วัดที่ 4", "passes_jpt31_04"),
        ("ผ่าน จปฐ. 12", "passes_jpt31_12"),
    ],
)
def test_the_name_of_a_column_of_flags_tells_what_its_1_means(header: str, attribute: str) -> None:
    assert taken(**{header: ["1", "0", "", "-"]})[header] == attribute


def test_a_column_of_flags_that_does_not_tell_is_none() -> None:
    assert not taken(**{"ตัวชี้วัดที่ 4": ["1", "0", "1"]})["ตัวชี้วัดที่ 4"].startswith(("fails_", "passes_"))
