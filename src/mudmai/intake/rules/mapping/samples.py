"""What the values of a column look like: how well they fit each kind of attribute, 0–1."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache

from mudmai.intake.rules.layout import flagged
from mudmai.intake.rules.mapping.headings import header_key
from mudmai.kernel import dates, geo, ids, names, phones
from mudmai.kernel.text import cell_text, is_blank, thai_digits_to_arabic
from mudmai.people.rules.catalogue import catalogue

Judge = Callable[[str, object], float]

_DIGITS = re.compile(r"\D")
_NEARLY_CID = re.compile(r"(?:\d[\s-]*){12,14}(?:\.0)?$|\d\.\d+E\+\d\d$", re.IGNORECASE)
_HOUSE_NO = re.compile(r"\d{1,5}(?:\s*/\s*\d{1,5})?(?:\s*[-–,]\s*\d+)*\s*(?:[ก-ฮ]|หมู่.*)?$")
_ADDRESS_WORDS = re.compile(r"หมู่|ม\.\s*\d|ต\.|ตำบล|อ\.|อำเภอ|จ\.|จังหวัด|ซ\.|ซอย|ถ\.|ถนน|แขวง|เขต")
_ONE_WORD = re.compile(r"[ก-๎A-Za-z.'-]{2,40}$")
_TWO_WORDS = re.compile(r"[ก-๎A-Za-z.()'-]{2,}\s+[ก-๎A-Za-z.()'-]{2,}")
_LETTERS = re.compile(r"[^\W\d_]")
_ANY_DAY = date(2100, 1, 1)
LEAST_SHARE_FOR_VALUES_ALONE = 0.7


def fit(attribute: str, values: Sequence[object]) -> float | None:
    """How well these values fit the attribute; None where all are blank, so that only the name can tell."""
    told = [value for value in values if not is_blank(value)]
    if not told:
        return None
    judge = _judge(attribute)
    return sum(judge(cell_text(value), value) for value in told) / len(told)


@cache
def _judge(attribute: str) -> Judge:
    found = catalogue().attributes.get(attribute)
    if attribute in _BY_ATTRIBUTE:
        return _BY_ATTRIBUTE[attribute]
    if attribute == "observed_on":
        return _date
    if flagged(attribute):
        return _flag
    if found is None or found.kind not in _BY_KIND:
        return _text
    if found.kind in ("code", "codes"):
        return _of_list(found.list)
    return _BY_KIND[found.kind]


def _cid(text: str, cell: object) -> float:
    if ids.citizen_id(cell).value:
        return 1.0
    return 0.7 if _NEARLY_CID.match(thai_digits_to_arabic(text)) else 0.0


def _full_name(text: str, cell: object) -> float:
    if not _LETTERS.search(text) or len(text) > 120 or _ADDRESS_WORDS.search(text):
        return 0.0
    found = names.person_name(text).value
    if found is None:
        return 0.0
    if found.title:
        return 1.0 if found.family else 0.7
    return 0.75 if found.family else 0.35


def _one_name(text: str, cell: object) -> float:
    if not _ONE_WORD.match(text):
        return 0.2 if _LETTERS.search(text) and not any(map(str.isdecimal, text)) else 0.0
    return 1.0


def _title(text: str, cell: object) -> float:
    found = names.title(text)
    return 1.0 if found.value is not None and not found.doubts else 0.2 if len(text) <= 12 else 0.0


def _date(text: str, cell: object) -> float:
    if isinstance(cell, date):
        return 1.0
    found = dates.thai_date(cell, today=_ANY_DAY, may_be_future=True).value
    if found is None:
        return 0.0
    return 1.0 if found.day else 0.6


def _birth(text: str, cell: object) -> float:
    found = dates.thai_date(cell, today=_ANY_DAY, may_be_future=True).value
    return 0.0 if found is None or not 1890 <= found.year <= 2040 else 1.0


def _age(text: str, cell: object) -> float:
    return 1.0 if dates.age(cell).value is not None else 0.0


def _number(text: str, cell: object) -> float:
    return 1.0 if isinstance(cell, int | float) or text.replace(",", "").replace(".", "", 1).isdecimal() else 0.1


def _year(text: str, cell: object) -> float:
    digits = thai_digits_to_arabic(text)
    return 1.0 if digits.isdecimal() and (2540 <= int(digits) <= 2640 or 1997 <= int(digits) <= 2097) else 0.0


def _phone(text: str, cell: object) -> float:
    if len(text) > 60:
        return 0.0
    return 1.0 if phones.phones(cell).value else 0.0


def _house_no(text: str, cell: object) -> float:
    if isinstance(cell, date):
        return 0.8  # Excel's doing
    return 1.0 if _HOUSE_NO.match(thai_digits_to_arabic(text)) else 0.3 if any(map(str.isdecimal, text)) else 0.1


def _moo(text: str, cell: object) -> float:
    digits = _DIGITS.sub("", thai_digits_to_arabic(text))
    return 1.0 if 0 < len(digits) <= 2 and len(text) <= 24 else 0.0


def _house_code(text: str, cell: object) -> float:
    return 1.0 if ids.house_code(cell).value else 0.0


def _address(text: str, cell: object) -> float:
    return 1.0 if len(_ADDRESS_WORDS.findall(text)) >= 2 else 0.8 if _ADDRESS_WORDS.search(text) else 0.35


def _degrees(low: float, high: float) -> Judge:
    def judge(text: str, cell: object) -> float:
        try:
            value = float(text)
        except ValueError:
            return 0.8 if "°" in text or "," in text else 0.0
        return 1.0 if low <= value <= high else 0.3 if 5 <= value <= 106 else 0.0

    return judge


def _point(text: str, cell: object) -> float:
    return 1.0 if geo.point(cell).value is not None else 0.0


_FLAGS = frozenset(
    [
        "0", "1", "y", "n", "yes", "no", "true", "false", "/", "✓", "✔", "x",
        "มี", "ไม่มี", "ใช่", "ไม่ใช่", "รับ", "ไม่รับ", "ได้รับ", "ไม่ได้รับ",
    ]
)  # fmt: skip


def _yes_no(text: str, cell: object) -> float:
    return 1.0 if isinstance(cell, bool) or text.lower() in _FLAGS else 0.0


def _flag(text: str, cell: object) -> float:
    return 1.0 if text in ("-", "–") else _yes_no(text.removesuffix(".0"), cell)


def _text(text: str, cell: object) -> float:
    # A column of flags is hardly one of words.
    return 0.2 if text in ("0", "1") else 0.85 if _LETTERS.search(text) else 0.5


def _area(text: str, cell: object) -> float:
    return 1.0 if text.isdecimal() and len(text) in (6, 8) else 0.0


def _of_list(name: str) -> Judge:
    writings = {header_key(word) for code in catalogue().lists[name].values() for word in (code.code, *code.writings)}

    def judge(text: str, cell: object) -> float:
        key = header_key(text)
        if key in writings:
            return 1.0
        return 0.8 if any(len(word) >= 3 and (word in key) for word in writings) else 0.0

    return judge


def _nothing(text: str, cell: object) -> float:
    return 0.5


_BY_ATTRIBUTE: dict[str, Judge] = {
    "title": _title, "house_no": _house_no, "moo": _moo, "birth_date": _birth, "tpmap_year": _year,
    "birth_day": _number, "birth_month": lambda text, cell: 0.9, "birth_year": _year,
}  # fmt: skip
_BY_KIND: dict[str, Judge] = {
    "cid": _cid, "full_name": _full_name, "name": _one_name, "date": _date, "age": _age, "whole": _number,
    "number": _number, "baht": _number, "phone": _phone, "house_code": _house_code, "address": _address,
    "lat": _degrees(5.5, 20.6), "lon": _degrees(97.2, 105.8), "point": _point, "yes_no": _yes_no, "area": _area,
    "code": _text, "codes": _text, "ignore": _nothing,
}  # fmt: skip

# Attributes that values alone give away, with how far they are believed without a fitting name.
BY_VALUES_ALONE: dict[str, float] = {
    "cid": 0.95,
    "full_name": 0.75,
    "point": 0.8,
    "lat": 0.6,
    "lon": 0.6,
    "phone": 0.7,
    "sex": 0.7,
}
