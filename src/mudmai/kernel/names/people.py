"""One person's name, split from one cell or read from several."""

import re
from typing import NamedTuple

from mudmai.kernel.names import titles as title_rules
from mudmai.kernel.names.titles import Title
from mudmai.kernel.parsed import BLANK, Parsed, refused
from mudmai.kernel.text import cell_text, is_blank, thai_digits_to_arabic

LONGEST_NAME = 200


class PersonName(NamedTuple):
    """The parts of a name; "" where there is none. `sex_hint` is "m", "f" or ""."""

    title: str = ""
    given: str = ""
    family: str = ""
    nickname: str = ""
    sex_hint: str = ""
    under_15_hint: bool = False


_ROW_NUMBER = re.compile(r"^\(?\d{1,4}\s*[.)]+\s*|^\d{1,4}\s+(?=\D)")
_BRACKETS = re.compile(r"\s*[(\[{]([^()\[\]{}]*)[)\]}]?\s*|\s*[\"“”]([^\"“”]*)[\"“”]\s*")
_NICKNAME_WORD = re.compile(r"^(?:ชื่อเล่น|เล่น|น้อง|ฉายา)\s*[:=]?\s*")
_REMARK = re.compile(r"ตาย|เสีย|ย้าย|เดิม|หัวหน้า|เจ้าบ้าน|แทน|พิการ|ติดเตียง|มารดา|บิดา|บุตร|ภรรยา|สามี|หมู่|ม\.|\d|ซ้ำ|อายุ|สกุล")
_LATIN_O = re.compile(r"(?<=[ก-๎])[oO]|[oO](?=[ก-๎])")
_THAI = re.compile(r"[ก-ฮ]")
_TWO_PEOPLE = re.compile(r"[,;&+/]| และ | กับ |และ(?=นาย|นาง|น\.ส)")
_HAS_LETTER = re.compile(r"[^\W\d_]")
_HAS_DIGIT = re.compile(r"\d")
_ODD = re.compile(r"[()\[\]{}\"“”oO0-9๐-๙,;&+/*]| และ| กับ ")
_NONE: tuple[str, ...] = ()
_EDGE = " .-_*,;:/'"


def person_name(cell: object, *, title: object = None, family: object = None) -> Parsed[PersonName]:
    """The name of one person from one cell, or from the cells of title, given name and family name.

    >>> person_name("นางสาวสมหญิง ใจดี").value
    PersonName(title='นางสาว', given='สมหญิง', family='ใจดี', nickname='', sex_hint='f', under_15_hint=False)
    >>> person_name("สมชาย ณ สงขลา").value.family
    'ณ สงขลา'
    """
    text = cell_text(cell)
    if is_blank(text):
        return BLANK if is_blank(family) else refused("name_unreadable")
    if len(text) > LONGEST_NAME:
        return refused("name_too_long")
    nickname, doubts = "", _NONE
    if _ODD.search(text):
        text, nickname, doubts = _without_oddities(text)
    own_title = None if title is None else title_rules.title(title)
    cut = title_rules.cut_titles(text, title_known=own_title is not None and own_title.value is not None)
    if not cut.rest or not _HAS_LETTER.search(cut.rest):
        return refused("name_title_only" if cut.titles else "name_unreadable")
    found, title_doubts = _title_of(cut.titles, own_title)
    given, last, name_doubts = _given_and_family(cut.rest, family)
    return Parsed(
        PersonName(found.text, given, last, nickname, found.sex, found.kind == "child"),
        (*doubts, *cut.doubts, *title_doubts, *name_doubts),
    )


def bare_given_name(text: str) -> str:
    """The given name alone, where a cell for it also holds the title or a nickname in brackets.

    >>> bare_given_name("นางสาวมาลี"), bare_given_name("มาลี (แดง)"), bare_given_name("นางฟ้า")
    ('มาลี', 'มาลี', 'นางฟ้า')
    """
    cut = title_rules.cut_titles(_without_oddities(text)[0] if _ODD.search(text) else text)
    # Where the title may be the beginning of a name, the text stays as the registry would keep it.
    return cut.rest if cut.titles and cut.rest and not cut.doubts else text if cut.titles else cut.rest


_NO_TITLE = Title("", "", "")


def _title_of(in_name: tuple[Title, ...], own: Parsed[Title] | None) -> tuple[Title, tuple[str, ...]]:
    inner = title_rules.joined_title(in_name) if in_name else None
    if own is None or own.value is None:
        return inner or _NO_TITLE, ()
    if inner is None or inner == own.value:
        return own.value, own.doubts
    return own.value, (*own.doubts, "name_titles_differ")


def _given_and_family(text: str, family_cell: object) -> tuple[str, str, tuple[str, ...]]:
    family = "" if family_cell is None else _family_text(family_cell)
    words = text.strip(_EDGE).split(" ")
    if family:
        given = " ".join(words)
        if len(words) > 1 and given.endswith(f" {family}"):
            return given[: -len(family) - 1].rstrip(_EDGE), family, ("name_family_repeated",)
        return given, family, ("name_several_words",) if len(words) > 1 else ()
    if len(words) == 2:
        return words[0], words[1].strip(_EDGE), ()
    if len(words) == 1:
        return words[0], "", ("name_no_family",)
    # "ณ" (of) belongs to the family name, with or without a word before it.
    usual = "ณ" in words[1:-1]
    return words[0], " ".join(words[1:]), () if usual else ("name_several_words",)


def _family_text(cell: object) -> str:
    return "" if is_blank(cell) else _LATIN_O.sub("อ", cell_text(cell))[:LONGEST_NAME].strip(_EDGE)


def _without_oddities(text: str) -> tuple[str, str, tuple[str, ...]]:
    """Takes row numbers, brackets and Latin letters out of a name; gives the nickname and the doubts."""
    doubts: list[str] = []
    nickname = ""
    text = _ROW_NUMBER.sub("", thai_digits_to_arabic(text))
    for bracket in _BRACKETS.finditer(text):
        inner = (bracket.group(1) or bracket.group(2) or "").strip(_EDGE)
        if inner == "หญิง" or "พิเศษ" in inner:
            continue  # part of a rank
        text = text.replace(bracket.group(), " ", 1)
        if inner and not nickname and len(inner) <= 20 and not _REMARK.search(inner):
            nickname = _NICKNAME_WORD.sub("", inner)
        elif inner:
            doubts.append("name_note_left_out")
    if _THAI.search(text) and _LATIN_O.search(text):
        text = _LATIN_O.sub("อ", text)
        doubts.append("name_latin_o")
    if _TWO_PEOPLE.search(text.strip(_EDGE)):
        doubts.append("name_two_people")
    if _HAS_DIGIT.search(text):
        doubts.append("name_has_digits")
    return " ".join(text.strip(_EDGE + "()").split()), nickname, tuple(dict.fromkeys(doubts))
