"""Numbers, money and yes or no, as they stand in the cells of lists."""

import re
from functools import lru_cache

from mudmai.kernel.parsed import BLANK, Parsed, refused
from mudmai.kernel.text import clean, is_blank, thai_digits_to_arabic

_PLAIN = re.compile(r"[-+]?\d{1,15}(?:\.\d{1,10})?")
_DIGITS = r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d*)?|[-+]?\d+(?:\.\d*)?|[-+]?\.\d+"
_WITH_COMMAS = re.compile(rf"({_DIGITS})\s*([^\d.,]*?)\s*(?:\.-|,-|\.|-)?")
_DECIMAL_COMMA = re.compile(r"([-+]?\d{1,3}(?:\.\d{3})*),(\d{1,2})")
_IN_BRACKETS = re.compile(r"\((.+)\)")
_SIGNS = str.maketrans("−–—", "---", "฿$'\"=")
_COUNTED = ["คน", "ราย", "ครั้ง", "หลัง", "ครัวเรือน", "ปี", "เดือน", "วัน"]
_UNITS = frozenset([*_COUNTED, "บาท", "บ.", "บ", "ไร่", "งาน", "ตรว.", "ตารางวา", "%", "กก.", "ซม."])
_MULTIPLES = {"สิบ": 10, "ร้อย": 100, "พัน": 1_000, "หมื่น": 10_000, "แสน": 100_000, "ล้าน": 1_000_000}
_PER = re.compile(r"^(?:บาท|บ\.)?\s*(?:/|ต่อ|ละ)\s*(?:เดือน|ปี|วัน|คน|ครัวเรือน|ครั้ง)$|^บาทถ้วน$")
_LARGEST = 1e15

_YES = ["มี", "ใช่", "ได้", "ได้รับ", "รับ", "เป็น", "จริง", "เคย", "ใช้", "y", "yes", "true", "t", "1", "1.0"]
_TICKS = ["/", "√", "✓", "✔", "☑"]
_NO = ["ไม่มี", "ไม่ใช่", "ไม่ได้", "ไม่ได้รับ", "ไม่รับ", "ไม่เป็น", "ไม่จริง", "ไม่เคย", "ไม่ใช้", "ไม่", "เท็จ", "☐"]
_NO_IN_ENGLISH = ["n", "no", "false", "f", "0", "0.0"]
_ANSWERS = dict.fromkeys([*_YES, *_TICKS], True) | dict.fromkeys([*_NO, *_NO_IN_ENGLISH], False)
_YES_ANSWER, _NO_ANSWER = Parsed(True), Parsed(False)


def number(cell: object) -> Parsed[float]:
    """The number in a cell; whole numbers come back as int.

    >>> number("๑,๒๓๔.๕๐ บาท").value, number("2 แสน").value, number("(500)").value
    (1234.5, 200000, -500)
    """
    if type(cell) is int:
        return Parsed(cell) if -_LARGEST < cell < _LARGEST else refused("number_unreadable")
    if type(cell) is float:
        if cell != cell:
            return BLANK
        return Parsed(_tidy(cell)) if -_LARGEST < cell < _LARGEST else refused("number_unreadable")
    if type(cell) is str:
        return _of_text(cell) if len(cell) <= 60 else _of_long_text(cell)
    return BLANK if cell is None else refused("number_unreadable")


def _of_long_text(text: str) -> Parsed[float]:
    return BLANK if is_blank(text) else refused("number_unreadable")


@lru_cache(maxsize=8192)
def _of_text(text: str) -> Parsed[float]:
    if _PLAIN.fullmatch(text):
        return Parsed(_tidy(float(text)))
    if is_blank(text):
        return BLANK
    text = thai_digits_to_arabic(clean(text)).translate(_SIGNS).strip()
    if negative := _IN_BRACKETS.fullmatch(text):
        text = f"-{negative.group(1)}"
    if comma := _DECIMAL_COMMA.fullmatch(text):
        value = float(f"{comma.group(1).replace('.', '')}.{comma.group(2)}")
        return Parsed(_tidy(value), ("number_decimal_comma",))
    found = _WITH_COMMAS.fullmatch(text)
    if found is None:
        return refused("number_unreadable")
    return _with_words(float(found.group(1).replace(",", "")), found.group(2).strip())


def _with_words(value: float, words: str) -> Parsed[float]:
    for word, multiple in _MULTIPLES.items():
        if words.startswith(word):
            value, words = value * multiple, words[len(word) :].strip()
            break
    if abs(value) >= _LARGEST:
        return refused("number_unreadable")
    is_usual = not words or words in _UNITS or _PER.match(words) is not None
    return Parsed(_tidy(value), () if is_usual else ("number_has_words",))


def _tidy(value: float) -> float:
    """Whole numbers as int; the noise of binary fractions cut off."""
    return int(value) if value.is_integer() else round(value, 10)


def whole(cell: object) -> Parsed[int]:
    """The whole number in a cell.

    >>> whole("3 คน").value, whole("3.5").problem
    (3, 'number_not_whole')
    """
    read = number(cell)
    if read.value is None or isinstance(read.value, int):
        return Parsed(read.value, read.doubts, read.problem)
    return refused("number_not_whole")


def baht(cell: object) -> Parsed[float]:
    """An amount of money in baht, to the satang; never below zero.

    >>> baht("600.-").value, baht("1,000 บาท/เดือน").value
    (600, 1000)
    """
    read = number(cell)
    if read.value is None:
        return read
    if read.value < 0:
        return refused("number_negative")
    return read if isinstance(read.value, int) else Parsed(_tidy(round(read.value, 2)), read.doubts)


def yes_no(cell: object) -> Parsed[bool]:
    """Yes or no; a dash or "ไม่ระบุ" is blank, a cross is not guessed.

    >>> yes_no("มี").value, yes_no("ไม่มี").value, yes_no("✓").value, yes_no("x").problem
    (True, False, True, 'yes_no_unreadable')
    """
    if cell is True or cell is False:
        return _YES_ANSWER if cell else _NO_ANSWER
    if cell is None:
        return BLANK
    text = cell if type(cell) is str else str(cell)
    answer = _ANSWERS.get(text)
    if answer is None:
        answer = _ANSWERS.get(thai_digits_to_arabic(clean(text[:60])).lower())
    if answer is None:
        return BLANK if is_blank(cell) else refused("yes_no_unreadable")
    return _YES_ANSWER if answer else _NO_ANSWER
