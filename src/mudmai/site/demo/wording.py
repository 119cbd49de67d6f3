"""How clerks write numbers and dates in lists; the importer has to read all of it."""

from datetime import date

MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
MONTHS_SHORT = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def buddhist(day: date) -> int:
    """The Buddhist year of a date."""
    return day.year + 543


def thai_digits(value: object) -> str:
    """The text with Thai digits: 12 becomes ๑๒."""
    return str(value).translate(_THAI_DIGITS)


def long_date(day: date) -> str:
    """๑๒ มกราคม ๒๔๙๕ with ordinary digits."""
    return f"{day.day} {MONTHS[day.month - 1]} {buddhist(day)}"


def short_date(day: date) -> str:
    """12 ม.ค. 2495, as registers are typed."""
    return f"{day.day} {MONTHS_SHORT[day.month - 1]} {buddhist(day)}"


def slash_date(day: date) -> str:
    """12/01/2495, as forms ask for it."""
    return f"{day.day:02d}/{day.month:02d}/{buddhist(day)}"


def dashed_cid(cid: str) -> str:
    """1-5233-00012-34-5, as on the card."""
    return f"{cid[0]}-{cid[1:5]}-{cid[5:10]}-{cid[10:12]}-{cid[12]}"


def years_between(start: date, end: date) -> int:
    """Whole years from one date to another."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))
