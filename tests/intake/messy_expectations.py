"""What a person sees in the files of `messy_excel`: written by eye, from the sheets themselves.

Per file and sheet: header rows (first, last), first and last row of data, how many rows of data. Sheet rows from 1;
header (0, 0) means that the sheet has rows but no header. Sheets without anything on them have no entry.
"""

from typing import NamedTuple


class Seen(NamedTuple):
    header: tuple[int, int]
    first: int
    last: int
    rows: int


# Basic Minimum Needs: 42 indicators under a header of three rows (merged cells, or the same look without merging).
_BMN = Seen((1, 3), 4, 45, 42)
# Crimes by province, 77 rows under two header rows; no total.
_CRIME = Seen((2, 3), 4, 80, 77)
# A register of expenses: two rows and their sum, no header at all.
_NO_HEADER = Seen((0, 0), 1, 2, 2)

MESSY: dict[str, dict[str, Seen]] = {
    "alien_workers_3_sheets.xls": {
        "ต่างด้าว50": Seen((2, 3), 4, 79, 76),  # row 80 is the total
        "ถูกกฎหมาย": Seen((2, 2), 3, 43, 41),  # row 44 is the total; below it only blanks typed in column G
        "ผิดกฎหมาย": Seen((2, 2), 3, 27, 25),
    },
    "bmn_krabi_2554.xls": {"กระบี่": _BMN},
    "bmn_lampang_2554.xls": {"ลำปาง": _BMN},
    "bmn_lamphun_2554.xls": {"ลำพูน": _BMN},
    "bmn_nakhonsawan_2554.xls": {"นครสวรรค์": _BMN},
    "bmn_phayao_typo_sheetname.xls": {"พระเยา": _BMN},
    "bmn_prachuap_typo_sheetname.xls": {"ประจวบศรัขันธ์": _BMN},
    "bmn_songkhla_2554.xls": {"สงขลา": _BMN},
    "bmn_suratthani_2554.xls": {"สุราษฎร์ธานี": _BMN},
    "bmn_udon_typo_sheetname.xls": {"อุครธานี": _BMN},
    "bmn_unlabelled_Sheet1_2550.xls": {"Sheet1": _BMN},
    "crime_by_province_4_sheets.xls": {
        "อุกฉกรรจ์": _CRIME,
        "ชีวิต ร่างกาย": _CRIME,
        "ประทุษร้ายต่อทรัพย์": _CRIME,
        "คดีที่น่าสนใจ": _CRIME,
        "รัฐเป็นผู้เสียหาย": _CRIME,
    },
    # A web page: the first row of its table holds two small tables with the titles.
    "disabled_service_HTML_as_xls_win874.xls": {"สถิติผู้รับบริการ": Seen((2, 2), 3, 24, 22)},
    "elder_inmates_2551_3row_header.xls": {"Sheet1": Seen((2, 4), 5, 143, 139)},  # total 144, notes 146-148
    # The names of the first columns are merged down to row 9.
    "flood_2551_multi_sheet.xls": {
        "ครั้งที่ 1": Seen((2, 9), 10, 31, 22),
        "ครั้งที่ 2": Seen((2, 9), 10, 16, 7),
        "ครั้งที่ 3": Seen((2, 9), 10, 11, 2),
        "ครั้งที่ 4": Seen((2, 9), 10, 44, 35),
        "ครั้งที่ 5": Seen((2, 9), 10, 33, 24),
        "ครั้งที่ 6": Seen((2, 9), 10, 19, 10),
    },
    # A form: one example row, 76 rows with only the province; source and warning in 84-85.
    "mental_health_template_with_hints.xls": {"Sheet1": Seen((3, 5), 6, 82, 77)},
    "olderfund.xlsx": {"Sheet1": Seen((2, 2), 3, 79, 77), "Sheet2": _NO_HEADER},
    "olderfund_xlsx_named_xls.xls": {"Sheet1": Seen((2, 2), 0, 0, 0), "Sheet2": _NO_HEADER},
    "poor_by_age_wide.xls": {"CrossTab_2R2C": Seen((5, 6), 7, 17, 9)},  # subtotals "รวม" in 10, 14 and 18
    # Two totals, "รวมชาย" (88) and "รวมหญิง" (170); the regions between the provinces look like any other row.
    "poor_province_2549-51_merged.xls": {"CrossTab_2R2C": Seen((5, 6), 7, 169, 162)},
    # 76 provinces; subtotals in 8, 34, 52, 72, 87 and the whole country in 88.
    "poverty_line_by_province_wide.xls": {"CrossTab_2R2C": Seen((5, 6), 7, 86, 76)},
    "storm_subtotals.xls": {"51": Seen((2, 8), 10, 74, 65)},
    "uc_health_60-64_bilingual_header.xls": {"60-64 ปี": Seen((3, 9), 10, 88, 79)},
    "unemployment_blank_template.xls": {"Form": Seen((3, 3), 4, 77, 74)},  # a form: only number and province
    "work_injury_two_row_header.xls": {"54": Seen((3, 5), 6, 82, 77)},  # total 83, notes 85-93
}
