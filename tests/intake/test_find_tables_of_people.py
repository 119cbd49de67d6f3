"""Lists of people as sub-district offices write them: where the rows are, and what everything else is."""

from tests.intake.sheets import HEADER, NAMES, left, names, people, person, table, tables

TITLE = "บัญชีรายชื่อผู้มีสิทธิรับเงินเบี้ยยังชีพผู้สูงอายุ ประจำเดือน ตุลาคม 2569"


def test_titles_above_the_header_are_kept() -> None:
    found = table([TITLE], ["หมู่ที่ 3 บ้านดอนแก้ว ตำบลเกาะคา"], [], list(HEADER), *people(*NAMES))
    assert found.titles == [TITLE, "หมู่ที่ 3 บ้านดอนแก้ว ตำบลเกาะคา"]
    assert found.header_rows == (4, 4)
    assert [column.header for column in found.columns] == HEADER
    assert [row.number for row in found.rows] == [5, 6, 7, 8, 9]


def test_a_line_of_settings_above_the_header_is_a_title() -> None:
    settings: list[object] = ["ตำบล", "เกาะคา", "อำเภอ", "เกาะคา", "จังหวัด", "ลำปาง", ""]
    found = table(settings, list(HEADER), *people(*NAMES))
    assert (found.header_rows, found.title_rows) == ((2, 2), [1])
    numbered: list[object] = ["หมู่ที่", 3, "ตำบล", "เกาะคา"]
    found = table(numbered, list(HEADER), *people(*NAMES))
    assert (found.header_rows, found.titles) == ((2, 2), ["หมู่ที่ 3 ตำบล เกาะคา"])


def test_headings_between_rows_are_the_context_of_the_rows_below() -> None:
    found = table(
        list(HEADER),
        ["ตำบลเกาะคา"],
        ["หมู่ที่ 3 บ้านดอนแก้ว"],
        *people(*NAMES[:2]),
        ["หมู่ที่ 4 บ้านหนองจอก", "", "", "", "", "", ""],
        *people(*NAMES[2:]),
        ["ตำบลท่าผา"],
        *people(NAMES[0]),
    )
    assert [row.context for row in found.rows] == [
        *[("ตำบลเกาะคา", "หมู่ที่ 3 บ้านดอนแก้ว")] * 2,
        *[("ตำบลเกาะคา", "หมู่ที่ 4 บ้านหนองจอก")] * 3,
        ("ตำบลท่าผา",),
    ]
    assert left(found) == [(2, 2, "group"), (3, 3, "group"), (6, 6, "group"), (10, 10, "group")]


def test_a_merged_heading_needs_no_known_word() -> None:
    found = table(
        list(HEADER),
        ["กลุ่มติดเตียง", "", "", "", "", "", ""],
        *people(*NAMES[:3]),
        merged=[(1, 0, 1, 6)],
    )
    assert found.rows[0].context == ("กลุ่มติดเตียง",)


def test_totals_notes_and_signatures_are_left_out() -> None:
    found = table(
        list(HEADER),
        *people(*NAMES[:2]),
        ["", "", "รวม", 2, "คน"],
        *people(*NAMES[2:]),
        ["รวมทั้งสิ้น", "", 5, "ราย", "เป็นเงิน", 3500, "บาท"],
        [],
        ["หมายเหตุ : ข้อมูล ณ วันที่ 1 ตุลาคม 2569"],
        ["", "ผู้ที่ย้ายออกให้แจ้งภายใน 15 วัน"],
        [],
        ["", "", "", "ลงชื่อ.......................................ผู้จัดทำ"],
        ["", "", "", "(นางสาวตัวอย่าง สมมุติ)"],
        ["", "", "", "นักพัฒนาชุมชน"],
    )
    assert names(found) == list(NAMES)
    assert left(found) == [
        (4, 4, "subtotal"),
        (8, 8, "total"),
        (10, 11, "note"),
        (13, 15, "signature"),
    ]


