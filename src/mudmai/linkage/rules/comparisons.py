"""What is compared of two people, and which pairs are looked at. Titles are not: lists give and leave them out.

The weights stand in `model.toml`.
"""

from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from mudmai.linkage.rules.schemes import (
    UNKNOWN,
    Block,
    Comparison,
    Level,
    both,
    equal,
    missing,
    similar,
    some_shared,
    told_alike,
)
from mudmai.linkage.rules.sides import Side

CLOSE, LOOSE = 0.92, 0.82  # Jaro-Winkler over letters
DIGIT_SLIPS = (1, 10)  # years by which one wrong digit puts a date off
ERA = 543  # years between the Buddhist and the common era
GENERATION = 12  # years that part a parent from a child of the same name
ABOUT = 5  # years by which an age in words may be off


class Levels(NamedTuple):
    """The finding of every comparison for one pair."""

    cid: str
    given: str
    family: str
    birth: str
    sex: str
    house: str
    phone: str
    mates: str


def _name(column: str) -> tuple[Level, ...]:
    return (
        equal("exact", column, frequent=True),
        equal("sound", f"{column}_sound"),
        similar("close", column, CLOSE),
        similar("loose", column, LOOSE),
    )


def _married(a: Side, b: Side) -> bool:
    born_as = told_alike(a.birth, b.birth) and told_alike(a.given_sound, b.given_sound)
    return born_as and (a.sex or b.sex) == "f" and (b.sex or a.sex) == "f"


_BORN_AS = "birth_l = birth_r AND given_sound_l = given_sound_r"
_WOMEN = "coalesce(sex_l, sex_r) = 'f' AND coalesce(sex_r, sex_l) = 'f'"
# A woman of the same given name, born on the same day: the family name may have changed at marriage.
_MARRIED = Level("married", f"{_BORN_AS} AND {_WOMEN}", _married)


def _years(a: Side, b: Side) -> int:
    return abs((a.birth_year or 0) - (b.birth_year or 0))


def _coarse(a: Side, b: Side) -> bool:
    return a.birth_month is None or b.birth_month is None


_COARSE = "(birth_month_l IS NULL OR birth_month_r IS NULL)"
_YEARS = "abs(birth_year_l - birth_year_r)"
_BIRTH = (
    Level("exact", "birth_l = birth_r", lambda a, b: a.birth is not None and a.birth == b.birth),
    Level("swapped", "birth_l = birth_swapped_r", lambda a, b: a.birth is not None and a.birth == b.birth_swapped),
    Level(
        "slip",
        f"birth_day_l = birth_day_r AND {_YEARS} IN {DIGIT_SLIPS}",
        lambda a, b: a.birth_day is not None and a.birth_day == b.birth_day and _years(a, b) in DIGIT_SLIPS,
    ),
    Level(
        "era",
        f"{_YEARS} = {ERA} AND (birth_day_l = birth_day_r OR {_COARSE})",
        lambda a, b: _years(a, b) == ERA and (told_alike(a.birth_day, b.birth_day) or _coarse(a, b)),
    ),
    Level(
        "digit",
        "levenshtein(birth_told_l, birth_told_r) = 1",
        lambda a, b: (
            a.birth_told is not None
            and b.birth_told is not None
            and Levenshtein.distance(a.birth_told, b.birth_told, score_cutoff=1) == 1
        ),
    ),
    Level(
        "month",
        "birth_month_l = birth_month_r AND (birth_l IS NULL OR birth_r IS NULL)",
        lambda a, b: (
            a.birth_month is not None and a.birth_month == b.birth_month and (a.birth is None or b.birth is None)
        ),
    ),
    Level(
        "other_day",
        "birth_month_l = birth_month_r",
        lambda a, b: a.birth_month is not None and a.birth_month == b.birth_month,
    ),
    Level(
        "year",
        f"birth_year_l = birth_year_r AND {_COARSE}",
        lambda a, b: a.birth_year == b.birth_year and _coarse(a, b),
    ),
    Level("other_month", "birth_year_l = birth_year_r", lambda a, b: a.birth_year == b.birth_year),
    Level("other_year", "birth_day_l = birth_day_r", lambda a, b: told_alike(a.birth_day, b.birth_day)),
    Level("next_year", f"{_YEARS} <= 1 AND {_COARSE}", lambda a, b: _years(a, b) <= 1 and _coarse(a, b)),
    Level("about", f"{_YEARS} <= {ABOUT} AND {_COARSE}", lambda a, b: _years(a, b) <= ABOUT and _coarse(a, b)),
    Level("different", f"{_YEARS} < {GENERATION}", lambda a, b: _years(a, b) < GENERATION),
)


