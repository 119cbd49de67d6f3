"""List 4: the poor by TPMAP, a CSV in windows-874 as it is handed to local offices."""

import csv
import io
from datetime import date
from pathlib import Path
from random import Random

from mudmai.site.demo.boundaries import AMPHOE, PROVINCE, TAMBON, VILLAGES
from mudmai.site.demo.errors import Slips
from mudmai.site.demo.town import Town
from mudmai.site.demo.town.needs import DIMENSIONS
from mudmai.site.demo.town.persons import House, Person
from mudmai.site.demo.truth import Truth
from mudmai.site.demo.wording import buddhist

HEAD = (
    "ลำดับ", "เลขบัตรประชาชน", "คำนำหน้า", "ชื่อ", "นามสกุล",
    "บ้านเลขที่", "หมู่ที่", "หมู่บ้าน", "ตำบล", "อำเภอ",
    "จังหวัด", *DIMENSIONS, "บัตรสวัสดิการแห่งรัฐ", "ปีข้อมูล",
)  # fmt: skip
NAMES = {village.moo: village.name for village in VILLAGES}


def write_tpmap(town: Town, path: Path, truth: Truth, rng: Random) -> None:
    """Write all who live in a house that fails a dimension; 1 means that the dimension is failed."""
    slips = Slips(rng, "tpmap")
    day = tpmap_on(town)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    row = 1
    for house in town.houses:
        if not house.failed:
            continue
        for person in town.living(house, day):
            row += 1
            writer.writerow([row - 1, *_values(person, house, day, slips)])
            truth.note(path.name, "", row, person, house, slips.taken())
            if rng.random() < 0.012:
                row += 1
                slips.made("duplicate")
                writer.writerow([row - 1, *_values(person, house, day, slips)])
                truth.note(path.name, "", row, person, house, slips.taken())
    path.write_bytes(text.getvalue().encode("cp874", errors="replace"))


def tpmap_on(town: Town) -> date:
    """The village survey (จปฐ.) behind the list is taken in spring."""
    return town.newer_register_on.replace(month=3)


def _values(person: Person, house: House, day: date, slips: Slips) -> list[object]:
    title, given = person.title_on(day), slips.given(person, day)
    if slips.happens("title_stuck"):
        title, given = "", title + given
    moo = "" if slips.happens("moo_missing") else house.moo
    who = [slips.cid(person), title, given, slips.family(person, day)]
    flags = [int(dimension in house.failed) for dimension in DIMENSIONS]
    card = "มี" if person.welfare_card else "ไม่มี"
    return [*who, house.house_no, moo, NAMES[house.moo], TAMBON, AMPHOE, PROVINCE, *flags, card, buddhist(day)]
