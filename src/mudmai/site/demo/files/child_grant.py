"""List 9: the children for whom the newborn grant is paid this month, with the parent who gets it."""

from datetime import date
from pathlib import Path
from random import Random

from mudmai.site.demo.boundaries import AMPHOE, PROVINCE, TAMBON
from mudmai.site.demo.errors import Slips
from mudmai.site.demo.files.sheets import INVENTED, workbook
from mudmai.site.demo.town import Town
from mudmai.site.demo.town.persons import House, Person
from mudmai.site.demo.truth import Truth
from mudmai.site.demo.wording import MONTHS, buddhist, slash_date

AMOUNT = 600
SIX_YEARS = 6
HEAD = (
    "ที่", "เลขประจำตัวประชาชน", "ชื่อ - สกุล เด็ก", "วันเดือนปีเกิด", "บ้านเลขที่", "หมู่ที่", "ชื่อผู้ปกครอง", "จำนวนเงิน (บาท)", "หมายเหตุ",
)  # fmt: skip
WIDTHS = (6, 20, 28, 14, 10, 7, 28, 12, 18)
SIGNERS = (
    ("ผู้จัดทำ", "นางสาวสมมติ ตัวอย่าง", "นักพัฒนาชุมชนปฏิบัติการ"),
    ("ผู้ตรวจสอบ", "นายสมมุติ สาธิต", "ปลัดเทศบาล"),
)


def write_child_grant(town: Town, path: Path, truth: Truth, rng: Random) -> None:
    """Write the payees of the month of the newer register."""
    slips = Slips(rng, "child_grant")
    day = town.newer_register_on
    with workbook(path, truth, day) as book:
        sheet = book.sheet("เด็กแรกเกิด", WIDTHS)
        sheet.titles(
            f"บัญชีรายชื่อผู้มีสิทธิรับเงินอุดหนุนเพื่อการเลี้ยงดูเด็กแรกเกิด ประจำเดือน {MONTHS[day.month - 1]} {buddhist(day)}",
            f"ตำบล{TAMBON} อำเภอ{AMPHOE} จังหวัด{PROVINCE}",
            INVENTED,
        )
        sheet.line(HEAD, "header")
        for number, (child, house) in enumerate(_children(town, day), 1):
            birth = slash_date(child.birth)
            told = [slips.cid(child), slips.full_name(child, day), birth, house.house_no, house.moo]
            parent = child.mother or child.father
            carer = parent.full_name_on(day) if parent else ""
            sheet.line([number, *told, carer, AMOUNT, ""], styles={0: "centre", 1: "text", 4: "text", 7: "money"})
            truth.note(path.name, "เด็กแรกเกิด", sheet.row, child, house, slips.taken())
        sheet.signatures(SIGNERS)


def _children(town: Town, day: date) -> list[tuple[Person, House]]:
    here = [p for p in town.people if p.child_grant and p.is_here(day) and p.age_on(day) < SIX_YEARS]
    return sorted(((p, p.house_on(day)) for p in here), key=lambda told: (told[1].moo, told[1].number, told[0].number))
