"""From the words of an address to the code of the area, as deep as it can be known."""

from typing import NamedTuple

from mudmai.kernel.parsed import BLANK, Parsed, refused
from mudmai.kernel.text import cell_text, is_blank
from mudmai.places.models import AbolishedCode, Area
from mudmai.places.queries.areas import Book, book
from mudmai.places.queries.editions import AREAS, Kept
from mudmai.places.rules import BANGKOK, clean_code, is_community, moo_of, name_key, village_code
from mudmai.places.rules.matching import nearest
from mudmai.places.rules.names import village_key

# Answers kept at most; a list of 100,000 rows has a few thousand different addresses down to the village.
_MOST_ANSWERS = 200_000

_CAPITAL_DISTRICT = "เมือง"


class Found(NamedTuple):
    """One step of the way down: codes that fit (none, one, or several), with what was unsure."""

    codes: list[str]
    doubts: tuple[str, ...] = ()


class Gazetteer:
    """Names of areas to codes. Answers are kept, so asking again costs a dictionary look-up."""

    def __init__(self, pages: Book) -> None:
        self._book = pages
        self._answers: dict[tuple[object, ...], Parsed[str]] = {}
        self._by_name: dict[int, dict[str, list[str]]] = {1: {}, 2: {}, 3: {}}
        for area in pages.areas.values():
            self._enter(area)
        self._abolished: dict[str, list[AbolishedCode]] = {}
        for old in AbolishedCode.objects.order_by("code"):
            self._abolished.setdefault(name_key(old.name_th), []).append(old)
        self._villages: dict[str, dict[str, list[str]]] = {}

    def _enter(self, area: Area) -> None:
        if area.abolished_on is not None:
            return
        names = self._by_name[area.level]
        for key in {name_key(area.name_th), name_key(area.name_en)} - {""}:
            names.setdefault(key, []).append(area.code)

    def resolve(
        self,
        province: object = None,
        district: object = None,
        tambon: object = None,
        moo: object = None,
        village: object = None,
        within: str = "",
    ) -> Parsed[str]:
        """The code of the place that the words name, as deep as it is known.

        `within` is the area that the list is about: it fills what the words leave out, and decides between places of
        the same name; a place that is plainly named elsewhere stays elsewhere. What the words say and no list knows
        becomes a doubt, and the answer stops one level higher. Codes of doubts and problems: `rules.SENTENCES`.
        """
        question = (province, district, tambon, moo, village, within)
        answer = self._answers.get(question)
        if answer is None:
            if len(self._answers) >= _MOST_ANSWERS:
                self._answers.clear()
            answer = self._answers[question] = self._resolve(
                _word(province), _word(district), _word(tambon), _word(moo), _word(village), within
            )
        return answer

    def _resolve(self, province: str, district: str, tambon: str, moo: str, village: str, within: str) -> Parsed[str]:
        if not (province or district or tambon or moo or village or within):
            return BLANK
        if province:
            step = self._province(province)
            if not step.codes:
                return refused("province_unknown")
            base, doubts = step.codes[0], step.doubts
        else:
            base, doubts = "", ()
        for word, level in ((district, 2), (tambon, 3)):
            if not word:
                continue
            # The list's own area, as long as the words agree with it, decides between places of one name.
            home = within if within.startswith(base) else base
            step = self._step(word, level, base, home)
            doubts += step.doubts
            if len(step.codes) == 1:
                base = step.codes[0]
                continue
            problem = "place_ambiguous" if step.codes else ("district_unknown" if level == 2 else "tambon_unknown")
            doubts += () if "place_divided" in step.doubts else (problem,)
            if level == 3 or not tambon:
                known = base or home[: level * 2 - 2]
                return Parsed(known, doubts) if known else refused(problem, *(d for d in doubts if d != problem))
        home = within if within.startswith(base) else base
        return self._village(home, moo, village, doubts)

    def _province(self, word: str) -> Found:
        code = clean_code(word)
        if code and code in self._book.areas:
            return Found([code[:2]])
        return self._named(name_key(word), 1, "")

    def _step(self, word: str, level: int, base: str, home: str) -> Found:
        """One level down: first inside the list's own area, then inside what the words named, then nearby."""
        code = clean_code(word)
        if len(code) == level * 2 and code in self._book.areas:
            return Found([code])
        key = name_key(word)
        if level == 2:
            key = self._capital(key, base or home)
        for prefix in dict.fromkeys([home[: level * 2], home[: level * 2 - 2], base]):
            if prefix or not home:
                exact = self._inside(self._by_name[level].get(key, []), prefix)
                if len(exact) == 1:
                    return Found(exact)
        return self._otherwise(key, level, base, base or home[: level * 2 - 2])

    def _capital(self, key: str, prefix: str) -> str:
        """ "อ.เมือง" is the district that bears its province's name."""
        if key == _CAPITAL_DISTRICT and (province := self._book.get(prefix[:2])):
            return name_key(_CAPITAL_DISTRICT + province.name_th)
        return key

    def _otherwise(self, key: str, level: int, base: str, prefix: str) -> Found:
        """Abolished names, slips of spelling, and places that lie elsewhere than expected; each leaves a doubt."""
        everywhere = self._by_name[level].get(key, [])
        exact = self._inside(everywhere, prefix)
        if len(exact) > 1:
            return Found(exact)
        followers = self._followers(key, level, prefix)
        if followers:
            return Found(followers, ("place_abolished",)) if len(followers) == 1 else Found([], ("place_divided",))
        around = self._inside(everywhere, prefix[:2])
        if level == 3 and len(around) == 1:
            return Found(around, ("tambon_elsewhere",))
        near = self._named(key, level, prefix)
        if near.codes:
            return near
        return Found(everywhere, ("place_outside",) if len(everywhere) == 1 else ()) if not base else Found([])

    def _named(self, key: str, level: int, prefix: str) -> Found:
        names = self._by_name[level]
        exact = self._inside(names.get(key, []), prefix)
        if exact:
            return Found(exact)
        inside = [name for name, codes in names.items() if self._inside(codes, prefix)] if prefix else list(names)
        slipped = nearest(key, inside)
        return Found(self._inside(names[slipped], prefix), ("place_spelling",)) if slipped else Found([])

    def _followers(self, key: str, level: int, prefix: str) -> list[str]:
        """What follows an abolished area of this name that lay inside `prefix`, or lies there now."""
        codes: set[str] = set()
        for old in self._abolished.get(key, []):
            following = [code for code in old.successors if len(code) == level * 2 and code in self._book.areas]
            if old.code.startswith(prefix) or any(code.startswith(prefix) for code in following):
                codes.update(following)
        return sorted(codes)

    @staticmethod
    def _inside(codes: list[str], prefix: str) -> list[str]:
        return [code for code in codes if code.startswith(prefix)] if prefix else codes

    def _village(self, base: str, moo: str, village: str, doubts: tuple[str, ...]) -> Parsed[str]:
        if moo or village:
            base = base if is_community(base) else base[:6]
        if len(base) != 6 or not (moo or village):
            return Parsed(base, doubts) if base else Parsed(None, doubts, "tambon_unknown")
        listed = self._book.villages(base)
        if moo:
            return self._by_moo(base, moo, village, doubts)
        if not listed:
            return Parsed(base, doubts)
        names = self._village_names(base)
        key = village_key(village)
        codes = names.get(key, [])
        if not codes and (slipped := nearest(key, names)):
            codes, doubts = names[slipped], (*doubts, "place_spelling")
        if len(codes) == 1:
            return Parsed(codes[0], doubts)
        return Parsed(base, (*doubts, "place_ambiguous" if codes else "village_unknown"))

    def _by_moo(self, base: str, moo: str, village: str, doubts: tuple[str, ...]) -> Parsed[str]:
        """A village by its number. Where no list of villages was loaded, the number alone makes the code."""
        digits = "".join(letter for letter in moo if letter.isdecimal())
        code = village_code(base, int(digits)) if 0 < len(digits) <= 3 else ""
        listed = self._book.villages(base)
        if not code or base.startswith(BANGKOK) or (listed and code not in listed):
            return Parsed(base, (*doubts, "moo_unknown")) if digits != "0" else Parsed(base, doubts)
        if village and code in listed and not self._same_village(village, listed[code]):
            doubts = (*doubts, "village_differs")
        return Parsed(code, doubts)

    @staticmethod
    def _same_village(word: str, area: Area) -> bool:
        key, name = village_key(word), village_key(area.name_th)
        return key in name or name in key or nearest(key, [name]) is not None

    def _village_names(self, tambon: str) -> dict[str, list[str]]:
        if tambon not in self._villages:
            names: dict[str, list[str]] = {}
            for area in self._book.villages(tambon).values():
                if area.abolished_on is None and moo_of(area.code):
                    names.setdefault(village_key(area.name_th), []).append(area.code)
            self._villages[tambon] = names
        return self._villages[tambon]


def _word(cell: object) -> str:
    return "" if is_blank(cell) else cell_text(cell)


_kept = Kept(AREAS, lambda: Gazetteer(book()))


def gazetteer() -> Gazetteer:
    """The finder of places, shared by the process. Take it once per list, not once per row."""
    return _kept.get()
