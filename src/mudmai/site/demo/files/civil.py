"""List 1: the civil register of last year, one sheet per village, each typed in its clerk's own way."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

from mudmai.site.demo.boundaries import AMPHOE, PROVINCE, TAMBON, VILLAGES, Village
from mudmai.site.demo.errors import Slips
from mudmai.site.demo.files.sheets import INVENTED, Book, Sheet, workbook
from mudmai.site.demo.town import Town
from mudmai.site.demo.town.persons import House, Person
from mudmai.site.demo.truth import Truth
from mudmai.site.demo.wording import buddhist, dashed_cid, long_date, short_date, slash_date, thai_digits

Roster = list[tuple[Person, str]]
SIGNERS = (
    ("ผู้พิมพ์", "นางสาวสมมติ ตัวอย่าง", "เจ้าพนักงานทะเบียน"),
    ("ผู้รับรอง", "นายสมมุติ สาธิต", "นายทะเบียนท้องถิ่น"),
)
ALIEN_REGISTER = {"stateless": "ท.ร.13", "alien_child": "ท.ร.13", "unregistered": "ท.ร.38 ก"}


def write_civil_register(town: Town, path: Path, truth: Truth, rng: Random) -> None:
    """Write the register as of `town.register_on`."""
    slips = Slips(rng, "civil")
    with workbook(path, truth, town.register_on) as book:
        for village in VILLAGES:
            _Village(town, book, village, slips).write()


class _Village:
    """One village's sheet in one of three hands."""

    def __init__(self, town: Town, book: Book, village: Village, slips: Slips):
        self.town, self.book, self.village, self.slips = town, book, village, slips
        self.day = town.register_on
        self.write_house, widths = self._hand()
        name = f"หมู่ {village.moo}" if village.moo % 2 else f"ม.{village.moo} {village.name.removeprefix('บ้าน')}"
        self.sheet: Sheet = book.sheet(name, widths)
        self.count = 0

    def _hand(self) -> tuple[Callable[[House, Roster], None], tuple[float, ...]]:
        joined, split = (7, 16, 9, 21, 30, 7, 20, 7, 20, 18, 16), (7, 16, 9, 18, 10, 18, 20, 7, 14, 7, 20, 18, 16)
        return {0: (self._as_above, joined), 1: (self._merged, joined), 2: (self._left_blank, split)}[
            self.village.moo % 3
        ]

    def write(self) -> None:
        self._head()
        people = houses = men = 0
        for house in self.town.houses:
            roster = self.town.registered(house, self.day) if house.moo == self.village.moo else []
            if roster:
                self.write_house(house, roster)
                houses, people = houses + 1, people + len(roster)
                men += sum(person.sex == "M" for person, _ in roster)
        total = f"รวม {houses:,} หลังคาเรือน ประชากร {people:,} คน (ชาย {men:,} คน หญิง {people - men:,} คน)"
        self.sheet.page.merge_range(
            self.sheet.row, 0, self.sheet.row, self.sheet.columns - 1, total, self.book.formats["total"]
        )
        self.sheet.row += 1
        self.sheet.signatures(SIGNERS)

    def _head(self) -> None:
        sheet, moo = self.sheet, self.village.moo
        on = f"ข้อมูล ณ วันที่ {thai_digits(long_date(self.day))}"
        sheet.titles(
            f"ทะเบียนราษฎร (ท.ร.14) หมู่ที่ {moo} {self.village.name} ตำบล{TAMBON} อำเภอ{AMPHOE} จังหวัด{PROVINCE}",
            on,
            INVENTED,
        )
        head = ["ลำดับที่", "รหัสประจำบ้าน", "บ้านเลขที่", "เลขประจำตัวประชาชน", "ชื่อ - สกุล", "เพศ", "วันเดือนปีเกิด", "อายุ (ปี)"]
        head += ["ความสัมพันธ์กับเจ้าบ้าน", "สัญชาติ", "หมายเหตุ"]
        if moo % 3 == 2:
            sheet.two_row_header(head, {4: ("คำนำหน้า", "ชื่อ", "สกุล")})
        else:
            sheet.line(head, "header")
            sheet.page.freeze_panes(sheet.row, 0)
        if moo == 3:
            note = "* แก้ไขบ้านเลขที่ตามประกาศเทศบาล 15 ก.ย. 68"
            sheet.page.write_string(sheet.row, sheet.columns + 1, note, self.book.formats["beside"])

    def _merged(self, house: House, roster: Roster) -> None:
        """The house in cells merged over its people; dashed ids; months in words."""
        first, last = self.sheet.row, self.sheet.row + len(roster) - 1
        for i, (person, relation) in enumerate(roster):
            self._joined(house, person, relation, ["", ""], dashed_cid(person.cid), _long(person), bare_house=i > 0)
        if last > first:
            look = self.book.formats["top"]
            self.sheet.page.merge_range(first, 1, last, 1, house.code, look)
            self.sheet.page.merge_range(first, 2, last, 2, house.house_no, look)

    def _as_above(self, house: House, roster: Roster) -> None:
        """A ditto sign under the house; a blank row now and then; ids without dashes."""
        if self.count and house.number % 41 == 0:
            self.sheet.row += 1
        for i, (person, relation) in enumerate(roster):
            told = ["〃", "〃"] if i else [house.code, house.house_no]
            self._joined(house, person, relation, told, person.cid, _short(person))

    def _joined(
        self,
        house: House,
        person: Person,
        relation: str,
        told: list[str],
        cid: str,
        birth: str,
        bare_house: bool = True,
    ) -> None:
        self.count += 1
        if not bare_house:
            told = [house.code, house.house_no]
        name = self.slips.full_name(person, self.day)
        sex = "ชาย" if person.sex == "M" else "หญิง"
        values = [self.count, *told, cid, name, sex, birth, person.age_on(self.day), relation, person.nationality]
        self._row(house, person, [*values, _remark(person)], {1: "text", 2: "text", 3: "text"})

    def _left_blank(self, house: House, roster: Roster) -> None:
        """The house once, nothing below; title, name and family name in columns of their own; dd/mm/yyyy."""
        for i, (person, relation) in enumerate(roster):
            self.count += 1
            told = ["", ""] if i else [house.code, house.house_no]
            given, family = self.slips.given(person, self.day), self.slips.family(person, self.day)
            sex, age = "ช" if person.sex == "M" else "ญ", person.age_on(self.day)
            name = [person.title_on(self.day), given, family]
            values = [self.count, *told, person.cid, *name, sex, _slash(person), age, relation, person.nationality]
            self._row(house, person, [*values, _remark(person)], {1: "text", 2: "text", 3: "text"})

    def _row(self, house: House, person: Person, values: list[object], styles: dict[int, str]) -> None:
        self.sheet.line(values, styles=styles)
        self.book.truth.note(self.book.path.name, self.sheet.name, self.sheet.row, person, house, self.slips.taken())


def _long(person: Person) -> str:
    return _birth(person, long_date)


def _short(person: Person) -> str:
    return _birth(person, short_date)


def _slash(person: Person) -> str:
    return f"00/00/{buddhist(person.birth)}" if person.birth_known == "year" else slash_date(person.birth)


def _birth(person: Person, write: Callable[[date], str]) -> str:
    return f"พ.ศ. {buddhist(person.birth)}" if person.birth_known == "year" else write(person.birth)


def _remark(person: Person) -> str:
    return ALIEN_REGISTER.get(person.status, "")
