"""List 6: the health volunteers' survey of houses with pins, a CSV in UTF-8 with a byte order mark."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path
from random import Random

from mudmai.site.demo.errors import Slips, house_no_as_date
from mudmai.site.demo.town import Town
from mudmai.site.demo.town.persons import House, Person
from mudmai.site.demo.truth import Truth
from mudmai.site.demo.wording import MONTHS_SHORT, slash_date

HEAD = (
    "วันที่สำรวจ", "หมู่ที่", "บ้านเลขที่", "ซอย", "ชื่อหัวหน้าครัวเรือน", "จำนวนสมาชิก (คน)", "โทรศัพท์", "ละติจูด", "ลองจิจูด", "สภาพบ้าน",
    "แหล่งน้ำดื่ม", "ความต้องการ", "อสม. ผู้สำรวจ", "หมายเหตุ",
)  # fmt: skip
VISITED = 0.955  # nobody at home, dog, gate: the others
GPS_NOISE = 6e-5  # degrees, some 6 m, as a phone in a yard has it
NOTES = ("เลี้ยงสุนัขดุ", "ขอให้โทรก่อนมา", "กำลังต่อเติมบ้าน", "ไม่มีเลขที่ติดหน้าบ้าน", "บ้านเช่า")
NOTED = 0.22


def write_survey(town: Town, path: Path, truth: Truth, rng: Random) -> None:
    """Write one row per visited house with people in it."""
    slips = Slips(rng, "survey")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    row = 1
    for house in town.houses:
        day = survey_on(town) - timedelta(days=90 - house.moo * 10 - rng.randrange(10))
        people = town.living(house, day)
        if not people or rng.random() >= VISITED:
            continue
        for again in range(2 if rng.random() < 0.006 else 1):
            row += 1
            if again:
                slips.made("duplicate")
            writer.writerow(_values(people, house, day + timedelta(days=again * 6), slips))
            truth.note(path.name, "", row, people[0], house, slips.taken())
        if rng.random() < 0.004:
            row += 1
            writer.writerow([""] * len(HEAD))
    path.write_bytes(b"\xef\xbb\xbf" + text.getvalue().encode())


def survey_on(town: Town) -> date:
    """The last day of the survey."""
    return town.newer_register_on.replace(month=9, day=30)


def _values(people: list[Person], house: House, day: date, slips: Slips) -> list[object]:
    head = _adult(people, day)
    number = _house_no(house, day, slips)
    name = _name(head, day, slips)
    members: object = len(people) if slips.rng.random() < 0.98 else ""
    phone = _phone(house.phone, slips.rng)
    lat, lon = _pin(house, slips)
    place = [slash_date(day), house.moo, number, house.soi, name, members, phone, lat, lon]
    return [*place, house.condition, house.water, house.needs, house.volunteer, _note(people, house, day, slips.rng)]


def _note(people: list[Person], house: House, day: date, rng: Random) -> str:
    if house.kind == "temple" or rng.random() >= NOTED:
        return ""
    if min(p.age_on(day) for p in people) >= 65:
        return rng.choice(("อยู่ตามลำพัง", "ลูกมาเยี่ยมวันหยุด", "เพื่อนบ้านช่วยดูแล"))
    return rng.choice(NOTES)


def _adult(people: list[Person], day: date) -> Person:
    return next((p for p in people if p.age_on(day) >= 15), people[0])


def _name(head: Person, day: date, slips: Slips) -> str:
    if slips.happens("nickname_only"):
        old = head.age_on(day) >= 55
        kin = ("ป้า" if head.sex == "F" else "ลุง") if old else "พี่"
        return f"{kin}{head.nickname}"
    return slips.full_name(head, day)


def _house_no(house: House, day: date, slips: Slips) -> str:
    """The number, or what Excel makes of 12/3 when the sheet is saved as CSV: 12-มี.ค."""
    turned = house_no_as_date(house.house_no, day.year)
    # Only numbers with a stroke can turn, so the rate of the list falls on few.
    if turned and slips.rng.random() < 0.25:
        slips.made("house_no_as_date")
        month = MONTHS_SHORT[turned.month - 1]
        return slips.rng.choice((turned.isoformat(), f"{turned.day}-{month}", turned.isoformat()))
    return house.house_no


def _phone(phone: str, rng: Random) -> str:
    """As typed: with dashes, with spaces, without the leading zero after a visit to Excel."""
    if len(phone) != 10:
        return phone
    return rng.choice((phone, phone, f"{phone[:3]}-{phone[3:]}", f"{phone[:3]} {phone[3:6]} {phone[6:]}", phone[1:]))


def _pin(house: House, slips: Slips) -> tuple[str, str]:
    if slips.happens("pin_missing"):
        return "", ""
    rng = slips.rng
    lat, lon = house.lat + rng.gauss(0, GPS_NOISE), house.lon + rng.gauss(0, GPS_NOISE)
    if slips.happens("pin_outside"):
        # Taken at the volunteer's own market day in town, or at the hospital.
        lat, lon = 18.2900 + rng.gauss(0, 0.004), 99.4900 + rng.gauss(0, 0.004)
    if slips.happens("pin_swapped"):
        return f"{lon:.6f}", f"{lat:.6f}"
    if slips.happens("pin_dms"):
        return _dms(lat, "N"), _dms(lon, "E")
    if slips.happens("pin_in_one_cell"):
        return f"{lat:.6f}, {lon:.6f}", ""
    return f"{lat:.6f}", f"{lon:.6f}"


def _dms(value: float, side: str) -> str:
    minutes, seconds = divmod(value * 3600, 60)
    degrees, minutes = divmod(int(minutes), 60)
    return f"{degrees}°{minutes:02d}'{seconds:04.1f}\"{side}"
