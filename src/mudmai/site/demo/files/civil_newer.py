"""List 7: the civil register of this year, all villages on one sheet, from another program with other habits."""

from datetime import date
from pathlib import Path
from random import Random

from mudmai.site.demo.boundaries import AMPHOE, PROVINCE, TAMBON
from mudmai.site.demo.errors import Slips, house_no_as_date
from mudmai.site.demo.files.civil import ALIEN_REGISTER
from mudmai.site.demo.files.sheets import INVENTED, workbook
from mudmai.site.demo.town import Town
from mudmai.site.demo.town.persons import House, Person
from mudmai.site.demo.truth import Truth
from mudmai.site.demo.wording import buddhist, short_date

HEAD = (
    "หมู่ที่", "ตรอก/ซอย", "บ้านเลขที่", "รหัสบ้าน", "ชื่อตัว", "ชื่อสกุล", "คำนำหน้านาม", "เลขประจำตัวประชาชน", "เพศ", "วันเกิด",
    "สถานภาพในบ้าน", "สัญชาติ", "ตำบล", "อำเภอ", "จังหวัด", "หมายเหตุ",
)  # fmt: skip
WIDTHS = (7, 10, 10, 14, 18, 20, 12, 18, 7, 13, 18, 16, 12, 12, 12, 16)
STYLES = {2: "centre", 3: "number", 7: "number", 9: "date"}
# Excel turns 12/3 into a date unless the column was made text first: this clerk did so for half of the villages.
TEXT_COLUMN_MOO = (1, 3, 5, 8)


def write_newer_civil_register(town: Town, path: Path, truth: Truth, rng: Random) -> None:
    """Write the register as of `town.newer_register_on`."""
    slips = Slips(rng, "civil_newer")
    day = town.newer_register_on
    with workbook(path, truth, day) as book:
        sheet = book.sheet("Sheet1", WIDTHS)
        sheet.titles(f"รายชื่อบุคคลในทะเบียนราษฎร ณ วันที่ {short_date(day)} {INVENTED}")
        sheet.line(HEAD, "header")
        sheet.page.freeze_panes(sheet.row, 0)
        sheet.page.autofilter(1, 0, 1, len(HEAD) - 1)
        for house in town.houses:
            for person, relation in town.registered(house, day):
                number = _house_no(house, slips, day.year)
                styles = STYLES | ({2: "day_month"} if isinstance(number, date) else {})
                sheet.line(_values(person, house, relation, number, day, slips), styles=styles)
                truth.note(path.name, "Sheet1", sheet.row, person, house, slips.taken())
        book.sheet("Sheet2", (10,))


def _values(person: Person, house: House, relation: str, number: date | str, day: date, slips: Slips) -> list[object]:
    sex = "ชาย" if person.sex == "M" else "หญิง"
    # As a number an id that begins with 0 loses it; those were typed as text.
    cid = person.cid if person.cid.startswith("0") else float(person.cid)
    names = [slips.given(person, day), slips.family(person, day), person.title_on(day)]
    place = [house.moo, house.soi, number, int(house.code)]
    told = [*place, *names, cid, sex, _birth(person, slips), relation, person.nationality]
    return [*told, TAMBON, AMPHOE, PROVINCE, ALIEN_REGISTER.get(person.status, "")]


def _house_no(house: House, slips: Slips, year: int) -> date | str:
    turned = None if house.moo in TEXT_COLUMN_MOO else house_no_as_date(house.house_no, year)
    if turned is None:
        return house.house_no
    slips.made("house_no_as_date")
    return turned


def _birth(person: Person, slips: Slips) -> object:
    """A date whose year is the Buddhist one, as Excel keeps what is typed 15/3/2495; some came with the right year."""
    birth = slips.birth(person)
    if isinstance(birth, str):
        return int(birth)
    if birth.year > 1900 and slips.happens("birth_gregorian"):
        return birth
    try:
        return birth.replace(year=buddhist(birth))
    except ValueError:  # 29 February: leap years of the two calendars do not meet, so Excel leaves the text
        return f"29/2/{buddhist(birth)}"
