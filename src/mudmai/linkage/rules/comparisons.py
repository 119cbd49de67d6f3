"""What is compared, level by level: the SQL that DuckDB runs over many pairs and its twin in Python for one.

The first level that holds is the finding. Both forms must agree; a property test compares them. The weights stand in
`model.toml`. Never compared: titles, which lists give and leave out as they like.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import JaroWinkler

from mudmai.linkage.rules.sides import Side

UNKNOWN = "unknown"  # nothing to compare on one side: weighs nothing
CLOSE, LOOSE = 0.92, 0.82  # Jaro-Winkler over letters
DIGIT_SLIPS = (1, 10, 543)  # a year one or ten off, or in the other era
GENERATION = 12  # years that part a parent from a child of the same name
ABOUT = 5  # years by which an age in words may be off


@dataclass(frozen=True, slots=True)
class Level:
    """One finding: its code, and when it holds."""

    code: str
    sql: str
    holds: Callable[[Side, Side], bool]
    frequency_of: str = ""  # the column whose common values weigh less


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing that is compared, strongest finding first; the last finding is `otherwise`."""

    name: str
    missing: Level
    levels: tuple[Level, ...]
    otherwise: str

    @property
    def codes(self) -> tuple[str, ...]:
        """All findings by number, as Splink numbers them, one higher: nothing to compare is 0, `otherwise` is 1."""
        return (UNKNOWN, self.otherwise, *(level.code for level in reversed(self.levels)))

    def of(self, left: Side, right: Side) -> str:
        if self.missing.holds(left, right):
            return UNKNOWN
        for level in self.levels:
            if level.holds(left, right):
                return level.code
        return self.otherwise


class Levels(NamedTuple):
    """The finding of every comparison for one pair."""

    cid: str
    given: str
    family: str
    birth: str
    sex: str
    house: str
    phone: str


def _alike(left: str | None, right: str | None, at_least: float) -> bool:
    return JaroWinkler.similarity(left or "", right or "") >= at_least


def _name(column: str) -> tuple[Level, ...]:
    sound = f"{column}_sound"
    similarity = f"jaro_winkler_similarity({column}_l, {column}_r)"

    def get(side: Side, name: str = column) -> str | None:
        return getattr(side, name)  # type: ignore[no-any-return]  # a column of text

    return (
        Level("exact", f"{column}_l = {column}_r", lambda a, b: get(a) == get(b), frequency_of=column),
        Level(
            "sound", f"{sound}_l = {sound}_r", lambda a, b: get(a, sound) is not None and get(a, sound) == get(b, sound)
        ),
        Level("close", f"{similarity} >= {CLOSE}", lambda a, b: _alike(get(a), get(b), CLOSE)),
        Level("loose", f"{similarity} >= {LOOSE}", lambda a, b: _alike(get(a), get(b), LOOSE)),
    )


def _missing(*names: str) -> Level:
    sql = " OR ".join(f"{name}_{side} IS NULL" for name in names for side in "lr")
    return Level(UNKNOWN, sql, lambda a, b: any(getattr(s, name) is None for s in (a, b) for name in names))


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
    Level("next_year", f"{_YEARS} <= 1 AND {_COARSE}", lambda a, b: _years(a, b) <= 1 and _coarse(a, b)),
    Level("about", f"{_YEARS} <= {ABOUT} AND {_COARSE}", lambda a, b: _years(a, b) <= ABOUT and _coarse(a, b)),
    Level("different", f"{_YEARS} < {GENERATION}", lambda a, b: _years(a, b) < GENERATION),
)


def _same(a: str | None, b: str | None) -> bool:
    return a is not None and a == b


_HOUSE = (
    Level(
        "same",
        "house_l = house_r OR address_l = address_r",
        lambda a, b: _same(a.house, b.house) or _same(a.address, b.address),
    ),
    Level(
        "number",
        "house_number_l = house_number_r AND (village_l IS NULL OR village_r IS NULL)",
        lambda a, b: _same(a.house_number, b.house_number) and (a.village is None or b.village is None),
    ),
    Level("village", "village_l = village_r", lambda a, b: _same(a.village, b.village)),
    Level("tambon", "tambon_l = tambon_r", lambda a, b: _same(a.tambon, b.tambon)),
)

COMPARISONS: tuple[Comparison, ...] = (
    Comparison(
        "cid",
        Level(
            UNKNOWN,
            # A mistyped id says something only where it is near this one; else it may be anybody's.
            "(cid_l IS NULL OR cid_r IS NULL) AND coalesce(near_l <> cid_r, true) AND coalesce(near_r <> cid_l, true)",
            lambda a, b: (a.cid is None or b.cid is None) and not _same(a.near, b.cid) and not _same(b.near, a.cid),
        ),
        (
            Level("exact", "cid_l = cid_r", lambda a, b: _same(a.cid, b.cid)),
            Level(
                "near", "near_l = cid_r OR near_r = cid_l", lambda a, b: _same(a.near, b.cid) or _same(b.near, a.cid)
            ),
        ),
        "different",
    ),
    Comparison("given", _missing("given"), _name("given"), "different"),
    Comparison("family", _missing("family"), _name("family"), "different"),
    Comparison("birth", _missing("birth_year"), _BIRTH, "generation"),
    Comparison("sex", _missing("sex"), (Level("same", "sex_l = sex_r", lambda a, b: a.sex == b.sex),), "different"),
    Comparison(
        "house",
        Level(
            UNKNOWN,
            "(house_l IS NULL AND tambon_l IS NULL) OR (house_r IS NULL AND tambon_r IS NULL)",
            lambda a, b: any(s.house is None and s.tambon is None for s in (a, b)),
        ),
        _HOUSE,
        "elsewhere",
    ),
    Comparison(
        "phone", _missing("phone"), (Level("same", "phone_l = phone_r", lambda a, b: a.phone == b.phone),), "different"
    ),
)


class Block(NamedTuple):
    """Pairs are looked at where these columns of the row equal those of the other."""

    left: tuple[str, ...]
    right: tuple[str, ...]


def _both(*columns: str) -> Block:
    return Block(columns, columns)


# Which pairs are looked at: those that agree in one of these. An equal 13-digit id is looked up beforehand.
BLOCKING: tuple[Block, ...] = (
    _both("given", "family"),
    _both("given", "birth"),
    _both("given", "birth_year", "tambon"),
    _both("family", "birth"),
    _both("given_sound", "family_sound", "tambon"),
    _both("given", "house"),
    _both("given", "address"),
    _both("family", "house"),
    _both("family", "address"),
    _both("given_sound", "birth"),
    _both("given_sound", "house_number"),
    _both("family_sound", "birth_year", "tambon"),
    _both("phone", "given"),
    Block(("near",), ("cid",)),
    Block(("cid",), ("near",)),
)
# More people than this who agree in a block say nothing: a column was read wrongly, or holds one word on every row.
# Without this bound, 100,000 rows named "-" would make five thousand million pairs.
CROWD = 300


def compare(left: Side, right: Side) -> Levels:
    """The finding of every comparison."""
    return Levels(*(comparison.of(left, right) for comparison in COMPARISONS))
