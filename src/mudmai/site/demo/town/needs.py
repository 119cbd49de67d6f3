"""Who is disabled, who keeps to the bed, who is poor; and what the houses are like."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from mudmai.site.demo.town.numbers import mobile, phone
from mudmai.site.demo.town.persons import Care, Disability, House, Person
from mudmai.site.demo.wording import buddhist

DISABLED = ((15, 0.013), (60, 0.026), (70, 0.055), (80, 0.105), (200, 0.19))
# Share of each of the seven types: seeing, hearing, moving, mind, intellect, learning, autism.
TYPES_OLD = (0.09, 0.22, 0.62, 0.05, 0.02, 0.0, 0.0)
TYPES_YOUNG = (0.06, 0.13, 0.42, 0.16, 0.15, 0.04, 0.04)
CARD_YEARS = 8
IN_CARE_PER_HOUSE = 62 / 2200
POOR_HOUSES = 0.031
DIMENSIONS = ("สุขภาพ", "ความเป็นอยู่", "การศึกษา", "รายได้", "การเข้าถึงบริการรัฐ")
DIMENSION_WEIGHTS = (0.25, 0.35, 0.3, 0.65, 0.08)
ILLNESSES = (
    "หลอดเลือดสมอง (Stroke)", "อัมพาตครึ่งซีก", "ข้อสะโพกหัก", "สมองเสื่อม", "เบาหวาน ความดันโลหิตสูง", "พาร์กินสัน",
    "ข้อเข่าเสื่อมรุนแรง", "มะเร็งระยะท้าย", "ไตวายเรื้อรัง", "ชราภาพ", "ปอดอุดกั้นเรื้อรัง (COPD)", "อัมพาตทั้งตัว",
)  # fmt: skip
CONDITIONS = ("มั่นคงถาวร", "ชำรุดบางส่วน", "ทรุดโทรม")
WATERS = ("น้ำประปาหมู่บ้าน", "น้ำประปาภูมิภาค", "น้ำดื่มบรรจุขวด", "น้ำฝน", "บ่อน้ำตื้น")
WATER_WEIGHTS = (0.3, 0.15, 0.45, 0.06, 0.04)
NEEDS = ("ซ่อมแซมหลังคา", "อาชีพเสริม", "ถุงยังชีพ", "ไม่มีที่ดินทำกิน", "น้ำประปาไหลอ่อน", "ไฟส่องสว่างหน้าบ้าน")
NEEDS_IN_CARE = ("ผ้าอ้อมผู้ใหญ่", "รถเข็น", "เตียงผู้ป่วย", "ราวจับเดิน", "ต้องการคนดูแลกลางวัน", "ปรับปรุงห้องน้ำ")
NEEDS_WITH_CHILDREN = ("ทุนการศึกษาบุตร", "นมผงเด็ก", "อุปกรณ์การเรียน", "อาชีพเสริม")

T = TypeVar("T")


class Needs:
    """Gives people and houses what the lists tell of them."""

    def __init__(self, rng: Random, houses: list[House], people: list[Person], today: date):
        self.rng, self.houses, self.people, self.today = rng, houses, people, today
        self.volunteers = {moo: self._volunteers(moo) for moo in sorted({h.moo for h in houses})}

    def assign(self) -> None:
        self._ranks()
        self._disabilities()
        self._care()
        self._poverty()
        for house in self.houses:
            self._look_of(house)

    def _volunteers(self, moo: int) -> list[Person]:
        """The health volunteers of a village: women of 35 to 68, mostly."""
        fit = [
            p
            for p in self.people
            if p.house.moo == moo and p.lives_here and 35 <= p.age_on(self.today) <= 68 and not p.rank
        ]
        fit = [p for p in fit if p.status == "citizen" and p.is_here(self.today)]
        fit.sort(key=lambda p: (p.sex == "M", p.number))
        return self.rng.sample(fit[: max(6, len(fit) * 2 // 3)], min(6, len(fit)))

    def _ranks(self) -> None:
        grown = [p for p in self.people if p.sex == "M" and p.status == "citizen" and not p.rank]
        grown = [p for p in grown if 28 <= p.age_on(self.today) <= 75]
        for man in self.rng.sample(grown, max(1, len(grown) // 90)):
            man.rank = self.rng.choice(("ด.ต.", "จ.ส.อ.", "ร.ต.ต.", "พ.ต.ท.", "ว่าที่ ร.ต.", "ส.อ.", "ดร.", "ร.ท."))

    def _disabilities(self) -> None:
        for person in self.people:
            share = next(rate for age, rate in DISABLED if person.age_on(self.today) < age)
            if person.status == "citizen" and self.rng.random() < share:
                person.disability = self._card(person)

    def _card(self, person: Person) -> Disability:
        weights = TYPES_OLD if person.age_on(self.today) >= 60 else TYPES_YOUNG
        types = {self.rng.choices(range(1, 8), weights)[0]}
        if self.rng.random() < 0.08:
            types.add(self.rng.choices(range(1, 8), weights)[0])
        issued = max(
            person.birth + timedelta(days=300), self.today - timedelta(days=self.rng.randrange(30, 8 * 365 + 500))
        )
        expires = issued.replace(year=issued.year + CARD_YEARS, day=min(issued.day, 28))
        card_no = f"52-{buddhist(issued) % 100:02d}-{person.number:05d}"
        return Disability(tuple(sorted(types)), card_no, issued, expires, self.rng.random() < 0.9)

    def _care(self) -> None:
        def weight(p: Person) -> float:
            frail = p.disability is not None and 3 in p.disability.types
            return max(0, p.age_on(self.today) - 58) ** 2 * (6 if frail else 1) + (60 if frail else 0.02)

        fit = [p for p in self.people if p.lives_here and not p.rank and p.age_on(self.today) >= 18]
        count = max(4, round(len(self.houses) * IN_CARE_PER_HOUSE))
        chosen = _weighted_sample(self.rng, [p for p in fit if p.is_here(self.today)], weight, count)
        for i, person in enumerate(chosen):
            adl = self.rng.randint(0, 4) if i % 5 < 2 else self.rng.randint(5, 11)
            volunteer = self.rng.choice(self.volunteers[person.house.moo])
            person.care = Care(adl, self.rng.choice(ILLNESSES), volunteer.full_name_on(self.today))

    def _poverty(self) -> None:
        def weight(house: House) -> float:
            people = [p for p in house.people if p.is_here(self.today) and p.lives_here]
            alone_or_weak = len(people) == 1 or any(p.disability or p.care for p in people)
            return 0.0 if house.kind == "temple" or not people else 5.0 if alone_or_weak else len(people)

        for house in _weighted_sample(self.rng, self.houses, weight, max(3, round(len(self.houses) * POOR_HOUSES))):
            failed = [d for d, share in zip(DIMENSIONS, DIMENSION_WEIGHTS, strict=True) if self.rng.random() < share]
            house.failed = tuple(failed or ["รายได้"])
            for person in house.people:
                person.welfare_card = person.age_on(self.today) >= 18 and self.rng.random() < 0.85

    def _look_of(self, house: House) -> None:
        rng = self.rng
        poor = bool(house.failed)
        house.condition = rng.choices(CONDITIONS, (0.15, 0.5, 0.35) if poor else (0.8, 0.17, 0.03))[0]
        house.water = rng.choices(WATERS, WATER_WEIGHTS)[0]
        house.needs = self._wish_of(house, poor)
        house.volunteer = rng.choice(self.volunteers[house.moo]).full_name_on(self.today)
        house.phone = phone(rng) if rng.random() < 0.82 else ""
        for person in house.people:
            if person.age_on(self.today) >= 16 and rng.random() < 0.6:
                person.phone = mobile(rng)

    def _wish_of(self, house: House, poor: bool) -> str:
        here = [p for p in house.people if p.lives_here and p.is_here(self.today)]
        in_care = any(p.care for p in here)
        if house.kind == "temple" or self.rng.random() >= (0.85 if poor else 0.6 if in_care else 0.13):
            return ""
        children = any(p.age_on(self.today) < 18 for p in here)
        return self.rng.choice(NEEDS_IN_CARE if in_care else NEEDS + NEEDS_WITH_CHILDREN if children else NEEDS)


def _weighted_sample(rng: Random, items: list[T], weight: Callable[[T], float], count: int) -> list[T]:
    """Distinct items, the heavy ones more likely (Efraimidis and Spirakis)."""
    drawn = sorted(
        ((rng.random() ** (1 / w), i) for i, item in enumerate(items) if (w := weight(item)) > 0), reverse=True
    )
    return [items[i] for _, i in drawn[:count]]
