"""The errors that real lists have, put in on purpose and written down.

Each kind has a name in `KINDS`; `docs/demo.md` says what each looks like. `Slips` belongs to one list: its rates say
how often that office slips, and `taken()` gives what went wrong in the row just written.
"""

from datetime import date
from random import Random
from typing import Any

from mudmai.site.demo.town.persons import Person
from mudmai.site.demo.wording import buddhist, dashed_cid

KINDS = {
    "id_missing": "the 13-digit id is left empty or '-'",
    "id_wrong_digit": "one digit of the id is wrong",
    "id_swapped": "two neighbouring digits of the id are swapped",
    "id_as_float": "the id was turned into a number with .0",
    "id_scientific": "the id was ruined by Excel into 3.52E+12",
    "id_of_another": "the id of another person, copied from the row above",
    "name_misspelt": "a given or family name in another spelling",
    "tone_order": "tone mark typed before the vowel, sara am in two parts, or doubled sara e",
    "title_stuck": "the title stuck to the name in a column that should hold the name alone",
    "title_abbreviated": "the title as น.ส., ด.ช., นส. or with spaces",
    "surname_changed": "the family name before (or after) a wedding",
    "birth_day_month": "day and month of birth swapped",
    "birth_year_only": "only the year of birth",
    "birth_gregorian": "a Gregorian year among Buddhist ones",
    "age_about": "an age in words in place of the birth date",
    "house_no_as_date": "a house number such as 12/3 that Excel turned into a date",
    "moo_missing": "no village number",
    "duplicate": "the same person once more in the same list",
    "amount_stale": "an allowance that was not raised with age",
    "dead_still_listed": "someone who has died and still stands in the list",
    "gone_still_listed": "someone who has moved away and still stands in the list",
    "nickname_only": "a nickname or kin word in place of the name",
    "pin_swapped": "latitude and longitude in each other's column",
    "pin_dms": "a pin in degrees, minutes and seconds",
    "pin_in_one_cell": "latitude and longitude in one cell",
    "pin_outside": "a pin outside the tambon",
    "pin_missing": "no pin",
}

# How often each list slips, per row. The civil register comes from one well-kept system.
RATES: dict[str, dict[str, float]] = {
    "civil": {"tone_order": 0.004, "name_misspelt": 0.002},
    "civil_newer": {"birth_gregorian": 0.015, "tone_order": 0.003, "name_misspelt": 0.002, "birth_day_month": 0.003},
    "disability": {
        "id_missing": 0.03, "id_wrong_digit": 0.015, "id_swapped": 0.01, "id_of_another": 0.012, "name_misspelt": 0.08,
        "tone_order": 0.02, "title_stuck": 0.05, "surname_changed": 0.04, "birth_day_month": 0.03,
        "birth_year_only": 0.04, "birth_gregorian": 0.05, "moo_missing": 0.03,
    },
    "allowance": {
        "id_missing": 0.02, "id_wrong_digit": 0.006, "id_swapped": 0.004, "id_as_float": 0.05, "id_of_another": 0.003,
        "name_misspelt": 0.04, "tone_order": 0.01, "surname_changed": 0.015, "birth_day_month": 0.01,
        "birth_gregorian": 0.01, "house_no_as_date": 0.5, "amount_stale": 0.01,
    },
    "tpmap": {
        "id_missing": 0.05, "id_wrong_digit": 0.03, "id_swapped": 0.02, "id_as_float": 0.12, "id_scientific": 0.03,
        "id_of_another": 0.02, "name_misspelt": 0.08, "tone_order": 0.03, "title_stuck": 0.04, "surname_changed": 0.03,
        "moo_missing": 0.05,
    },
    "bmn": {"id_missing": 0.015, "id_wrong_digit": 0.004, "name_misspelt": 0.03, "tone_order": 0.01},
    "child_grant": {"id_missing": 0.02, "id_wrong_digit": 0.01, "name_misspelt": 0.04, "title_abbreviated": 0.4},
    "ltc": {"id_missing": 0.03, "name_misspelt": 0.06, "tone_order": 0.02, "title_abbreviated": 0.3},
    "bedridden": {
        "id_missing": 0.45, "id_wrong_digit": 0.03, "name_misspelt": 0.15, "tone_order": 0.05, "surname_changed": 0.05,
        "title_abbreviated": 0.3, "moo_missing": 0.06,
    },
    "survey": {
        "name_misspelt": 0.06, "tone_order": 0.02, "title_abbreviated": 0.35, "surname_changed": 0.02,
        "nickname_only": 0.02, "house_no_as_date": 0.06, "pin_missing": 0.15, "pin_swapped": 0.013, "pin_dms": 0.03,
        "pin_in_one_cell": 0.02, "pin_outside": 0.004,
    },
}  # fmt: skip

# Spellings that clerks take for each other; the first that fits one letter group of the name is exchanged.
SPELLINGS = (
    ("พงษ์", "พงศ์"), ("วงศ์", "วงค์"), ("ศักดิ์", "ศักดิ"), ("จันทร์", "จันทร"), ("วรรณ", "วรรณ์"), ("รัตน์", "รัตน"),
    ("พันธ์", "พันธุ์"), ("บูรณ์", "บูรณ"), ("ฑา", "ทา"), ("ณัฐ", "นัฐ"), ("ฐิ", "ธิ"), ("ธน", "ทน"),
    ("ศรี", "สี"), ("ศิ", "สิ"), ("สุ", "ศุ"), ("ภัทร", "พัทร"), ("ทร", "ธร"), ("ญ", "ย"),
    ("ใ", "ไ"), ("ไ", "ใ"), ("ี", "ิ"), ("ิ", "ี"), ("ื", "ึ"), ("ู", "ุ"),
    ("ุ", "ู"), ("๋", "้"), ("้", "่"), ("์", ""), ("ณ", "น"), ("ล", "ร"),
    ("ร", "ล"), ("ษ", "ส"),
)  # fmt: skip
ABBREVIATIONS = {
    "นาย": ("นาย ",),
    "นาง": ("นาง ",),
    "นางสาว": ("น.ส.", "น.ส. ", "นส.", "น.ส"),
    "เด็กชาย": ("ด.ช.", "ดช."),
    "เด็กหญิง": ("ด.ญ.", "ดญ."),
}


