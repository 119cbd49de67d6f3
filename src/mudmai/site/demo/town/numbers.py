"""13-digit ids and phone numbers: rightly built, and belonging to nobody."""

from datetime import date
from random import Random

from mudmai.kernel.ids import check_digit
from mudmai.site.demo.town.houses import HOME_OFFICE
from mudmai.site.demo.town.persons import Person

# Numbers between a province's last district and its first municipality, which count down from 99: no office has them.
OTHER_OFFICES = ("5133", "5033", "5433", "5633", "5733", "1062")
NUMBERED_AT_BIRTH_FROM = date(1984, 1, 1)
BORN_HERE = 0.72
# Exchanges that no operator has opened: 054-000-xxx and 0x0-000-xxxx.
MOBILE_PREFIXES = ("060", "080", "090")


def give_numbers(
    rng: Random, people: list[Person], *, home: str = HOME_OFFICE, others: tuple[str, ...] = OTHER_OFFICES
) -> None:
    """Give every person a number of the right kind; families numbered in the first survey stand side by side.

    Numbers of two towns never meet where their offices, `home` and `others`, do not.
    """
    births = sorted((p for p in people if p.birth >= NUMBERED_AT_BIRTH_FROM), key=lambda p: (p.birth, p.number))
    running = {p: 1_000 + 7 * i + rng.randrange(7) for i, p in enumerate(births)}
    in_house: dict[int, int] = {}
    for person in people:
        if person.status == "no_number":
            continue
        if person.status != "citizen":
            body = _alien_number(person, home)
        elif person in running:
            kind = "1" if rng.random() < 0.97 else "2"
            body = f"{kind}{_office(rng, home, others)}{running[person]:07d}"
        else:
            place = in_house[person.house.number] = in_house.get(person.house.number, 0) + 1
            kind = rng.choices("354", (0.92, 0.05, 0.03))[0]
            body = f"{kind}{_office(rng, home, others)}{person.house.number + 120:05d}{place:02d}"
        person.cid = body + check_digit(body)


def _office(rng: Random, home: str, others: tuple[str, ...]) -> str:
    return home if rng.random() < BORN_HERE else rng.choice(others)


def _alien_number(person: Person, home: str) -> str:
    # 0-xxxx-89xxx: persons without registration (ท.ร.38 ก); 6- and 7-: ท.ร.13 and their children born here.
    first, group = {"stateless": ("6", "51"), "alien_child": ("7", "51"), "unregistered": ("0", "89")}[person.status]
    return f"{first}{home}{group}{person.number:05d}"


def mobile(rng: Random) -> str:
    """A mobile number in an exchange that is not in use."""
    return f"{rng.choice(MOBILE_PREFIXES)}000{rng.randrange(10_000):04d}"


def phone(rng: Random) -> str:
    """A mobile number, now and then a landline of the north."""
    return f"054000{rng.randrange(1_000):03d}" if rng.random() < 0.06 else mobile(rng)