def test_signatures_beside_each_other_are_no_table() -> None:
    found = table(
        list(HEADER),
        *people(*NAMES),
        ["รวมหมู่ที่ ๘ บ้านทุ่งเจริญ", "", "", "", "", 3, ""],
        ["รวมทั้งสิ้น ๕ ราย", "", "", "", "", 5, ""],
        [],
        ["ลงชื่อ............................ผู้จัดทำ", "", "", "ลงชื่อ............................ผู้ตรวจสอบ"],
        ["(นางสาวสมมติ ตัวอย่าง)", "", "", "(นายสมมุติ สาธิต)"],
        ["นักพัฒนาชุมชน", "", "", "ปลัดเทศบาล"],
    )
    assert left(found) == [(7, 7, "subtotal"), (8, 8, "total"), (10, 12, "signature")]


def test_a_person_called_total_stays() -> None:
    found = table(
        ["คำนำหน้า", "ชื่อ", "สกุล", "อายุ", "เลขบัตร"],
        ["นาย", "รวม", "ใจดี", 71, "1520300000119"],
        ["นาง", "รวมพร", "แก้วมา", 68, ""],
        ["", "รวม", "", 2, ""],
    )
    assert [row.number for row in found.rows] == [2, 3]
    assert left(found) == [(4, 4, "total")]


def test_headers_and_titles_repeated_on_each_page_are_left_out() -> None:
    found = table(
        [TITLE],
        list(HEADER),
        *people(*NAMES[:2]),
        [],
        [TITLE],
        list(HEADER),
        *people(*NAMES[2:]),
    )
    assert names(found) == list(NAMES)
    assert left(found) == [(6, 6, "repeated_title"), (7, 7, "repeated_header")]


def test_as_above_is_filled_in_and_said() -> None:
    first = person(1, NAMES[0], house="99/1")
    second = person(2, NAMES[1], house="”", moo="เหมือนบน")
    third = person(3, NAMES[2], house='"', moo="″")
    found = table(list(HEADER), first, second, third)
    assert [(row.cells[4], row.cells[5]) for row in found.rows] == [("99/1", 3)] * 3
    assert [row.copied for row in found.rows] == [(), (4, 5), (4, 5)]
    assert second[4] == "”", "the sheet itself stays as it was"


def test_merged_house_numbers_reach_down_to_everyone_in_the_house() -> None:
    rows = [person(i, name, house="99/1" if i == 1 else "") for i, name in enumerate(NAMES[:3], 1)]
    found = table(list(HEADER), *rows, person(4, NAMES[3], house="7"), merged=[(1, 4, 3, 4)])
    assert [row.cells[4] for row in found.rows] == ["99/1", "99/1", "99/1", "7"]


def test_a_header_of_two_rows_without_merged_cells() -> None:
    found = table(
        ["ลำดับ", "ชื่อ-สกุล", "ที่อยู่", "", "", "โทรศัพท์"],
        ["", "", "บ้านเลขที่", "หมู่ที่", "ตำบล", ""],
        [1, NAMES[0], "12/3", "ดอนแก้ว", "เกาะคา", "081-234-5678"],
        [2, NAMES[1], "4", "ดอนแก้ว", "เกาะคา", "089-000-0000"],
    )
    assert found.header_rows == (1, 2)
    assert [column.header for column in found.columns] == [
        "ลำดับ",
        "ชื่อ-สกุล",
        "ที่อยู่ › บ้านเลขที่",
        "ที่อยู่ › หมู่ที่",
        "ที่อยู่ › ตำบล",
        "โทรศัพท์",
    ]


def test_a_merged_header_of_two_rows_over_text_only() -> None:
    found = table(
        ["ชื่อ", "สกุล", "ที่อยู่", "", ""],
        ["", "", "หมู่บ้าน", "ตำบล", "อำเภอ"],
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        ["สมศรี", "ใจงาม", "บ้านดอนแก้ว", "เกาะคา", "เกาะคา"],
        ["บุญมา", "แก้วคำ", "บ้านหนองจอก", "ท่าผา", "เกาะคา"],
        merged=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 4)],
    )
    assert found.header_rows == (1, 3)
    assert [column.header for column in found.columns][1:3] == ["สกุล", "ที่อยู่ › หมู่บ้าน"]
    assert [row.number for row in found.rows] == [4, 5]


