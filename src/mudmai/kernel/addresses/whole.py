"""A whole address in one cell, taken apart at its words."""

import re
from functools import lru_cache
from typing import NamedTuple

from mudmai.kernel.addresses import houses
from mudmai.kernel.parsed import BLANK, Parsed, refused
from mudmai.kernel.text import cell_text, is_blank, thai_digits_to_arabic


class Address(NamedTuple):
    """The parts of an address; "" (and None for the village number) where there is none."""

    house_no: str = ""
    moo: int | None = None
    village: str = ""
    soi: str = ""
    road: str = ""
    tambon: str = ""
    amphoe: str = ""
    province: str = ""
    postcode: str = ""


_LONGEST = 500
_BANGKOK = "กรุงเทพมหานคร"
# What opens a part, and which. Full words that names contain too count only after a space, a digit or a sign ("edge");
# the short forms with a point also right after a name. Each begins with its letter, which keeps the search quick.
_EDGE = r"[\s\d,)/]"
_OPENINGS = (
    ("moo", r"หมู่ที่\s*(?=\d)"),
    ("village", rf"หมู่บ้าน(?<={_EDGE}หมู่บ้าน)(?=\s*[^\s\d])"),
    ("moo", r"หมู่\s*(?=\d)"),
    ("moo", r"ม\.(?<![ก-ฮ]\.ม\.)\s*(?:ที่\s*)?(?=\d)"),
    ("moo", rf"ม(?<={_EDGE}ม)\s?(?=\d)"),
    ("named_village", rf"บ้าน(?<={_EDGE}บ้าน)(?!เลขที่)(?=[^\s\d])"),
    ("village", rf"ชุมชน(?<={_EDGE}ชุมชน)"),
    ("village", rf"บ\.(?<={_EDGE}บ\.)(?=\s*[ก-ฮเ-ไ])"),
    ("soi", rf"ซอย(?:(?<={_EDGE}ซอย)|(?=\s?\d))"),
    ("soi", r"ซ\.(?<!\.ซ\.)"),
    ("road", rf"ถนน(?<={_EDGE}ถนน)"),
    ("road", r"ถ\.(?<!\.ถ\.)"),
    ("tambon", r"ตำบล(?<!เทศบาลตำบล)(?<!ส่วนตำบล)"),
    ("tambon", rf"แขวง(?<={_EDGE}แขวง)"),
    ("tambon", r"ต\.(?<!\.ต\.)(?<!อบต\.)(?<!\sทต\.)"),
    ("tambon", rf"ต(?<={_EDGE}ต)(?=\s)"),
    ("amphoe", r"กิ่งอำเภอ|กิ่งอ\."),
    ("amphoe", r"อำเภอ"),
    ("amphoe", rf"เขต(?<={_EDGE}เขต)(?!เทศบาล)"),
    ("amphoe", r"อ\.(?<!\.อ\.)"),
    ("amphoe", rf"อ(?<={_EDGE}อ)(?=\s)"),
    ("province", r"จังหวัด"),
    ("province", r"จ\.(?<!\.จ\.)"),
    ("province", rf"จ(?<={_EDGE}จ)(?=\s)"),
    ("bangkok", rf"กรุงเทพ(?<={_EDGE}กรุงเทพ)(?:มหานคร|ฯ)?(?![ก-ฮเ-ไ])"),
    ("bangkok", rf"กทม(?<={_EDGE}กทม)\.?"),
    ("postcode", r"รหัสไปรษณีย์"),
)
_OPENING = re.compile("|".join(pattern for _, pattern in _OPENINGS))
_KIND_OF = [(re.compile(pattern.split("(", 1)[0].removesuffix(r"\s*")), kind) for kind, pattern in _OPENINGS]