class Slips:
    """Makes one list's errors, row by row."""

    def __init__(self, rng: Random, kind: str):
        self.rng = rng
        self.rates = RATES[kind]
        self._made: list[str] = []
        self._id_above = ""

    def happens(self, kind: str) -> bool:
        """Decide whether this slip is made here, and write it down if so."""
        if self.rng.random() >= self.rates.get(kind, 0.0):
            return False
        self.made(kind)
        return True

    def made(self, kind: str) -> None:
        """Write down an error of the row at hand."""
        assert kind in KINDS, kind
        self._made.append(kind)

    def taken(self) -> tuple[str, ...]:
        """What went wrong since the last call, each kind once."""
        made, self._made = tuple(dict.fromkeys(self._made)), []
        return made

    def cid(self, person: Person, *, dashed: bool = False) -> str:
        """The id as this list has it, as text."""
        above, self._id_above = self._id_above, person.cid
        if not person.cid or self.happens("id_missing"):
            return self.rng.choice(("", "", "-"))
        if above and above != person.cid and self.happens("id_of_another"):
            return dashed_cid(above) if dashed else above
        cid = person.cid
        if self.happens("id_wrong_digit"):
            cid = wrong_digit(self.rng, cid)
        elif self.happens("id_swapped"):
            cid = swapped_digits(self.rng, cid)
        elif self.happens("id_as_float"):
            return f"{cid}.0"
        elif self.happens("id_scientific"):
            return f"{int(cid):.5E}"
        return dashed_cid(cid) if dashed else cid

    def given(self, person: Person, day: date) -> str:
        return self._spelt(person.given_on(day))

    def family(self, person: Person, day: date) -> str:
        family = person.family_on(day)
        if person.maiden and person.maiden != family and self.happens("surname_changed"):
            family = person.maiden
        return self._spelt(family)

    def full_name(self, person: Person, day: date, *, gap: str = "") -> str:
        """Title, given and family name in one cell."""
        title = person.title_on(day)
        if title in ABBREVIATIONS and self.happens("title_abbreviated"):
            title, gap = self.rng.choice(ABBREVIATIONS[title]), ""
        name = f"{title}{gap}{self.given(person, day)}"
        spaces = "  " if self.rng.random() < 0.15 else " "
        return f"{name}{spaces}{self.family(person, day)}".strip()

    def _spelt(self, name: str) -> str:
        # A name has two parts, each may be hit: half the rate for each.
        draw = self.rng.random()
        misspelt = self.rates.get("name_misspelt", 0.0) / 2
        if draw < misspelt:
            return self._if_changed(name, misspell(self.rng, name), "name_misspelt")
        # Few names can take the typing slip at all, so it is tried more often.
        if draw < misspelt + self.rates.get("tone_order", 0.0) * 3:
            return self._if_changed(name, disorder(name), "tone_order")
        return name

    def _if_changed(self, before: str, after: str, kind: str) -> str:
        if before != after:
            self.made(kind)
        return after

    def birth(self, person: Person) -> date | str:
        """The birth date, or its year as text where only that is known or written."""
        birth = person.birth
        if person.birth_known == "year" or self.happens("birth_year_only"):
            return str(buddhist(birth))
        if birth.day <= 12 and birth.day != birth.month and self.happens("birth_day_month"):
            return birth.replace(day=birth.month, month=birth.day)
        return birth

    def pick(self, *choices: Any) -> Any:
        return self.rng.choice(choices)


def wrong_digit(rng: Random, cid: str) -> str:
    """The id with one digit typed wrong, not the first."""
    at = rng.randrange(1, 12)
    return cid[:at] + rng.choice([d for d in "0123456789" if d != cid[at]]) + cid[at + 1 :]


def swapped_digits(rng: Random, cid: str) -> str:
    """The id with two neighbours swapped that differ."""
    places = [i for i in range(1, 12) if cid[i] != cid[i + 1]]
    at = rng.choice(places)
    return cid[:at] + cid[at + 1] + cid[at] + cid[at + 2 :]


def misspell(rng: Random, name: str) -> str:
    """The name in a spelling that sounds the same or nearly so; unchanged where nothing fits."""
    fitting = [(right, wrong) for right, wrong in SPELLINGS if right in name[1:]]
    if not fitting:
        return name
    right, wrong = rng.choice(fitting[:8])
    at = name.index(right, 1)
    return name[:at] + wrong + name[at + len(right) :]


def disorder(name: str) -> str:
    """The same letters on screen, other code points: tone before vowel, nikhahit + sara aa, doubled sara e."""
    for vowel in "ิีึืัุู":
        for tone in "่้๊๋":
            if vowel + tone in name:
                return name.replace(vowel + tone, tone + vowel, 1)
    if "ำ" in name:
        return name.replace("ำ", "ํา", 1)
    return name.replace("แ", "เเ", 1)


def house_no_as_date(house_no: str, year: int) -> date | None:
    """The date that Excel with Thai settings makes of 12/3 (12 March); None where it would leave the text alone."""
    day, _, month = house_no.partition("/")
    if not (day.isdecimal() and month.isdecimal()) or not (1 <= int(day) <= 28 and 1 <= int(month) <= 12):
        return None
    return date(year, int(month), int(day))