def test_a_list_of_text_only_has_the_right_first_row() -> None:
    found = table(
        ["ชื่อ", "นามสกุล", "หมู่บ้าน", "ประเภทความพิการ"],
        ["สมศรี", "ใจงาม", "ดอนแก้ว", "ทางการเห็น"],
        ["บุญมา", "แก้วคำ", "ดอนแก้ว", "ทางการเคลื่อนไหว"],
    )
    assert (found.header_rows, [row.number for row in found.rows]) == ((1, 1), [2, 3])


def test_a_list_without_header_loses_nobody() -> None:
    found = table(*people(*NAMES))
    assert (found.header_rows, len(found.rows), found.remarks) == ((0, 0), 5, ["no_header"])


def test_two_tables_below_each_other() -> None:
    first, second = tables(
        ["ผู้สูงอายุ"],
        list(HEADER),
        *people(*NAMES[:3]),
        [],
        ["ผู้พิการ หมู่ที่ 3"],
        ["ลำดับ", "ชื่อ-สกุล", "ประเภทความพิการ", "อายุ"],
        [1, NAMES[3], "ทางการเห็น", 40],
        [2, NAMES[4], "ทางการได้ยิน", 51],
    )
    assert (first.header_rows, len(first.rows), first.titles) == ((2, 2), 3, ["ผู้สูงอายุ"])
    assert (second.header_rows, len(second.rows), second.titles) == ((8, 8), 2, ["ผู้พิการ หมู่ที่ 3"])


def test_two_tables_beside_each_other() -> None:
    pair = ["ลำดับ", "ชื่อ-สกุล", "อายุ"]
    right_only: list[object] = ["", "", "", "", 3, NAMES[4], 66]
    found = tables(
        [*pair, "", *pair],
        [1, NAMES[0], 71, "", 1, NAMES[2], 80],
        [2, NAMES[1], 65, "", 2, NAMES[3], 77],
        right_only,
    )
    assert [names(part) for part in found] == [list(NAMES[:2]), list(NAMES[2:])]


def test_a_note_beside_the_table_is_no_column() -> None:
    rows = people(*NAMES)
    rows[1] += ["", "", "สีแดง = เสียชีวิต"]
    found = table(list(HEADER), *rows)
    assert [column.header for column in found.columns] == HEADER
    assert left(found) == [(3, 3, "beside")]
    assert found.left[0].text == "สีแดง = เสียชีวิต"
    assert len(found.rows) == 5


def test_numbered_lines_of_a_form_that_is_not_filled_in() -> None:
    found = table(list(HEADER), *people(*NAMES[:2]), [3, "", "", "", "", "", ""], [4, "", "", "", "", "", ""])
    assert len(found.rows) == 2
    assert left(found) == [(4, 5, "numbered_blank")]


def test_people_after_a_blank_row_are_still_people() -> None:
    found = table(list(HEADER), *people(*NAMES[:2]), [], [], *people(*NAMES[2:]))
    assert names(found) == list(NAMES)
    assert [(part.first, part.last) for part in found.left] == [(4, 5)]


def test_a_person_of_whom_only_the_name_is_known_stays() -> None:
    only_name: list[object] = ["", "", "นายไม่ทราบ ที่อยู่", "", "", "", ""]
    found = table(list(HEADER), *people(*NAMES[:2]), only_name, *people(*NAMES[2:]))
    assert len(found.rows) == 6


def test_thai_digits_are_numbers_too() -> None:
    found = table(
        ["ที่", "รายนาม", "อายุ (ปี)", "จำนวนเงิน"],
        ["๑", "สมศรี ใจงาม", "๗๑", "๗๐๐"],
        ["๒", "บุญมา แก้วคำ", "๘๐", "๘๐๐"],
        ["รวม", "", "", "๑,๕๐๐"],
    )
    assert [row.number for row in found.rows] == [2, 3]
    assert left(found) == [(4, 4, "total")]


def test_a_list_of_one_column() -> None:
    found = table(["เลขประจำตัวประชาชน"], ["1520300000119"], ["1520300000127"])
    assert (found.header_rows, len(found.rows)) == ((1, 1), 2)


def test_a_blank_form_has_a_header_and_says_that_it_has_no_rows() -> None:
    found = table([TITLE], list(HEADER))
    assert (found.header_rows, found.rows, found.remarks) == ((2, 2), [], ["no_rows"])


def test_a_blank_sheet_has_no_tables() -> None:
    assert tables() == []
    assert tables([], ["", " "], []) == []
