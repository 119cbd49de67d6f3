"""A registry of many people, and a list about half of them and as many newcomers: benchmark.xlsx in the home folder."""

import sys
import time
from datetime import date
from itertools import islice
from pathlib import Path

import xlsxwriter

from benchmarks import figures
from benchmarks.population import Someone, people

HEADERS = [
    "ลำดับ", "เลขประจำตัวประชาชน", "คำนำหน้า", "ชื่อ", "นามสกุล", "เพศ", "วันเกิด", "บ้านเลขที่", "หมู่ที่", "หมู่บ้าน",
    "ตำบล", "อำเภอ", "จังหวัด", "โทรศัพท์", "อาชีพ", "การศึกษา", "ศาสนา", "สถานภาพสมรส", "รายได้ต่อปี", "หมายเหตุ",
]  # fmt: skip


def main() -> None:
    count, rows = int(sys.argv[1]), int(sys.argv[2])
    figures.start()
    begun = time.monotonic()
    fill(count)
    figures.tell("registry filled beforehand", round(time.monotonic() - begun, 1), "s")
    from django.conf import settings

    write_list(settings.HOME / "benchmark.xlsx", count, rows)


def fill(count: int) -> None:
    from mudmai.people import services

    source = services.ensure_source(code="benchmark", kind="civil_register", name="benchmark")
    batch = services.open_batch(by=None, source=source, label="benchmark", as_of=date(2025, 10, 1), area_code="50")
    everybody = people(count)
    while part := list(islice(everybody, 2000)):
        services.add_records(batch, [record_of(person) for person in part])
    services.close_batch(batch)


def record_of(person: Someone) -> "NewRecord":  # noqa: F821
    from mudmai.kernel.addresses import house_no_key
    from mudmai.people.rules.addressing import household_key
    from mudmai.people.services import NewRecord

    title = "นาย" if person.sex == "m" else "นาง"
    said = {
        "title": title, "given_name": person.given, "family_name": person.family, "sex": person.sex,
        "birth_date": person.birth_date, "house_no": person.house_no, "moo": person.moo, "area": person.area,
        "in_civil_register": True,
    }  # fmt: skip
    if person.number % 3 == 0:
        said |= {"lat": person.lat, "lon": person.lon}
    if person.number % 40 == 0:
        said |= {"adl_group": "bedridden"}
    key = household_key(area=person.area, house_no_key=house_no_key(person.house_no))
    return NewRecord(
        said=said, cid=person.cid, household_key=key, area_code=person.area, row_ref=f"1!{person.number + 2}"
    )


def write_list(path: Path, count: int, rows: int) -> None:
    """Half of the rows are people of the registry, one in thirty without an id; the other half is new."""
    from mudmai.places import queries as places

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("รายชื่อ")
    sheet.write_row(0, 0, HEADERS)
    known = islice(people(count), 0, None, max(1, count // (rows // 2)))
    new = islice(people(count + rows), count, None)
    for number in range(rows):
        person = next(known if number % 2 else new, None) or next(new)
        year, month, day = person.birth_date.split("-")
        tambon, district = places.name_of(person.area[:6]), places.name_of(person.area[:4])
        sheet.write_row(number + 1, 0, [
            number + 1, "" if number % 30 == 0 else person.cid, "นาย" if person.sex == "m" else "นาง", person.given,
            person.family, "ชาย" if person.sex == "m" else "หญิง", f"{day}/{month}/{int(year) + 543}", person.house_no,
            person.moo, f"บ้านที่ {person.moo}", tambon, district, places.name_of(person.area[:2]),
            f"08{person.number % 10**8:08d}", "เกษตรกรรม", "ประถมศึกษา", "พุทธ", "คู่", 30000 + person.number % 90000, "",
        ])  # fmt: skip
    book.close()


if __name__ == "__main__":
    main()
