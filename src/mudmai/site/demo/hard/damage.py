"""The kinds of error that make a row hard to recognise, one function each.

Half of the wrong spellings sound like the right one and half are one letter typed wrong, taken evenly from all letters:
no sound key was looked at when they were written.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from random import Random

from mudmai.site.demo.errors import ABBREVIATIONS, disorder, misspell, swapped_digits, wrong_digit
from mudmai.site.demo.hard.country import Country, Tambon, invented_phone
from mudmai.site.demo.names import nickname
from mudmai.site.demo.town.persons import House, Person
from mudmai.site.demo.wording import buddhist, thai_digits

LETTERS = "กขคฆงจฉชซญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮะัาำิีึืุูเแโใไ็่้๊๋์"
FIRST_FREE_PHONE = 200_000  # numbers from here on belong to nobody in the country


@dataclass(slots=True)
class Told:
    """What a row is about to say, before it is written down."""

    person: Person
    cid: str
    title: str
    given: str
    family: str
    sex: str
    birth: date | None
    house: House
    house_no: str
    moo: int
    tambon: Tambon
    phone: str
    birth_text: str = ""  # in place of the birth date, already as it stands in the cell
    house_text: str = ""  # in place of the house number
    remark: str = ""  # after the name, such as a nickname in brackets
    with_moo: bool = True


class Damage:
    """Does errors to rows, and remembers what a household did: all its people move to the same new house."""

    def __init__(self, rng: Random, country: Country) -> None:
        self.rng, self.country = rng, country
        self._moved: dict[House, House] = {}
        self._split: dict[House, str] = {}
        self._row_before = ""
        self._kinds, self._weights = zip(*((kind, weight) for kind, (weight, _) in DAMAGES.items()), strict=True)

    def do(self, told: Told, count: int) -> tuple[str, ...]:
        """Damage a row in up to so many ways; returns the kinds that could be done to it."""
        done: list[str] = []
        for _ in range(count * 6):
            kind = self.rng.choices(self._kinds, self._weights)[0]
            family = kind.partition("_")[0]
            # Two slips in one cell would hide each other.
            free = len(done) < count and all(other.partition("_")[0] != family for other in done)
            if free and DAMAGES[kind][1](self, told):
                done.append(kind)
        self._row_before = told.person.cid or self._row_before
        return tuple(done)

    def id_wrong_digit(self, told: Told) -> bool:
        told.cid = told.cid and wrong_digit(self.rng, told.cid)
        return bool(told.cid)

    def id_swapped(self, told: Told) -> bool:
        told.cid = told.cid and swapped_digits(self.rng, told.cid)
        return bool(told.cid)

    def id_of_another(self, told: Told) -> bool:
        """The id of somebody of the house, or of the row above."""
        house = [person.cid for person in told.person.house.people if person is not told.person and person.cid]
        other = self.rng.choice(house) if house and self.rng.random() < 0.6 else self._row_before
        if not told.cid or not other or other == told.cid:
            return False
        told.cid = other
        return True

    def name_sound(self, told: Told) -> bool:
        return self._rewritten(told, lambda name: misspell(self.rng, name))

    def name_letters(self, told: Told) -> bool:
        return self._rewritten(told, lambda name: one_letter_wrong(self.rng, name))

    def name_tone(self, told: Told) -> bool:
        return self._rewritten(told, disorder)

    def _rewritten(self, told: Told, change: Callable[[str], str]) -> bool:
        """Given or family name in another spelling, whichever can take it."""
        for part in self.rng.sample(("given", "family"), 2):
            before = getattr(told, part)
            after = change(before)
            if after != before and after:
                setattr(told, part, after)
                return True
        return False

    def name_title_inside(self, told: Told) -> bool:
        """The title once more before the name, in another form, or a courtesy in front of it."""
        title = told.title
        forms = [f"{title}{title}", f"{title} {title}", f"คุณ{title}", *ABBREVIATIONS.get(title, ())]
        told.given, told.title = f"{self.rng.choice(forms)}{told.given}", ""
        return bool(title)

    def name_nickname(self, told: Told) -> bool:
        nick = told.person.nickname or nickname(self.rng, told.person.birth.year)
        told.remark = self.rng.choice((f"({nick})", f" ({nick})", f' "{nick}"'))
        return True

    def family_changed(self, told: Told) -> bool:
        """The name before the wedding; for a single woman the name after one that the register does not know."""
        woman = told.person
        if woman.sex != "F" or woman.age_on(self.country.as_of) < 18:
            return False
        if woman.maiden and woman.maiden != told.family:
            told.family, told.title = woman.maiden, "นางสาว"
        else:
            neighbour = self.rng.choice(self.country.people)
            if neighbour.family == told.family:
                return False
            told.family, told.title = neighbour.family, "นาง"
        return True

    def birth_day_month(self, told: Told) -> bool:
        birth = told.birth
        if birth is None or birth.day > 12 or birth.day == birth.month:
            return False
        told.birth = birth.replace(month=birth.day, day=birth.month)
        return True

    def birth_era(self, told: Told) -> bool:
        """A Gregorian year among Buddhist ones, a year of two digits, or one that was converted twice."""
        birth = told.birth
        if birth is None:
            return False
        year = self.rng.choices(
            (f"{birth.year}", f"{buddhist(birth) % 100:02d}", f"{buddhist(birth) + 543}"), (7, 2, 1)
        )
        told.birth_text = f"{birth.day}/{birth.month}/{year[0]}"
        return True

    def birth_year_only(self, told: Told) -> bool:
        told.birth_text = str(buddhist(told.birth)) if told.birth else ""
        return told.birth is not None

    def birth_first_of_january(self, told: Told) -> bool:
        told.birth = told.birth and told.birth.replace(month=1, day=1)
        return told.birth is not None

    def birth_digit(self, told: Told) -> bool:
        """One digit of day, month or year typed wrong; the date stays one that can be."""
        if told.birth is None:
            return False
        digits = f"{told.birth:%d%m}{buddhist(told.birth)}"
        at = self.rng.choice((0, 1, 2, 3, 6, 6, 7, 7))
        wrong = digits[:at] + self.rng.choice([d for d in "0123456789" if d != digits[at]]) + digits[at + 1 :]
        with suppress(ValueError):
            day = date(int(wrong[4:]) - 543, int(wrong[2:4]), int(wrong[:2]))
            if date(1900, 1, 1) < day < self.country.as_of:
                told.birth = day
                return True
        return False

    def house_spelling(self, told: Told) -> bool:
        """The house number as other people write it, with the village in the same cell or no village at all."""
        number, moo = told.house_no, told.moo
        forms = [(f"{number} ม.{moo}", False), (f"{number} หมู่ {moo}", False), (f"บ้านเลขที่ {number}", True)]
        forms += [(thai_digits(number), True), (number.replace("/", " / "), True), (number, False)]
        told.house_text, told.with_moo = self.rng.choice([form for form in forms if form != (number, True)])
        return True

    def house_moved(self, told: Told) -> bool:
        """The household lives elsewhere by now, six of ten in the same tambon."""
        new = self._moved.get(told.house)
        if new is None:
            old = told.house
            homes = self.country.houses
            near = [homes[(old.number + self.rng.randrange(1, 900)) % len(homes)] for _ in range(3)]
            new = self._moved[old] = self.rng.choice(near if self.rng.random() < 0.6 else homes)
        told.house, told.house_no, told.moo = new, f"{new.house_no.partition('/')[0]}/9", new.moo
        told.tambon = self.country.tambon_of[new]
        return True

    def house_split(self, told: Told) -> bool:
        """Part of the household has a number of its own by now: 12 became 12/7."""
        number = self._split.setdefault(told.house, f"{told.house_no.partition('/')[0]}/{self.rng.randrange(6, 20)}")
        told.house_no = number
        return True

    def sex_missing(self, told: Told) -> bool:
        """Neither sex nor title."""
        told.sex = told.title = ""
        return True

    def sex_wrong(self, told: Told) -> bool:
        told.sex = "M" if told.sex == "F" else "F"
        return True

    def phone_shared(self, told: Told) -> bool:
        """The number of somebody else: of the house, or of the volunteer who filled in the form."""
        house = [self.country.phone_of.get(person, "") for person in told.person.house.people]
        others = [phone for phone in house if phone and phone != told.phone]
        told.phone = self.rng.choice(others) if others else invented_phone(FIRST_FREE_PHONE + told.house.number // 60)
        return True

    def phone_old(self, told: Told) -> bool:
        """A number that the person gave up, which somebody else may have by now."""
        taken = self.rng.random() < 0.4
        number = self.rng.randrange(1, 50_000) if taken else FIRST_FREE_PHONE + self.rng.randrange(10_000, 90_000)
        told.phone = told.phone and invented_phone(number)
        return bool(told.phone)


def one_letter_wrong(rng: Random, name: str) -> str:
    """The name with one letter added, left out, replaced, or swapped with the next; every place and letter alike."""
    at, letter = rng.randrange(len(name)) if name else 0, rng.choice(LETTERS)
    changed = (
        name[:at] + letter + name[at:],
        name[:at] + name[at + 1 :],
        name[:at] + letter + name[at + 1 :],
        name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :],
    )
    return rng.choice(changed) if len(name) > 1 else name


# Of a hundred errors, about so many are of this kind.
DAMAGES: dict[str, tuple[float, Callable[[Damage, Told], bool]]] = {
    "id_wrong_digit": (8, Damage.id_wrong_digit),
    "id_swapped": (6, Damage.id_swapped),
    "id_of_another": (4, Damage.id_of_another),
    "name_sound": (10, Damage.name_sound),
    "name_letters": (10, Damage.name_letters),
    "name_tone": (2, Damage.name_tone),
    "name_title_inside": (3, Damage.name_title_inside),
    "name_nickname": (3, Damage.name_nickname),
    "family_changed": (8, Damage.family_changed),
    "birth_day_month": (6, Damage.birth_day_month),
    "birth_era": (4, Damage.birth_era),
    "birth_year_only": (5, Damage.birth_year_only),
    "birth_first_of_january": (4, Damage.birth_first_of_january),
    "birth_digit": (6, Damage.birth_digit),
    "house_spelling": (4, Damage.house_spelling),
    "house_moved": (7, Damage.house_moved),
    "house_split": (4, Damage.house_split),
    "sex_missing": (2, Damage.sex_missing),
    "sex_wrong": (2, Damage.sex_wrong),
    "phone_shared": (3, Damage.phone_shared),
    "phone_old": (5, Damage.phone_old),
}