# Most lists write the parts in one order with spaces between; this reads them at once.
_NAME = r"[ก-๎]+"
_USUAL = re.compile(
    rf"""
    (?:(?:บ้านเลขที่|เลขที่)\s?)? (?P<house_no>{houses.HOUSE_NO})
    (?:\s?(?:หมู่ที่|หมู่|ม\.)\s?(?P<moo>\d{{1,2}}))?
    (?:\s(?P<village>บ้าน{_NAME}))?
    (?:\s(?:ซอย|ซ\.)\s?(?P<soi>\d+(?:/\d+)?|{_NAME}(?:\s\d+)?))?
    (?:\s(?:ถนน|ถ\.)\s?(?P<road>{_NAME}))?
    (?:\s(?:ตำบล|ต\.)\s?(?P<tambon>{_NAME}))?
    (?:\s(?:อำเภอ|อ\.)\s?(?P<amphoe>{_NAME}))?
    (?:\s(?:จังหวัด|จ\.)\s?(?P<province>{_NAME}))?
    (?:\s(?P<postcode>[1-9]\d{{4}}))?
    """,
    re.VERBOSE,
)
_RUN_TOGETHER = re.compile(r"[ก-๎](?:ตำบล|อำเภอ|จังหวัด|ซอย|ถนน|หมู่)")
_HOUSE = re.compile(rf"\s*(?:บ้านเลขที่|เลขที่บ้าน|เลขที่|ที่อยู่)?\s*[:.]?\s*({houses.HOUSE_NO})(?=\s|$|[ก-ฮเ-ไ])")
_HOUSE_WORDS = re.compile(r"^\s*(?:บ้านเลขที่|เลขที่บ้าน|เลขที่|ที่อยู่)\s*[:.]?\s*(?:-\s*)?")
_POSTCODE = re.compile(r"(?<!\d)([1-9]\d{4})\s*$")
_LEADING_NUMBER = re.compile(r"\d{1,3}")
_SMALL_NUMBER = re.compile(r"0?[1-9]\d?")
_SPACES = re.compile(r"[\s,;]+")
_AROUND_SIGN = re.compile(r"(?<=\d)\s*([/\-])\s*(?=\d)")
_OUTSIDE = " .,:;-()"


def address(cell: object) -> Parsed[Address]:
    """The parts of an address that stands in one cell, with its words or (with a doubt) without them.

    >>> found = address("12/3 ม.2 ซ.5 ถ.ตลาดใหม่ ต.เกาะคา อ.เกาะคา จ.ลำปาง 52130").value
    >>> found.house_no, found.moo, found.soi, found.road, found.tambon, found.province, found.postcode
    ('12/3', 2, '5', 'ตลาดใหม่', 'เกาะคา', 'ลำปาง', '52130')
    """
    if type(cell) is not str:
        cell = cell_text(cell) if not isinstance(cell, bool) else "?!"
    return _address(cell) if len(cell) <= _LONGEST else _of_long_text(cell)


def _of_long_text(text: str) -> Parsed[Address]:
    return BLANK if is_blank(text) else refused("address_too_long")


# The people of one household follow each other in most lists.
@lru_cache(maxsize=4096)
def _address(text: str) -> Parsed[Address]:
    text = cell_text(text)
    usual = _USUAL.fullmatch(text)
    if usual and not _RUN_TOGETHER.search(text):
        return _composed({kind: value for kind, value in usual.groupdict().items() if value}, [])
    return BLANK if is_blank(text) else _taken_apart(_SPACES.sub(" ", thai_digits_to_arabic(text)))


def _taken_apart(text: str) -> Parsed[Address]:
    text = houses.SPOKEN_STROKE.sub("/", text)
    text = " " + _AROUND_SIGN.sub(r"\1", text).strip()  # the space gives the first word its edge
    parts: dict[str, str] = {}
    if postcode := _POSTCODE.search(text):
        parts["postcode"], text = postcode.group(1), text[: postcode.start()].rstrip()
    openings = list(_OPENING.finditer(text))
    leftovers = _take_house(text[: openings[0].start()] if openings else text, parts)
    ends = [*(opening.start() for opening in openings[1:]), len(text)]
    for opening, end in zip(openings, ends, strict=False):
        leftovers += _take(_kind_of(opening.group()), text[opening.end() : end], parts)
    return _composed(parts, leftovers)


@lru_cache(maxsize=256)
def _kind_of(opening: str) -> str:
    return next(kind for pattern, kind in _KIND_OF if pattern.match(opening))


def _take_house(head: str, parts: dict[str, str]) -> list[str]:
    house = _HOUSE.match(head)
    if house is None:
        return _HOUSE_WORDS.sub("", head).split()
    parts["house_no"] = house.group(1)
    return head[house.end() :].split()


