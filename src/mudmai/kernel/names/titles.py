"""Reads titles off the front of a name, the longest that fits first."""

import re
from functools import lru_cache
from typing import NamedTuple

from mudmai.kernel.names.title_list import CODES, DOUBTFUL_WORDS, GIVEN_NAMES, GROUPS
from mudmai.kernel.parsed import BLANK, Parsed, refused
from mudmai.kernel.text import cell_text, is_blank, thai_digits_to_arabic

RANKS = frozenset(["police", "army", "navy", "air_force"])
BARE_KINDS = RANKS | {"noble", "prisoner", "profession"}


class Title(NamedTuple):
    """A title as it is kept. `sex` is "m", "f", or "" where the title does not say."""

    text: str
    sex: str
    kind: str

    @property
    def is_childs(self) -> bool:
        """Whether only children under 15 carry it."""
        return self.kind == "child"


class Cut(NamedTuple):
    """Titles found at the front of a text, what follows them, and what was unsure."""

    titles: tuple[Title, ...]
    rest: str
    doubts: tuple[str, ...] = ()


# The short titles that nearly everybody has; the others must end in a point, or the name would lose its first letter.
_USUAL_SHORT = frozenset(["น.ส.", "ด.ช.", "ด.ญ."])


def _spelled(way: str) -> str:
    """The pattern of one way to write a title."""
    if "." not in way:
        # A bare word: letters stand for themselves; a vowel or mark after it means that the word goes on.
        body = re.escape(way).replace(r"\ ", r"\s?")
        end = r"(?=\s|\.|$)\.?" if way.isascii() or way in ("เณร", "หม่อม", "ท่าน") else r"(?![ะ-ฺๅ็-๎])"
        return body + end
    letters = [part for part in way.strip(".").split(".") if part]
    if len(letters) == 1:  # "ดร." needs its point, or a space after it
        return re.escape(letters[0]) + r"(?:\.+|(?=\s|$))" if len(letters[0]) > 1 else re.escape(letters[0]) + r"\.+"
    last_point_may_lack = r"(?:\.+|(?![ะ-ฺๅ็-๎]))" if way in _USUAL_SHORT else r"(?:\.+|(?=\s|$))"
    with_points = r"\.+\s?".join(map(re.escape, letters)) + last_point_may_lack
    # Points are often forgotten; then only a space tells the letters from a name that begins with them.
    without_points = r"\s?".join(map(re.escape, letters)) + r"(?:\.+|(?=\s|$))"
    return f"{with_points}|{without_points}"


def _read_list() -> tuple[dict[str, "re.Pattern[str]"], dict[str, dict[str, Title]]]:
    ways: dict[str, list[tuple[str, Title]]] = {}
    for kind, sex, lines in GROUPS:
        for line in filter(None, (line.strip() for line in lines.splitlines())):
            kept, *others = (way.strip() for way in line.split("|"))
            found = Title(kept, sex, kind)
            for way in (kept, *others):
                ways.setdefault(way[0].casefold(), []).append((way, found))
    patterns, titles = {}, {}
    for first, entries in ways.items():
        entries.sort(key=lambda entry: (-len(entry[0].replace(".", "")), entry[0]))
        names = {f"t{number}": entry[1] for number, entry in enumerate(entries)}
        alternatives = (f"(?P<t{number}>{_spelled(way)})" for number, (way, _) in enumerate(entries))
        patterns[first] = re.compile(f"(?:{'|'.join(alternatives)})", re.IGNORECASE)
        titles[first] = names
    return patterns, titles


_PATTERNS, _TITLES = _read_list()
_SPECIAL_RANK = re.compile(r"\s?\(?พิเศษ\)?(?![ะ-ฺๅ็-๎])")
_WOMAN_OF_RANK = re.compile(r"\s?\(?หญิง\)?(?![ะ-ฺๅ็-๎])")
# "นส" and its like without points are the title where a consonant follows at once; names go on with a vowel ("นสิตา").
_JOINED_SHORT = re.compile(r"(นส|ดช|ดญ)(?=[ก-ฮเ-ไ][ก-๎])")
_JOINED_SHORT_TITLES = {
    "นส": Title("นางสาว", "f", "civil"),
    "ดช": Title("เด็กชาย", "m", "child"),
    "ดญ": Title("เด็กหญิง", "f", "child"),
}
_LETTER = re.compile(r"[ก-ฮa-zA-Z]")


def _first_word(text: str) -> str:
    return text.split(" ", 1)[0]


