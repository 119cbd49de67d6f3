"""List 5: the health station's list of those who keep to bed or house: two tables on one sheet, kept by hand."""

from datetime import date
from pathlib import Path
from random import Random

from mudmai.site.demo.boundaries import AMPHOE, PROVINCE, TAMBON, VILLAGES
from mudmai.site.demo.errors import Slips
from mudmai.site.demo.files.sheets import INVENTED, Book, Sheet, workbook
from mudmai.site.demo.town import Town
from mudmai.site.demo.town.numbers import mobile
from mudmai.site.demo.town.persons import Care, House, Person
from mudmai.site.demo.truth import Truth
from mudmai.site.demo.wording import dashed_cid, long_date

BEDRIDDEN_UP_TO = 4  # ADL 0-4 keeps to the bed, 5-11 to the house (Barthel ADL, Thai groups)
HEAD = (
    "ที่", "ชื่อ-สกุล (ชื่อเล่น)", "เลขบัตร ปชช.", "อายุ", "ที่อยู่",
    "ADL", "โรค/อาการ", "ผู้ดูแลหลัก", "เบอร์โทร", "อสม./CG ที่ดูแล",
    "หมายเหตุ",
)  # fmt: skip
WIDTHS = (5, 34, 20, 14, 34, 6, 26, 26, 24, 26, 20)
SIGNERS = (
    ("ผู้รายงาน", "นางสาวตัวอย่าง สาธิต", "พยาบาลวิชาชีพ (ผู้จัดการการดูแล)"),
    ("ผู้รับรอง", "นายสมมุติ ตัวอย่าง", "ผู้อำนวยการ รพ.สต."),
)
REMARKS = ("", "", "", "ใช้ผ้าอ้อมผู้ใหญ่", "มีแผลกดทับ", "ใส่สายให้อาหาร", "ขอเตียงผู้ป่วย", "ย้ายไปอยู่กับลูกช่วงกลางวัน", "รอประเมินซ้ำ")


def write_bedridden(town: Town, path: Path, truth: Truth, rng: Random) -> None:
    """Write the list as of two weeks before the newer civil register."""
    slips = Slips(rng, "bedridden")
    day = bedridden_on(town)
    with workbook(path, truth, day) as book:
        sheet = book.sheet("ติดบ้านติดเตียง", WIDTHS)
        writer = _List(town, book, sheet, slips, day)
        sheet.titles(f"ทะเบียนผู้ที่มีภาวะพึ่งพิง รพ.สต.{TAMBON} (สมมติ) ณ {long_date(day)}", INVENTED)
        sheet.row += 1
        writer.table("ตารางที่ 1 กลุ่มติดเตียง (ADL 0-4 คะแนน)", range(0, BEDRIDDEN_UP_TO + 1))
        sheet.row += 2
        writer.table("ตารางที่ 2 กลุ่มติดบ้าน (ADL 5-11 คะแนน)", range(BEDRIDDEN_UP_TO + 1, 12))
        sheet.signatures(SIGNERS)


def bedridden_on(town: Town) -> date:
    return town.newer_register_on.replace(month=9, day=15)


class _List:
    def __init__(self, town: Town, book: Book, sheet: Sheet, slips: Slips, day: date):
        self.town, self.book, self.sheet, self.slips, self.day = town, book, sheet, slips, day
        self.rng = slips.rng

    def table(self, title: str, scores: range) -> None:
        """One table with its own header, and a subtotal row per village."""
        self.sheet.page.write_string(self.sheet.row, 0, title, self.book.formats["bare"])
        self.sheet.row += 1
        self.sheet.line(HEAD, "header")
        count = 0
        for village in VILLAGES:
            here = [(p, c) for p, c in self._patients() if p.house_on(self.day).moo == village.moo and c.adl in scores]
            for person, care in here:
                count += 1
                self._row(count, person, care)
            if here:
                total = f"รวม หมู่ {village.moo} จำนวน {len(here)} ราย"
                self.sheet.line([None, total, *[None] * (len(HEAD) - 2)], "total")

    def _patients(self) -> list[tuple[Person, Care]]:
        return [(p, p.care) for p in self.town.people if p.care and p.is_here(self.day)]

    def _row(self, count: int, person: Person, care: Care) -> None:
        slips, house = self.slips, person.house_on(self.day)
        cid = slips.cid(person)
        if len(cid) == 13 and self.rng.random() < 0.5:
            cid = dashed_cid(cid)
        name = f"{slips.full_name(person, self.day)}{self._nickname(person)}"
        carer, phone = self._carer(house, person)
        values = [count, name, cid, self._age(person), self._address(house), care.adl, care.diagnosis, carer, phone]
        self.sheet.line(
            [*values, care.visited_by, self.rng.choice(REMARKS)], styles={2: "text", 0: "centre", 5: "centre"}
        )
        self.book.truth.note(self.book.path.name, self.sheet.name, self.sheet.row, person, house, slips.taken())

    def _nickname(self, person: Person) -> str:
        if self.rng.random() < 0.35:
            return ""
        old = person.age_on(self.day) >= 60
        kin = (("ยาย", "แม่อุ้ย") if person.sex == "F" else ("ตา", "พ่ออุ้ย")) if old else ("",)
        return f" ({self.rng.choice(kin)}{person.nickname})"

    def _age(self, person: Person) -> object:
        age = person.age_on(self.day)
        if self.rng.random() < 0.3:
            self.slips.made("age_about")
            return f"ประมาณ {round(age, -1) if age % 10 in (1, 9) else age} ปี"
        return self.rng.choice((age, f"{age} ปี", age))

    def _address(self, house: House) -> str:
        if self.slips.happens("moo_missing"):
            return f"{house.house_no} ต.{TAMBON}"
        soi = f" {house.soi.replace('ซอย', 'ซ.')}" if house.soi else ""
        forms = (
            f"{house.house_no} ม.{house.moo}{soi} ต.{TAMBON} อ.{AMPHOE} จ.{PROVINCE}",
            f"{house.house_no} หมู่ {house.moo}{soi} ต.{TAMBON}",
            f"บ้านเลขที่ {house.house_no} หมู่ที่ {house.moo} ตำบล{TAMBON}",
            f"{house.house_no} ม.{house.moo}",
        )
        return self.rng.choice(forms)

    def _carer(self, house: House, person: Person) -> tuple[str, str]:
        able = [p for p in self.town.living(house, self.day) if p is not person and 18 <= p.age_on(self.day) < 82]
        if not able:
            return self.rng.choice(("ไม่มี", "ญาติข้างบ้าน", "-")), house.phone and _spaced(house.phone)
        carer = next((p for p in able if p is person.spouse), able[-1])
        first = _spaced(carer.phone or mobile(self.rng))
        second = f", {_spaced(house.phone)}" if house.phone and self.rng.random() < 0.4 else ""
        return carer.full_name_on(self.day), first + second


def _spaced(phone: str) -> str:
    return f"{phone[:3]}-{phone[3:6]}-{phone[6:]}" if len(phone) == 10 else f"{phone[:3]}-{phone[3:]}"