def _take(kind: str, value: str, parts: dict[str, str]) -> list[str]:
    """Keeps the value of one part and returns the words that do not belong to it."""
    value = value.strip(_OUTSIDE)
    if kind == "moo":
        number = _LEADING_NUMBER.match(value)
        assert number is not None
        parts.setdefault("moo", number.group())
        return value[number.end() :].split()
    if kind == "bangkok":
        parts["province"] = _BANGKOK
        return value.split()
    if kind == "named_village":
        kind, value = "village", f"บ้าน{value}"
    if not value or kind in parts:
        return value.split()
    first, *others = value.split(" ")
    if kind in ("tambon", "amphoe", "province", "postcode") and others:
        parts[kind] = first
        if kind == "amphoe" and len(others) == 1 and not others[0][0].isdecimal():
            parts["after_amphoe"] = others.pop()
        return others
    parts[kind] = value
    return []


def _composed(parts: dict[str, str], leftovers: list[str]) -> Parsed[Address]:
    doubts: list[str] = []
    leftovers = [word for word in (each.strip(_OUTSIDE) for each in leftovers) if word]
    if leftovers and not parts.keys() & {"tambon", "amphoe", "province"}:
        leftovers = _guess_places(parts, leftovers, doubts)
    if (after_amphoe := parts.pop("after_amphoe", "")) and "province" not in parts:
        parts["province"] = after_amphoe
        doubts.append("address_guessed_places")
    elif after_amphoe:
        leftovers.append(after_amphoe)
    if "village" not in parts and leftovers and leftovers[0].startswith(("บ้าน", "ชุมชน")):
        parts["village"] = leftovers.pop(0)
    if leftovers:
        doubts.append("address_left_over")
    moo = houses.moo(parts.pop("moo", None))
    house_no = houses.house_no(parts.pop("house_no", None)).value or ""
    province = _BANGKOK if parts.get("province", "").startswith(("กรุงเทพ", "กทม")) else parts.get("province", "")
    amphoe = parts.get("amphoe", "")
    if amphoe == "เมือง" and province:
        amphoe = f"เมือง{province}"  # its full name; every province but Bangkok has one
    if not (parts or house_no or moo.value):
        return refused("address_unreadable")
    found = Address(**parts | {"house_no": house_no, "province": province, "amphoe": amphoe}, moo=moo.value)
    return Parsed(found, (*doubts, *((moo.problem,) if moo.problem else ())))


def _guess_places(parts: dict[str, str], words: list[str], doubts: list[str]) -> list[str]:
    """Reads three names without words as tambon, amphoe and province, and a small number before them as the moo."""
    if len(words) < 3 or any(word[0].isdecimal() for word in words[-3:]):
        return words
    doubts.append("address_guessed_places")
    parts["tambon"], parts["amphoe"], parts["province"] = words[-3:]
    words = words[:-3]
    if words and "moo" not in parts and _SMALL_NUMBER.fullmatch(words[0]):
        parts["moo"] = words.pop(0)
    return words


_PLACE_WORDS = re.compile(
    r"^(?:เทศบาลตำบล|(?:กิ่ง)?อำเภอ|กิ่งอ\.|ตำบล|แขวง|เขต(?!ร)|จังหวัด|หมู่บ้าน|ชุมชน(?=\s)|ถนน|ซอย|ต\.|อ\.|จ\.|ถ\.|ซ\.|[ตอจ]\s)\s*"
)


@lru_cache(maxsize=8192)
def _bare_name(text: str) -> str:
    name = _PLACE_WORDS.sub("", text).strip(_OUTSIDE)
    return _BANGKOK if name.startswith(("กรุงเทพ", "กทม")) else name


def place_name(cell: object) -> str:
    """The bare name from a column of tambon, amphoe, province, village, soi or road ("" when blank).

    >>> place_name("ต.เกาะคา"), place_name("จังหวัด ลำปาง"), place_name("-"), place_name("กทม.")
    ('เกาะคา', 'ลำปาง', '', 'กรุงเทพมหานคร')
    """
    return "" if is_blank(cell) else _bare_name(thai_digits_to_arabic(cell_text(cell))[:200])
