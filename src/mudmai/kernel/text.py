"""Thai text as people type it, made fit for keeping and for sorting."""

import re
from datetime import date, datetime
from unicodedata import normalize

_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙０１２３４５６７８９", "01234567890123456789")

# Invisible characters go; every kind of space becomes the plain one; the private-use glyphs with which
# old Windows and Mac fonts drew Thai (they survive in text copied from PDF files) become the real letters.
_INVISIBLE = [*range(0x00, 0x09), *range(0x0E, 0x20), 0x7F, *range(0x80, 0xA0), 0xAD, 0x034F, 0x061C, 0x180E]
_INVISIBLE += [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC)]
_SPACES = [*range(0x09, 0x0E), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000]
_GLYPHS = "ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ฺุู"
_REPLACED: dict[int, int | str | None] = {
    **dict.fromkeys(_INVISIBLE, None),
    **dict.fromkeys(_SPACES, " "),
    **{0xF700 + i: letter for i, letter in enumerate(_GLYPHS)},
}

_MARKS = "ัิ-ฺ็-๎"
# Anything here sends the text through the slow road; clean text, the usual case, leaves after one search.
_SUSPECT = re.compile(
    r"[^ -~ก-ฺเ-ไๆ-๎๏-๛฿]|  |^ | $|เเ|ๅ|([ะาำเ-ไ])\1|ํ[่-๎]*า|[ะาำ][่-๋]|[เ-ไ][่-๋]"
    # Two marks on one consonant are right only as a vowel with a tone mark or a karan above it.
    r"|[ฺ่-๎][ัิ-ฺ็-๎]|[ัิ-ู็][ัิ-ฺ็ํ๎]"
)
_MARK_RUN = re.compile(f"[{_MARKS}]{{2,}}")
_LONG_A_OF_VOWEL_LETTER = re.compile(r"(?<![ฤฦ])ๅ")  # right after ฤ and ฦ, typed for า anywhere else
_SARA_AM_IN_TWO = re.compile(r"ํ([่-๎]*)า")
_TONE_AFTER_VOWEL = re.compile(r"([ะาำ]+)([่-๋]+)")
_TONE_BEFORE_CONSONANT = re.compile(r"([เ-ไ]+)([่-๋]+)([ก-ฮ])")
_DOUBLED_VOWEL = re.compile(r"([ะาำเ-ไ])\1+")
_SPACE_RUN = re.compile(r" {2,}")
# The order in which marks sit on a consonant. It agrees with Unicode's canonical order.
_MARK_ORDER = {"ฺ": 0, "ุ": 1, "ู": 1, "ํ": 3, "่": 4, "้": 4, "๊": 4, "๋": 4, "์": 5, "๎": 5}

_BLANK_SIGNS = ["", "-", "--", "---", "–", "—", "_", ".", "..", "...", "…", "?", "??", "/", "*"]
_BLANK_OF_PROGRAMS = ["n/a", "na", "n.a.", "null", "none", "nan", "nil", "nat", "undefined", "unknown"]
_SPREADSHEET_ERRORS = ["#n/a", "#ref!", "#value!", "#div/0!", "#name?", "#num!", "#null!"]
_BLANK_IN_THAI = ["ไม่มี", "ไม่ระบุ", "ไม่ทราบ", "ไม่มีข้อมูล", "ไม่พบข้อมูล", "ไม่ปรากฏ", "ไม่ทราบข้อมูล", "ไม่แน่ใจ", "ว่าง"]
_BLANKS = frozenset([*_BLANK_SIGNS, *_BLANK_OF_PROGRAMS, *_SPREADSHEET_ERRORS, *_BLANK_IN_THAI])


def thai_digits_to_arabic(text: str) -> str:
    """Thai (and full-width) digits as 0-9, all else as it was.

    >>> thai_digits_to_arabic("หมู่ ๑๒")
    'หมู่ 12'
    """
    return text if text.isascii() else text.translate(_DIGITS)


def _in_order(run: "re.Match[str]") -> str:
    marks = sorted(run.group(), key=lambda mark: _MARK_ORDER.get(mark, 2))
    return "".join(mark for i, mark in enumerate(marks) if i == 0 or mark != marks[i - 1])


def _cleaned_once(text: str) -> str:
    text = normalize("NFC", text.translate(_REPLACED))
    text = _LONG_A_OF_VOWEL_LETTER.sub("า", text.replace("เเ", "แ"))
    text = _TONE_AFTER_VOWEL.sub(r"\2\1", text)
    text = _TONE_BEFORE_CONSONANT.sub(r"\1\3\2", text)
    text = _MARK_RUN.sub(_in_order, text)
    text = _SARA_AM_IN_TWO.sub(r"\1ำ", text)
    text = _DOUBLED_VOWEL.sub(r"\1", text)
    return normalize("NFC", _SPACE_RUN.sub(" ", text)).strip(" ")


def clean(text: str) -> str:
    """The text without what cannot be seen and with Thai marks in their right order; idempotent.

    >>> clean(" เเดง  บา\u0e49น\u200b ")
    'แดง บ้าน'
    """
    if _SUSPECT.search(text) is None:
        return text
    for _ in range(12):
        cleaned = _cleaned_once(text)
        if cleaned == text:
            break
        text = cleaned
    return text


def cell_text(cell: object) -> str:
    """Any cell as clean text; whole floats lose their ".0", blank cells become ""."""
    if type(cell) is str:
        return clean(cell)
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else "" if cell != cell else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return clean(str(cell))


def is_blank(cell: object) -> bool:
    """Whether a cell says nothing: empty, a dash, "ไม่มี", "ไม่ระบุ", "N/A" and their like."""
    if cell is None or cell == "":
        return True
    if type(cell) is not str:
        return isinstance(cell, float) and cell != cell
    if len(cell) > 40:
        return not cell.strip()
    return (cell if cell.isalnum() else clean(cell)).lower() in _BLANKS


_LEADING_VOWEL = re.compile(r"([เ-ไ])([ก-ฮ])")
_SECONDARY = re.compile(r"[็-๎ฺ]")


def thai_sort_key(text: str) -> str:
    """A key that sorts as the Thai dictionary does: by consonant before a leading vowel, tone marks last.

    Compare the keys by code point (SQLite's BINARY, PostgreSQL's collation "C").

    >>> sorted(["แก", "ขา", "เก", "กา", "ก่า"], key=thai_sort_key)
    ['กา', 'ก่า', 'เก', 'แก', 'ขา']
    """
    primary = _LEADING_VOWEL.sub(r"\2\1", thai_digits_to_arabic(text).lower())
    marks = "".join(_SECONDARY.findall(primary))
    return f"{_SECONDARY.sub('', primary)}\t{marks}" if marks else primary
