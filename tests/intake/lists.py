"""Invented lists as offices would send them, for tests of the import."""

import csv
import io
from collections.abc import Sequence
from datetime import date

import xlsxwriter

from mudmai.intake import services as intake
from mudmai.intake.models import Upload
from mudmai.kernel.ids import check_digit
from mudmai.people.models import Household, Person, Tally

TITLE = "ทะเบียนราษฎร หมู่ที่ 1 ตำบลเกาะคา อำเภอเกาะคา จังหวัดลำปาง"
DAY = "ข้อมูล ณ วันที่ 1 ตุลาคม 2568"
HEADER = ["ลำดับ", "เลขประจำตัวประชาชน", "ชื่อ-สกุล", "เพศ", "วันเกิด", "บ้านเลขที่", "หมู่ที่"]
NAMES = (
    "นางสมศรี ใจงาม", "นายบุญมา แก้วคำ", "นางสาวจันทร์ดี มูลเมือง", "นายคำปัน วงศ์ไชย", "นางบัวผัน ต๊ะวงศ์", "นายอินทร ศรีวิชัย",
    "นางสาวพิมพ์ใจ ขันแก้ว", "นายประเสริฐ ทองดี", "นางแสงหล้า อุตมะ", "นายวิโรจน์ ชัยวรรณ", "นางสาวกาญจนา ปันทะ", "นายสุทัศน์ เครือวัลย์",
)  # fmt: skip

Row = list[object]


def cid(number: int) -> str:
    """The id of nobody, rightly built."""
    body = f"35233{number:07d}"
    return body + check_digit(body)


def person(number: int, **told: object) -> Row:
    """A row under HEADER about the person of that number; `told` changes what the row says."""
    name = NAMES[number % len(NAMES)]
    born = date(1940 + number * 7 % 60, number % 12 + 1, number % 28 + 1)
    values: dict[str, object] = {
        "cid": cid(number), "name": name, "sex": "ชาย" if name.startswith("นาย") else "หญิง",
        "birth": f"{born.day}/{born.month}/{born.year + 543}", "house": f"{number // 3 + 1}/{number % 3 + 1}", "moo": 1,
    } | told  # fmt: skip
    return [number + 1, *(values[key] for key in ("cid", "name", "sex", "birth", "house", "moo"))]


def people(count: int) -> list[Row]:
    return [person(number) for number in range(count)]


def xlsx(
    *rows: Row, titles: Sequence[str] = (TITLE, DAY), header: Sequence[str] = HEADER, sheet: str = "หมู่ 1"
) -> bytes:
    """A workbook with titles, a header and rows."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet(sheet)
        for i, line in enumerate([*[[title] for title in titles], list(header), *rows]):
            for j, cell in enumerate(line):
                if isinstance(cell, date):
                    page.write_datetime(i, j, cell, book.add_format({"num_format": "dd/mm/yyyy"}))
                elif isinstance(cell, str):
                    page.write_string(i, j, cell)
                else:
                    page.write(i, j, cell)
    return out.getvalue()


def as_csv(*rows: Row, titles: Sequence[str] = (TITLE, DAY), header: Sequence[str] = HEADER) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([*[[title] for title in titles], list(header), *rows])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def previewed(data: bytes, filename: str = "รายชื่อ.xlsx", **chosen: object) -> Upload:
    """A file, received and compared; `chosen` corrects the guess."""
    upload = intake.receive(by=None, filename=filename, data=data)
    intake.read(upload)
    assert upload.state != Upload.State.FAILED, upload.error
    intake.guess(upload)
    if chosen:
        intake.set_mapping(upload, **chosen)  # type: ignore[arg-type]
    return intake.preview(upload)


def imported(data: bytes, filename: str = "รายชื่อ.xlsx", **chosen: object) -> Upload:
    return intake.commit(previewed(data, filename, **chosen))


PERSON = ("id", "given_name", "family_name", "birth_date", "status", "household_id", "area_code", "known")
HOUSE = ("id", "area_code", "house_no", "member_count", "head_name", "known")
TALLY = ("area_code", "level", "measure", "key", "n")


def registry() -> list[list[tuple[object, ...]]]:
    """All that is derived, to compare before and after."""
    persons = Person.objects.order_by("id").values_list(*PERSON)
    houses = Household.objects.order_by("id").values_list(*HOUSE)
    tallies = Tally.objects.filter(n__gt=0).order_by(*TALLY).values_list(*TALLY)
    return [list(persons), list(houses), list(tallies)]


def values() -> list[list[tuple[object, ...]]]:
    """The same in the values that people see: without the ids that each import makes anew."""
    persons = Person.objects.values_list("given_name", "family_name", "status", "household__house_no", "area_code")
    houses = Household.objects.values_list("area_code", "house_no", "member_count", "head_name")
    return [sorted(persons), sorted(houses), registry()[2]]
