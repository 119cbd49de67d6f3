"""Invented people by the hundred thousand, for the benchmarks: households of three in the villages of one province."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import geothai

from mudmai.kernel.ids import check_digit

GIVEN = [
    a + b
    for a in ["สม", "บุญ", "วิ", "ประ", "จัน", "นิ", "อุ", "ศรี", "คำ", "แสง", "ทอง", "พร", "มา", "กา", "ชู", "สุ"]
    for b in ["ศรี", "ชัย", "ดี", "มา", "พร", "ใจ", "แก้ว", "วัน", "ทอง", "ลักษณ์", "นา", "สุข"]
]
FAMILY = [
    a + b + c
    for a in ["ใจ", "แก้ว", "ทอง", "บุญ", "คำ", "วงศ์", "ศรี", "จันทร์", "มูล", "ยา"]
    for b in ["งาม", "มา", "ดี", "เรือง", "สุข", "ชัย", "ใหม่", "ปัน"]
    for c in ["", "วงศ์", "กุล", "เจริญ", "พงษ์"]
]


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
            family = chance.choice(FAMILY)
            place = house % len(areas)
            lat, lon = 18.2 + place % 45 / 40 + chance.random() / 50, 98.2 + place // 45 / 40 + chance.random() / 50
        sex = chance.choice("mf")
        body = f"{chance.choice('135')}9{number:010d}"
        year, month, day = 1935 + chance.randrange(85), 1 + chance.randrange(12), 1 + chance.randrange(28)
        yield Someone(
            number, body + str(check_digit(body)), chance.choice(GIVEN), family, sex,
            f"{year}-{month:02d}-{day:02d}", area, int(area[6:]),
            f"{1 + house // len(areas)}/{1 + house % 7}", lat, lon,
        )  # fmt: skip
