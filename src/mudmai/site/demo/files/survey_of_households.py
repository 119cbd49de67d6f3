"""List 8: the yearly survey of every household (จปฐ., the set of 31), a row per person who lives there."""

from datetime import date
from pathlib import Path
from random import Random

from mudmai.site.demo.boundaries import AMPHOE, PROVINCE, TAMBON
from mudmai.site.demo.errors import Slips
from mudmai.site.demo.files.sheets import INVENTED, workbook
from mudmai.site.demo.town import Town
from mudmai.site.demo.town.living import OF_HOUSE
from mudmai.site.demo.town.persons import House, Person
from mudmai.site.demo.truth import Truth
from mudmai.site.demo.wording import buddhist, long_date, slash_date

INDICATORS = range(1, 32)
ASKED = 0.97  # of the houses in which somebody lives
INCOME_TOLD = 0.95
HEAD = (
    "ลำดับ", "บ้านเลขที่", "หมู่ที่", "เลขประจำตัวประชาชน", "ชื่อ-สกุล", "วันเดือนปีเกิด", "อาชีพ",
    "บัตรสวัสดิการแห่งรัฐ", "รายได้เฉลี่ยต่อคนต่อปี (บาท)", *(f"จปฐ.{number}" for number in INDICATORS),
)  # fmt: skip
WIDTHS = (6, 10, 7, 18, 28, 13, 16, 12, 14, *([7] * len(INDICATORS)))
STYLES = {0: "centre", 1: "text", 3: "text", 8: "money"}
WORDS = {True: "ผ่าน", False: "ไม่ผ่าน", None: "-"}


def write_household_survey(town: Town, path: Path, truth: Truth, rng: Random) -> None:
    """Write the answers of the survey of spring; an indicator that fits nobody is '-'."""
    slips = Slips(rng, "bmn")
    day = household_survey_on(town)
    with workbook(path, truth, day) as book:
        sheet = book.sheet("จปฐ.", WIDTHS)
        sheet.titles(
            f"ผลการสำรวจข้อมูลความจำเป็นพื้นฐาน (จปฐ.) ปี {buddhist(day)} ตำบล{TAMBON} อำเภอ{AMPHOE} จังหวัด{PROVINCE}",
            f"ข้อมูล ณ วันที่ {long_date(day)} {INVENTED}",
        )
        sheet.line(HEAD, "header")
        count = 0
        for house in town.houses:
            people = town.living(house, day)
            if not house.found or not people or rng.random() >= ASKED:
                continue
            income: object = house.income if rng.random() < INCOME_TOLD else ""
            for person in people:
                count += 1
                sheet.line([count, *_values(person, house, income, day, slips)], styles=STYLES)
                truth.note(path.name, "จปฐ.", sheet.row, person, house, slips.taken())


def household_survey_on(town: Town) -> date:
    """The last day of the survey."""
    return town.newer_register_on.replace(month=4, day=30)


def _values(person: Person, house: House, income: object, day: date, slips: Slips) -> list[object]:
    results = {**person.found, **{number: house.found[number] for number in OF_HOUSE}}
    birth = slips.birth(person)
    told = [house.house_no, house.moo, slips.cid(person), slips.full_name(person, day)]
    told.append(birth if isinstance(birth, str) else slash_date(birth))
    card = "มี" if person.welfare_card else "ไม่มี"
    return [*told, person.job, card, income, *(WORDS[results.get(number)] for number in INDICATORS)]
