"""Hard mode: a country in memory and three lists about it that are hard to link, with the truth about every row.

Three rows in ten are damaged, a third have no id; there are namesakes in one village, twins, fathers and sons of one
name, women renamed at marriage, people who stand in a list twice, and people whom the register does not know.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from mudmai.site.demo.hard.country import Country, build_country
from mudmai.site.demo.hard.damage import DAMAGES, Damage, Told
from mudmai.site.demo.town.persons import Person
from mudmai.site.demo.wording import buddhist, dashed_cid, long_date, short_date, slash_date

DAMAGED = 0.30
ONE_TWO_THREE = (0.57, 0.29, 0.14)  # kinds of error in one damaged row
STRANGERS = 0.12  # rows about people whom the register does not know
REPEATED = 0.03  # people who stand in the list once more

# The columns of every list: what each holds by its name in the catalogue, and its heading.
COLUMNS = {
    "cid": "เลขประจำตัวประชาชน", "title": "คำนำหน้า", "given_name": "ชื่อ", "family_name": "นามสกุล", "sex": "เพศ",
    "birth_date": "วันเดือนปีเกิด", "house_no": "บ้านเลขที่", "moo": "หมู่ที่", "tambon": "ตำบล", "district": "อำเภอ",
    "province": "จังหวัด", "phone": "โทรศัพท์",
}  # fmt: skip


@dataclass(frozen=True)
class Office:
    """How one office writes its list; shares of rows without an id and with a phone."""

    name: str
    without_id: float
    with_phone: float
    birth: Callable[[date], str]
    dashes: bool = False
    whole_name: bool = False  # title, given and family name in the cell of the given name


REGISTRAR = Office("register", 0.0, 1.0, slash_date)
OFFICES = (
    Office("welfare", 0.15, 0.5, slash_date, dashes=True),
    Office("clinic", 0.30, 0.7, short_date),
    Office("survey", 0.55, 0.4, long_date, whole_name=True),
)


@dataclass(frozen=True, slots=True)
class HardRow:
    """One row as the list has it (in the order of COLUMNS), whom it is about, and what was done to it."""

    cells: tuple[str, ...]
    person: Person
    errors: tuple[str, ...]


@dataclass(frozen=True)
class HardSet:
    """A country, and the rows of three lists about it."""

    country: Country
    lists: dict[str, list[HardRow]]


def build_hard_set(*, seed: int, people: int, rows: int, as_of: date) -> HardSet:
    """A register of so many people and three lists of so many rows each; always the same for a seed."""
    country = build_country(seed=seed, people=people, as_of=as_of)
    lists = {office.name: _rows_of(country, office, rows, Random(f"{office.name} {seed}")) for office in OFFICES}
    return HardSet(country, lists)


def _rows_of(country: Country, office: Office, rows: int, rng: Random) -> list[HardRow]:
    strangers, repeated = round(rows * STRANGERS), round(rows * REPEATED)
    known = [person for person in country.registered if person.is_here(country.as_of) or person.died_on]
    people = rng.sample(country.not_registered, strangers) + rng.sample(known, rows - strangers - repeated)
    people += rng.sample(people, repeated)
    rng.shuffle(people)
    damage = Damage(rng, country)
    return [_row(country, office, person, damage, rng) for person in people]


def _row(country: Country, office: Office, person: Person, damage: Damage, rng: Random) -> HardRow:
    told = _told(country, office, person, rng, country.as_of)
    errors = damage.do(told, rng.choices((1, 2, 3), ONE_TWO_THREE)[0]) if rng.random() < DAMAGED else ()
    return HardRow(_cells(told, office), person, errors)


def register_row(country: Country, person: Person) -> HardRow:
    """The row of a person in the register, on the day of the register and without an error."""
    told = _told(country, REGISTRAR, person, Random(0), country.register_on)
    if person.birth_known == "year":
        told.birth_text = str(buddhist(person.birth))
    return HardRow(_cells(told, REGISTRAR), person, ())


def _told(country: Country, office: Office, person: Person, rng: Random, day: date) -> Told:
    """What the office knows of a person on a day."""
    house = person.house_on(day)
    return Told(
        person,
        cid="" if rng.random() < office.without_id else person.cid,
        title=person.title_on(day),
        given=person.given_on(day),
        family=person.family_on(day),
        sex=person.sex,
        birth=person.birth,
        house=house,
        house_no=house.house_no,
        moo=house.moo,
        tambon=country.tambon_of[house],
        phone=country.phone_of.get(person, "") if rng.random() < office.with_phone else "",
    )


def _cells(told: Told, office: Office) -> tuple[str, ...]:
    cid = dashed_cid(told.cid) if office.dashes and told.cid else told.cid
    sex = {"M": "ชาย", "F": "หญิง"}.get(told.sex, "")
    birth = told.birth_text or (office.birth(told.birth) if told.birth else "")
    name = (told.title, f"{told.given}{told.remark}", told.family)
    if office.whole_name:
        name = "", f"{told.title}{told.given} {told.family}{told.remark}".strip(), ""
    tambon = told.tambon
    house = (told.house_text or told.house_no, str(told.moo) if told.with_moo else "")
    return (cid, *name, sex, birth, *house, tambon.name, tambon.district, tambon.province, told.phone)


__all__ = ["COLUMNS", "DAMAGED", "DAMAGES", "Country", "HardRow", "HardSet", "build_hard_set", "register_row"]
