"""How names of places are written in full, and made comparable.

Source: usage of Thai addresses; in Bangkok แขวง and เขต stand for ตำบล and อำเภอ
(พ.ร.บ. ระเบียบบริหารราชการกรุงเทพมหานคร พ.ศ. 2528 ม.6). Reviewed 2569-11.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from mudmai.kernel.text import clean, thai_digits_to_arabic
from mudmai.places.rules.codes import is_community, moo_of

# ต.จ.ป.ร. (Ranong) is named after King Chulalongkorn's initials.
_PREFIX = re.compile(
    r"^(?:จังหวัด|จ\.(?!ป\.ร)|จว\.|อำเภอ|กิ่งอำเภอ|กิ่ง\s?อ\.|อ\.|ตำบล|ต\.|แขวง|ข\.|amphoe\s|tambon\s|khwaeng\s|changwat\s)\s*",
    re.IGNORECASE,
)
_PREFIX_KHET = re.compile(r"^(?:เขต|khet\s)\s*", re.IGNORECASE)
_VILLAGE = re.compile(r"^(?:หมู่บ้าน|บ้าน|บ\.|ban\s)\s*", re.IGNORECASE)
# One letter and a space ("ต เกาะคา") is the word as well; without the space it may begin the name.
_LONE_LETTER = re.compile(r"^[จอต]\s+(?=\S{2})")
_SIGNS = re.compile(r"[\s.'’\-ฯ_/()]")

# What people call provinces, and the name that is meant.
_CALLED = {
    "กทม": "กรุงเทพมหานคร",
    "กรุงเทพ": "กรุงเทพมหานคร",
    "bkk": "กรุงเทพมหานคร",
    "krungthepmahanakhon": "กรุงเทพมหานคร",
    "อยุธยา": "พระนครศรีอยุธยา",
    "โคราช": "นครราชสีมา",
    "แปดริ้ว": "ฉะเชิงเทรา",
    "อุบล": "อุบลราชธานี",
    "อุบลราช": "อุบลราชธานี",
    "อุดร": "อุดรธานี",
    "สุราษฎร์": "สุราษฎร์ธานี",
    "สุราษ": "สุราษฎร์ธานี",
    "ประจวบ": "ประจวบคีรีขันธ์",
    "นครศรี": "นครศรีธรรมราช",
    "หนองบัว": "หนองบัวลำภู",
    "หนองบัวลำพู": "หนองบัวลำภู",
    "แม่กลอง": "สมุทรสงคราม",
    "ปากน้ำ": "สมุทรปราการ",
    "มหาชัย": "สมุทรสาคร",
}


def bare_name(name: str) -> str:
    """A name without the word for its level.

    >>> bare_name("อ. เกาะคา"), bare_name("เขตพระนคร"), bare_name("อ่างทอง"), bare_name("ต เกาะคา")
    ('เกาะคา', 'พระนคร', 'อ่างทอง', 'เกาะคา')
    """
    name = _LONE_LETTER.sub("", name)
    return _PREFIX_KHET.sub("", _PREFIX.sub("", name)) or name


@lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """The form in which names of areas are compared: no level word, no spaces, no signs, lower case.

    >>> name_key("ต.เกาะคา "), name_key("Ko Pha-ngan"), name_key("กทม.")
    ('เกาะคา', 'kophangan', 'กรุงเทพมหานคร')
    """
    bare = bare_name(thai_digits_to_arabic(clean(name)))
    key = _SIGNS.sub("", bare).lower()
    return _CALLED.get(key, key)


@lru_cache(maxsize=50_000)
def village_key(name: str) -> str:
    """The form in which names of villages are compared: "บ้านดอนแก้ว" = "ดอนแก้ว".

    >>> village_key("บ้าน ดอนแก้ว"), village_key("บ้านบ้าน")
    ('ดอนแก้ว', 'บ้าน')
    """
    name = thai_digits_to_arabic(clean(name))
    return _SIGNS.sub("", _VILLAGE.sub("", name) or name).lower()


def area_title(code: str, name: str, kind: str) -> str:
    """One area as it stands in an address: "ต.เกาะคา", "เขตพระนคร", "ม.2 บ้านดอนแก้ว"."""
    if kind in {"khet", "khwaeng"}:
        return f"{'เขต' if kind == 'khet' else 'แขวง'}{name}"
    if len(code) == 8:
        return name if is_community(code) else f"ม.{moo_of(code)} {name}".strip()
    short = {"province": "จ.", "district": "อ.", "tambon": "ต."}.get(kind, "")
    return name if code == "10" else short + name


def full_title(parts: Iterable[tuple[str, str, str]], language: str) -> str:
    """An area with all that is above it; `parts` are (code, name, kind), deepest first.

    >>> full_title([("520302", "เกาะคา", "tambon"), ("52", "ลำปาง", "province")], "th")
    'ต.เกาะคา จ.ลำปาง'
    >>> full_title([("52030202", "Ban Don Kaeo", "village"), ("52", "Lampang", "province")], "en")
    'Mu 2 Ban Don Kaeo, Lampang'
    """
    if language != "en":
        return " ".join(area_title(*part) for part in parts)
    return ", ".join(f"Mu {moo} {name}".strip() if (moo := moo_of(code)) else name for code, name, _ in parts)
