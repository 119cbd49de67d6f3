"""List 3: those who are paid the old-age allowance in October, village by village, with totals and signatures."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

from mudmai.site.demo.boundaries import AMPHOE, PROVINCE, TAMBON, VILLAGES, Village
from mudmai.site.demo.errors import Slips, house_no_as_date
from mudmai.site.demo.files.sheets import INVENTED, Book, Sheet, workbook
from mudmai.site.demo.town import Town
from mudmai.site.demo.town.persons import House, Person
from mudmai.site.demo.truth import Truth
from mudmai.site.demo.wording import MONTHS, MONTHS_SHORT, buddhist, slash_date, thai_digits

ENTITLED_FROM = 60
# Monthly amount below each age; Source: old-age allowance, step rates in force since 2554; reviewed 2569-11.
STEPS = ((70, 600), (80, 700), (90, 800), (200, 1000))
SIGNERS = (
    ("ผู้จัดทำ", "นางสาวสมมติ ตัวอย่าง", "นักพัฒนาชุมชนปฏิบัติการ"),
    ("ผู้ตรวจสอบ", "นายสมมุติ สาธิต", "ปลัดเทศบาล"),
    ("ผู้อนุมัติ", "นายตัวอย่าง สมมติ", "นายกเทศมนตรี"),
)
REGISTERED = 0.9  # share of the entitled who ever applied
STRIKING_OFF = timedelta(days=150)  # until then a list may carry the dead and those who have left
HEAD = (
    "ที่", "เลขประจำตัวประชาชน", "ชื่อ - สกุล", "วัน/เดือน/ปีเกิด", "อายุ (ปี)",
    "ที่อยู่", "จำนวนเงิน (บาท)", "วิธีรับเงิน", "ลายมือชื่อผู้รับเงิน", "หมายเหตุ",
)  # fmt: skip
WIDTHS = (6, 21, 30, 14, 8, 10, 8, 12, 16, 20, 18)
STYLES = {0: "centre", 1: "text", 3: "centre", 4: "centre", 5: "centre", 6: "centre", 7: "money"}


def amount_at(age: int) -> int:
    """Baht a month at an age of 60 or more."""
    return next(amount for below, amount in STEPS if age < below)


def write_allowance_payees(town: Town, path: Path, truth: Truth, rng: Random) -> None:
    """Write the payees of the month of the newer register."""
    slips = Slips(rng, "allowance")
    day = town.newer_register_on
    month = f"{MONTHS[day.month - 1]} พ.ศ. {thai_digits(buddhist(day))}"
    with workbook(path, truth, day) as book:
        sheet = book.sheet(f"{MONTHS_SHORT[day.month - 1]}{buddhist(day) % 100}", WIDTHS)
        sheet.titles(
            f"บัญชีรายชื่อผู้มีสิทธิรับเงินเบี้ยยังชีพผู้สูงอายุ ประจำเดือน {month}",
            f"ตำบล{TAMBON} อำเภอ{AMPHOE} จังหวัด{PROVINCE}",
            INVENTED,
        )
        sheet.two_row_header(HEAD, {5: ("บ้านเลขที่", "หมู่ที่")})
        _Payees(town, book, sheet, slips, day).write()


class _Payees:
    """Writes the rows and keeps the sums."""

    def __init__(self, town: Town, book: Book, sheet: Sheet, slips: Slips, day: date):
        self.town, self.book, self.sheet, self.slips, self.day = town, book, sheet, slips, day
        self.count = self.sum = 0

    def write(self) -> None:
        for village in VILLAGES:
            self._village(village)
        self._total(f"รวมทั้งสิ้น {thai_digits(f'{self.count:,}')} ราย", self.sum)
        self.sheet.signatures(SIGNERS)

    def _village(self, village: Village) -> None:
        before = self.sum
        for house, person in self._payees(village):
            self._row(house, person)
            # Someone who was written twice when the list was put together from two.
            if self.slips.rng.random() < 0.004:
                self.slips.made("duplicate")
                self._row(house, person)
        self._total(f"รวมหมู่ที่ {thai_digits(village.moo)} {village.name}", self.sum - before)

    def _payees(self, village: Village) -> list[tuple[House, Person]]:
        """Registered here, Thai, 60 or older, applied; and the few whom the office has not yet struck off."""
        long_ago = self.day - STRIKING_OFF
        payees = []
        for house in self.town.houses:
            if house.moo != village.moo:
                continue
            for person, _ in self.town.registered(house, long_ago):
                entitled = person.age_on(self.day) >= ENTITLED_FROM and person.status == "citizen"
                if entitled and self.slips.rng.random() < REGISTERED and self._still_listed(person):
                    payees.append((house, person))
        return payees

    def _still_listed(self, person: Person) -> bool:
        return person.is_here(self.day) or self.slips.rng.random() < 0.5

    def _row(self, house: House, person: Person) -> None:
        slips, day = self.slips, self.day
        self.count += 1
        if person.died_on and person.died_on <= day:
            slips.made("dead_still_listed")
        elif person.until and person.until <= day:
            slips.made("gone_still_listed")
        amount = self._amount(person)
        self.sum += amount
        birth = slips.birth(person)
        told = _written(birth, slips)
        number = self._house_no(house)
        name = slips.full_name(person, day)
        cid = _as_number(slips.cid(person, dashed=slips.rng.random() < 0.3))
        paid = slips.pick("โอนเข้าบัญชี", "โอนเข้าบัญชี", "โอนเข้าบัญชี", "โอนเข้าบัญชีผู้รับมอบ", "เงินสด")
        values = [thai_digits(self.count), cid, name, told, person.age_on(day), number, house.moo, amount, paid, ""]
        styles = STYLES | ({5: "day_month"} if isinstance(number, date) else {})
        styles |= {1: "number"} if isinstance(cid, float) else {}
        self.sheet.line([*values, self._remark(person)], styles=styles)
        self.book.truth.note(self.book.path.name, self.sheet.name, self.sheet.row, person, house, slips.taken())

    def _amount(self, person: Person) -> int:
        age = person.age_on(self.day)
        if age >= 70 and self.slips.happens("amount_stale"):
            return amount_at(age - 10)
        return amount_at(age)

    def _house_no(self, house: House) -> date | str:
        turned = house_no_as_date(house.house_no, self.day.year)
        return turned if turned and self.slips.happens("house_no_as_date") else house.house_no

    def _remark(self, person: Person) -> str:
        if person.age_on(self.day) >= ENTITLED_FROM and person.age_on(self.day - timedelta(days=365)) < ENTITLED_FROM:
            return "รายใหม่"
        return "ผู้พิการ" if person.disability and self.slips.rng.random() < 0.4 else ""

    def _total(self, words: str, amount: int) -> None:
        look = self.book.formats["total"]
        self.sheet.page.merge_range(self.sheet.row, 0, self.sheet.row, 6, words, look)
        self.sheet.cell(7, amount, "total_money")
        self.sheet.row += 1


def _written(birth: date | str, slips: Slips) -> str:
    if isinstance(birth, str):
        return birth
    if slips.happens("birth_gregorian"):
        return f"{birth.day}/{birth.month}/{birth.year}"
    return slash_date(birth)


def _as_number(cid: str) -> str | float:
    return float(cid) if cid.endswith(".0") else cid
