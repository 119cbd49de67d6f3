"""List 10: whom the local health fund (กปท.) looks after: care plans that it approved, and diapers that it gives."""

from pathlib import Path
from random import Random

from mudmai.site.demo.boundaries import AMPHOE, PROVINCE, TAMBON
from mudmai.site.demo.errors import Slips
from mudmai.site.demo.files.sheets import INVENTED, workbook
from mudmai.site.demo.town import Town
from mudmai.site.demo.truth import Truth
from mudmai.site.demo.wording import long_date, slash_date

HEAD = (
    "ลำดับ", "เลขประจำตัวประชาชน", "ชื่อ-สกุล", "บ้านเลขที่", "หมู่ที่", "ADL", "วันที่อนุมัติ Care plan", "ได้รับผ้าอ้อม", "CG ผู้ดูแล",
)  # fmt: skip
WIDTHS = (6, 20, 28, 10, 7, 6, 16, 12, 26)


def write_long_term_care(town: Town, path: Path, truth: Truth, rng: Random) -> None:
    """Write the fund's list of the month of the newer register."""
    slips = Slips(rng, "ltc")
    day = town.newer_register_on
    with workbook(path, truth, day) as book:
        sheet = book.sheet("LTC", WIDTHS)
        sheet.titles(
            f"ทะเบียนผู้มีภาวะพึ่งพิง กองทุนหลักประกันสุขภาพท้องถิ่น (กปท.) ณ วันที่ {long_date(day)}",
            f"ตำบล{TAMBON} อำเภอ{AMPHOE} จังหวัด{PROVINCE}",
            INVENTED,
        )
        sheet.line(HEAD, "header")
        count = 0
        for person in town.people:
            care = person.care
            if care is None or not person.is_here(day) or not (care.plan_on or care.diapers):
                continue
            count += 1
            house = person.house_on(day)
            plan = slash_date(care.plan_on) if care.plan_on and care.plan_on <= day else ""
            told = [slips.cid(person), slips.full_name(person, day), house.house_no, house.moo, care.adl]
            diapers = "ได้รับ" if care.diapers else "ไม่ได้รับ"
            sheet.line(
                [count, *told, plan, diapers, care.visited_by], styles={0: "centre", 1: "text", 3: "text", 5: "centre"}
            )
            truth.note(path.name, "LTC", sheet.row, person, house, slips.taken())