_BOTH_DAYS = "birth_l IS NOT NULL AND birth_r IS NOT NULL"
_FULL = ("exact", "swapped", "slip", "digit", "other_day", "other_month", "other_year")
_AMONG_BIRTHS = (
    dict.fromkeys(_FULL, _BOTH_DAYS)
    | dict.fromkeys(("year", "next_year", "about"), _COARSE)
    | {"month": f"NOT {_COARSE} AND NOT ({_BOTH_DAYS})"}
)


def _one_house(a: Side, b: Side) -> bool:
    return any(told_alike(getattr(a, column), getattr(b, column)) for column in ("house", "address", "house_code"))


_ONE_HOUSE = "(house_l = house_r OR address_l = address_r OR house_code_l = house_code_r)"
_HOUSE = (
    Level("same", _ONE_HOUSE, _one_house),
    Level(
        "number",
        "house_number_l = house_number_r AND (village_l IS NULL OR village_r IS NULL)",
        lambda a, b: told_alike(a.house_number, b.house_number) and (a.village is None or b.village is None),
    ),
    Level("village", "village_l = village_r", lambda a, b: told_alike(a.village, b.village)),
    Level("tambon", "tambon_l = tambon_r", lambda a, b: told_alike(a.tambon, b.tambon)),
)

COMPARISONS: tuple[Comparison, ...] = (
    Comparison(
        "cid",
        Level(
            UNKNOWN,
            # A mistyped id says something only where it is near this one; else it may be anybody's.
            "(cid_l IS NULL OR cid_r IS NULL) AND coalesce(near_l <> cid_r, true) AND coalesce(near_r <> cid_l, true)",
            lambda a, b: (
                (a.cid is None or b.cid is None) and not told_alike(a.near, b.cid) and not told_alike(b.near, a.cid)
            ),
        ),
        (
            Level("exact", "cid_l = cid_r", lambda a, b: told_alike(a.cid, b.cid)),
            Level(
                "swapped",
                "(slip_l = 'swap' AND near_l = cid_r) OR (slip_r = 'swap' AND near_r = cid_l)",
                lambda a, b: (
                    (a.slip == "swap" and told_alike(a.near, b.cid)) or (b.slip == "swap" and told_alike(b.near, a.cid))
                ),
            ),
            Level(
                "near",
                "near_l = cid_r OR near_r = cid_l",
                lambda a, b: told_alike(a.near, b.cid) or told_alike(b.near, a.cid),
            ),
        ),
        "different",
    ),
    Comparison("given", missing("given"), _name("given"), "different"),
    Comparison(
        "family", missing("family"), (*_name("family"), _MARRIED), "different", {"married": f"{_BORN_AS} AND {_WOMEN}"}
    ),
    Comparison("birth", missing("birth_year"), _BIRTH, "generation", _AMONG_BIRTHS),
    Comparison("sex", missing("sex"), (equal("same", "sex"),), "different"),
    Comparison(
        "house",
        Level(
            UNKNOWN,
            "(house_l IS NULL AND tambon_l IS NULL) OR (house_r IS NULL AND tambon_r IS NULL)",
            lambda a, b: any(s.house is None and s.tambon is None for s in (a, b)),
        ),
        _HOUSE,
        "elsewhere",
        {"number": "village_l IS NULL OR village_r IS NULL"},
    ),
    Comparison("phone", missing("phone"), (equal("same", "phone"),), "different"),
    Comparison(
        "mates",
        # Whoever lives in the same house lives with the same people: that says nothing new.
        Level(
            UNKNOWN,
            f"mates_l IS NULL OR mates_r IS NULL OR coalesce({_ONE_HOUSE}, false)",
            lambda a, b: a.mates is None or b.mates is None or _one_house(a, b),
        ),
        (some_shared("several", "mates", 2), some_shared("one", "mates", 1)),
        "none",
    ),
)


# Which pairs are looked at: those that agree in one of these. An equal 13-digit id is looked up beforehand.
BLOCKING: tuple[Block, ...] = (
    both("given", "family"),
    both("given", "birth"),
    both("given", "birth_year", "tambon"),
    both("family", "birth"),
    both("given_sound", "family_sound", "tambon"),
    both("given", "house"),
    both("given", "address"),
    both("family", "house"),
    both("family", "address"),
    both("given_sound", "birth"),
    both("given_sound", "house_number"),
    both("family_sound", "birth_year", "tambon"),
    both("phone", "given"),
    Block(("near",), ("cid",)),
    Block(("cid",), ("near",)),
)
