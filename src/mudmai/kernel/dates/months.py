"""Names of the months, as we write them and as others do."""

import re

_FIRST_HALF = ("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน")
LONG = (*_FIRST_HALF, "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม")
SHORT = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
_ENGLISH_FIRST_HALF = ("january", "february", "march", "april", "may", "june")
_ENGLISH = (*_ENGLISH_FIRST_HALF, "july", "august", "september", "october", "november", "december")
_MISSPELT = {
    "กรกฏาคม": 7,
    "กรกฏา": 7,
    "กรกดาคม": 7,
    "กุมภาพันธ": 2,
    "กุมภาพัน": 2,
    "กุมพาพันธ์": 2,
    "กุมภา": 2,
    "พฤศภาคม": 5,
    "พฤษภา": 5,
    "พฤกษภาคม": 5,
    "พฤษจิกายน": 11,
    "พฤศจิกา": 11,
    "พฤษจิกา": 11,
    "พฤจิกายน": 11,
    "พฤกจิกายน": 11,
    "มิถุนา": 6,
    "มิถุนนายน": 6,
    "เมษา": 4,
    "เมศายน": 4,
    "มกรา": 1,
    "มีนา": 3,
    "สิงหา": 8,
    "กันยา": 9,
    "ตุลา": 10,
    "ธันวา": 12,
    "sept": 9,
}
_LOST_SIGNS = re.compile(r"[.\s]|^เดือน")


def _numbers() -> dict[str, int]:
    numbers = dict(_MISSPELT)
    for number, (long, short, english) in enumerate(zip(LONG, SHORT, _ENGLISH, strict=True), start=1):
        numbers |= {long: number, short.replace(".", ""): number, english: number, english[:3]: number}
    return numbers


_NUMBERS = _numbers()


def month_number(words: str) -> int | None:
    """The month that words mean, with or without points and spaces.

    >>> month_number("มี.ค."), month_number("มีค"), month_number("กรกฏาคม"), month_number("xyz")
    (3, 3, 7, None)
    """
    return _NUMBERS.get(_LOST_SIGNS.sub("", words).lower())
