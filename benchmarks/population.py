"""Invented people by the hundred thousand, for the benchmarks: households of three in the villages of one province."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import geothai

from mudmai.kernel.ids import check_digit

FIRST = """
สม บุญ วิ ประ จัน นิ อุ ศรี คำ แสง ทอง พร มา กา ชู สุ อร อา กิต ณัฐ ธน ปิย พิ ภัท มน รัต วร ศิริ อนุ จิ ชล ดา ถนอม
นง ปรา เพ็ญ ไพ ยุ ละ สาย
"""
SECOND = """
ศรี ชัย ดี พร ใจ แก้ว วัน ทอง ลักษณ์ นา สุข จิตร เดช ชาย หญิง นันท์ วรรณ รัตน์ พล ศักดิ์ ภา มล พงศ์ ยา ดา ธร ชาติ
เกียรติ มาศ ฤดี วดี สรณ์ กร เพ็ญ นารถ พิศ ไล ลี มิตร เรือง
"""
THIRD = """
ชัย พร ศักดิ์ วรรณ รัตน์ ดา กร พงษ์ นันท์ ภรณ์ เทพ ฤทธิ์ วัฒน์ กานต์ ธิดา โชค วุฒิ ลักษณ์ สิริ พันธ์ เดช มณี อร ชาติ
"""
FAMILY_FIRST = """
ใจ แก้ว ทอง บุญ คำ วงศ์ ศรี จันทร์ มูล ยา สุข พรม ไชย อินทร์ เรือง กัน ปัน ตา ชัย แสน เมือง หล้า สุริ โพธิ์ พิม นวล ธรรม
รัตน ปินตา สิทธิ กอง วัง หมื่น ขัน นันต มณี สาร เตจ๊ะ ปัญญา อุ่น เขียว ดวง ฟอง เครือ กาวิ ติ๊บ โน จุม
"""
FAMILY_SECOND = """
งาม มา ดี เรือง สุข ชัย ใหม่ ปัน คำ แก้ว ยศ จันทร์ ทอง ใจ วัน แสง ศรี ลือ เดช ธิ เงิน พันธ์ มูล กาศ ไพร น้อย หล้า วรรณ
รัตน์ ตา เสน นาค ภักดี กล้า สอน เกตุ ขาว อ้าย เทพ โชติ สม มงคล ผล เพ็ชร์ เลิศ สาย ชื่น เมฆ
"""
FAMILY_THIRD = """
วงศ์ กุล เจริญ พงษ์ สกุล รักษ์ ทรัพย์ ไพศาล วัฒนา สิทธิ์ พานิช รุ่งเรือง ประเสริฐ มงคล พิทักษ์ โสภณ เกษม ชัย ธนา นนท์
ศักดิ์ สมบูรณ์ อุดม บุตร ดี ขจร คง ปัญญา เลิศ ตระกูล มั่น เกิด ถาวร งาม พร สุข บำรุง โรจน์ วิเศษ นิมิตร ไชย ขันธ์ สิน อาจ
ยิ่ง แก้ว วรรณ พล นา ทอง
"""
# The commonest first: names of two parts, then the long tail of three.
GIVEN = [a + b + c for c in ["", *THIRD.split()] for b in SECOND.split() for a in FIRST.split()]
FAMILY = [a + b + c for c in FAMILY_THIRD.split() for b in FAMILY_SECOND.split() for a in FAMILY_FIRST.split()]
HOUSES_A_SURNAME = 3


def given_name(chance: random.Random) -> str:
    """A few names are common (the first hundred name nine in a hundred people), most are rare."""
    return GIVEN[int(len(GIVEN) * chance.random() ** 2.5)]


def family_name(chance: random.Random, house: int) -> str:
    """One of about as many surnames as there are families: most name two or three houses, the oldest some forty."""
    return FAMILY[chance.randrange(1 + house // HOUSES_A_SURNAME) % len(FAMILY)]


@dataclass(slots=True)
class Someone:
    """One invented person."""

    number: int
    cid: str
    given: str
    family: str
    sex: str
    birth_date: str
    area: str
    moo: int
    house_no: str
    lat: float
    lon: float


@cache
def villages(province: str) -> list[str]:
    """Ten villages in each real tambon of a province."""
    tambons = sorted(t.code for district in geothai.districts(province) for t in geothai.subdistricts(district.code))
    return [f"{tambon}{moo:02d}" for tambon in tambons for moo in range(1, 11)]


def people(count: int, *, seed: int = 2569, province: str = "50") -> Iterator[Someone]:
    """`count` people, three to a house, houses dealt out to the villages in turn; always the same for a seed."""
    chance = random.Random(seed)
    areas = villages(province)
    family, lat, lon = "", 0.0, 0.0
    for number in range(count):
        house = number // 3
        area = areas[house % len(areas)]
        if number % 3 == 0:
            family = family_name(chance, house)
            place = house % len(areas)
            lat, lon = 18.2 + place % 45 / 40 + chance.random() / 50, 98.2 + place // 45 / 40 + chance.random() / 50
        sex = chance.choice("mf")
        body = f"{chance.choice('135')}9{number:010d}"
        year, month, day = 1935 + chance.randrange(85), 1 + chance.randrange(12), 1 + chance.randrange(28)
        yield Someone(
            number, body + str(check_digit(body)), given_name(chance), family, sex,
            f"{year}-{month:02d}-{day:02d}", area, int(area[6:]),
            f"{1 + house // len(areas)}/{1 + house % 7}", lat, lon,
        )  # fmt: skip
