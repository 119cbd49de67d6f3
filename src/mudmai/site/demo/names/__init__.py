"""Invented names: given names by fashion, family names by village, nicknames."""

from random import Random

from mudmai.site.demo.names import given
from mudmai.site.demo.names.family import family_names, many_family_names

_MALE = [block.split() for block in given.MALE]
_FEMALE = [block.split() for block in given.FEMALE]
_MALE_PARTS = [block.split() for block in given.PARTS_MALE]
_FEMALE_PARTS = [block.split() for block in given.PARTS_FEMALE]

# How many families share a village: few names, most people in the first ones, as in any old village.
FAMILIES_IN_A_VILLAGE = 62
# One family name in four is also met in the next village.
SHARED_WITH_NEIGHBOURS = 16
STRANGERS = 1_200  # family names from elsewhere that are met in one town
OLD_FASHION = 1957
# Share of people born before a year whose name is put together of two parts (an estimate).
COMPOSED = ((1957, 0.05), (1985, 0.35), (2005, 0.55), (9999, 0.65))


def given_name(rng: Random, sex: str, birth_year: int) -> str:
    """A name of the fashion into which the person was born; one in twelve bears the fashion before."""
    fashion = next(i for i, end in enumerate(given.FASHION_ENDS) if birth_year < end)
    if fashion and rng.random() < 0.08:
        fashion -= 1
    return rng.choice((_MALE if sex == "M" else _FEMALE)[fashion])


def name_like(rng: Random, pattern: str, sex: str, birth_year: int) -> str:
    """A name that begins like `pattern`, as fathers name sons and parents name twins; any name where none does."""
    fashion = next(i for i, end in enumerate(given.FASHION_ENDS) if birth_year < end)
    pool = (_MALE if sex == "M" else _FEMALE)[fashion]
    alike = [name for name in pool if name[:2] == pattern[:2] and name != pattern]
    return rng.choice(alike) if alike else given_name(rng, sex, birth_year)


def stateless_name(rng: Random, sex: str) -> tuple[str, str]:
    """A Tai given name and, for half of them, a family name."""
    names = given.STATELESS_MALE if sex == "M" else given.STATELESS_FEMALE
    family = rng.choice(given.STATELESS_FAMILY.split()) if rng.random() < 0.5 else ""
    return rng.choice(names.split()), family


def nickname(rng: Random, birth_year: int) -> str:
    """What the neighbours say."""
    return rng.choice((given.NICKNAMES_OLD if birth_year < OLD_FASHION else given.NICKNAMES_YOUNG).split())


def all_given_names(sex: str) -> set[str]:
    """Every given name that the demo knows for a sex ("M" or "F")."""
    return {name for block in (_MALE if sex == "M" else _FEMALE) for name in block}


class FamilyNames:
    """Hands out family names village by village, so that each village has its own clans and a few strangers."""

    def __init__(self, rng: Random, villages: int, pool: list[str] | None = None):
        self._rng = rng
        pool = family_names() if pool is None else pool
        rng.shuffle(pool)
        self._strangers = pool[villages * FAMILIES_IN_A_VILLAGE :]
        self._clans = [
            pool[max(0, i * FAMILIES_IN_A_VILLAGE - SHARED_WITH_NEIGHBOURS) : (i + 1) * FAMILIES_IN_A_VILLAGE]
            for i in range(villages)
        ]
        self._weights = [[1 / (rank + 3) for rank in range(len(clan))] for clan in self._clans]
        for clan in self._clans:
            rng.shuffle(clan)

    def given(self, sex: str, birth_year: int) -> str:
        """A given name of the fashion of that year."""
        return given_name(self._rng, sex, birth_year)

    def of_village(self, village: int) -> str:
        """A name of the village: a clan in nine of ten cases."""
        if self._rng.random() < 0.1:
            return self.of_a_stranger()
        return self._rng.choices(self._clans[village], self._weights[village])[0]

    def of_a_stranger(self) -> str:
        """A name from elsewhere; about a thousand are in the pool."""
        return self._rng.choice(self._strangers)


class NamesOfTheLand(FamilyNames):
    """The names of one town among many: clans that the next town does not have, and young names put together anew."""

    def __init__(self, rng: Random, villages: int):
        two, three, chinese = many_family_names()
        half = (villages * FAMILIES_IN_A_VILLAGE + STRANGERS) // 2
        super().__init__(rng, villages, rng.sample(two, half) + rng.sample(three, half) + chinese)

    def given(self, sex: str, birth_year: int) -> str:
        """As in any town, but the younger, the more often of two parts that parents chose, as most are today."""
        composed = next(share for end, share in COMPOSED if birth_year < end)
        if self._rng.random() >= composed:
            return given_name(self._rng, sex, birth_year)
        first, last = _MALE_PARTS if sex == "M" else _FEMALE_PARTS
        return self._rng.choice(first) + self._rng.choice(last)