def _is_enough_for_a_name(text: str) -> bool:
    return len(_LETTER.findall(text[:6])) >= 2 or len(_first_word(text)) >= 2


def _one_title(text: str) -> tuple[Title, int] | None:
    pattern = _PATTERNS.get(text[:1].casefold())
    found = pattern.match(text) if pattern else None
    if found is not None and found.lastgroup is not None:
        return _TITLES[text[0].casefold()][found.lastgroup], found.end()
    short = _JOINED_SHORT.match(text)
    return (_JOINED_SHORT_TITLES[short.group()], short.end()) if short else None


def _with_marks_of_rank(found: Title, text: str, end: int) -> tuple[Title, int]:
    """Takes "(พิเศษ)" and "หญิง", which follow a rank, together with it."""
    if found.kind not in RANKS:
        return found, end
    special = _SPECIAL_RANK.match(text, end)
    end = special.end() if special else end
    woman = _WOMAN_OF_RANK.match(text, end)
    return (Title(f"{found.text}หญิง", "f", found.kind), woman.end()) if woman else (found, end)


def cut_titles(text: str, *, title_known: bool = False) -> Cut:
    """Takes the titles off the front of clean text: "ว่าที่ ร.ต.หญิง สมศรี" carries two.

    With `title_known` (the title stands in a column of its own) only what cannot be a name is taken.
    """
    titles: list[Title] = []
    doubts: list[str] = []
    rest = text
    while len(titles) < 4 and (match := _one_title(rest)) is not None:
        found, end = _with_marks_of_rank(match[0], rest, match[1])
        following = rest[end:].lstrip(" .")
        is_joined = end < len(rest) and rest[end] != " " and rest[end - 1] != "."
        doubt = _doubt_of(found, rest, following, is_joined=is_joined, title_known=title_known or bool(titles))
        if doubt:
            doubts.append(doubt)
        if doubt == "name_title_or_name" or (is_joined and not _is_enough_for_a_name(following)):
            break
        if found not in titles:
            titles.append(found)
        rest = following
        if found.kind in ("civil", "child", "foreign") and not _said_again(found, following):
            break
    return Cut(tuple(titles), rest, tuple(doubts))


def _said_again(found: Title, following: str) -> bool:
    """The same title once more, as when a column of titles was put before names that had theirs ("นายนายสมชาย")."""
    # "นาง" is also how some names begin: นางนวล, นางแก้ว.
    again = None if found.text == "นาง" else _one_title(following)
    return again is not None and again[0] == found and _is_enough_for_a_name(following[again[1] :].lstrip())


def _doubt_of(found: Title, text: str, following: str, *, is_joined: bool, title_known: bool) -> str:
    word = _first_word(text)
    if not is_joined:
        # "สอ สังข์ทอง": letters without points may be a short rank or a short name.
        is_bare = found.text.count(".") > 1 and found.kind in BARE_KINDS and "." not in word and len(word) <= 3
        return "name_title_or_name" if is_bare and (title_known or " " not in following) else ""
    if word in GIVEN_NAMES or (found.kind == "courtesy" and title_known):
        return "name_title_or_name"
    short = text[: len(text) - len(following)] in _JOINED_SHORT_TITLES
    return "name_title_joined" if short or found.kind == "courtesy" or word in DOUBTFUL_WORDS else ""


def joined_title(titles: tuple[Title, ...]) -> Title:
    """Several titles as one: the words in their order, the sex that the last telling one says."""
    if len(titles) == 1:
        return titles[0]
    sex = next((each.sex for each in reversed(titles) if each.sex), "")
    return Title(" ".join(each.text for each in titles), sex, titles[-1].kind)


_LONGEST = 60


def title(cell: object) -> Parsed[Title]:
    """The title in a cell of its own; an unknown one is kept as written, with a doubt.

    >>> title("น.ส.").value.text, title("ร.ต.อ.หญิง").value.sex
    ('นางสาว', 'f')
    """
    if is_blank(cell):
        return BLANK
    text = cell_text(cell)
    return _title(text) if len(text) <= _LONGEST else refused("name_too_long")


@lru_cache(maxsize=4096)
def _title(text: str) -> Parsed[Title]:
    text = thai_digits_to_arabic(text)
    text = CODES.get(text, text)
    titles, rest, _ = cut_titles(text)
    if titles and not rest:
        return Parsed(joined_title(titles))
    return Parsed(Title(text, "", "unknown"), ("title_unknown",))
