"""What the name of a column says: compared with the synonyms of the catalogue after cleaning."""

import hashlib
import re
from collections.abc import Iterable
from functools import cache, lru_cache

from rapidfuzz.fuzz import ratio

from mudmai.intake.rules.layout import EXTRAS, flagged
from mudmai.kernel.text import clean, thai_digits_to_arabic
from mudmai.people.rules.catalogue import catalogue

JOIN = " › "
_SIGNS = re.compile(r"[\s.()\[\]{}\-–—/:;*_,'\"\\|?!]+")
_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]?")
_PARTS = re.compile(r"\s*(?:/|,|\bหรือ\b|&)\s*")
# Names of columns about somebody other than the person of the row, or about the paper. An exact synonym goes first.
_ABOUT_OTHERS = re.compile(
    r"บิดา|มารดา|คู่สมรส|ผู้สำรวจ|ผู้บันทึก|ผู้เก็บ|ผู้เยี่ยม|อสม|ผู้ตรวจ|ผู้รับมอบ|ผู้ให้ข้อมูล|เจ้าหน้าที่|ผู้รายงาน|พยาน|ผู้แจ้ง|ผู้ใหญ่บ้าน|ประธาน|"
    r"วิธี|ลายมือ|ลายเซ็น|ลงชื่อ|ลงนาม|ผู้รับรอง|ผู้จ่าย|\bcm\b|\bcg\b|ผู้ติดต่อ|แหล่ง"
)
_LEAST_CONTAINED = 3


def header_key(text: str) -> str:
    """The form in which column names are compared.

    >>> header_key("วัน/เดือน/ปีเกิด"), header_key("อายุ (ปี)"), header_key("เลข ๑๓ หลัก")
    ('วันเดือนปีเกิด', 'อายุปี', 'เลข13หลัก')
    """
    return _SIGNS.sub("", thai_digits_to_arabic(clean(text.replace("\n", " "))).lower())


def signature(headers: Iterable[str]) -> str:
    """Equal for tables with the same columns in the same order, however their names are spaced."""
    joined = "\n".join(header_key(header) for header in headers)
    return hashlib.blake2b(joined.encode(), digest_size=16).hexdigest()


@cache
def _synonyms() -> dict[str, list[str]]:
    """{key of a writing: attributes it may mean}."""
    found: dict[str, list[str]] = {}
    for attribute in catalogue().attributes.values():
        if attribute.kind == "key" or attribute.is_guarded:
            continue
        for word in (attribute.code, attribute.th, attribute.en, *attribute.synonyms):
            found.setdefault(header_key(word), []).append(attribute.code)
    for code, words in EXTRAS.items():
        for word in words:
            found.setdefault(header_key(word), []).append(code)
    found.pop("", None)
    return {key: list(dict.fromkeys(codes)) for key, codes in found.items()}


def _forms(header: str) -> dict[str, float]:
    """Ways to read a column's name, each with how much it counts: the lowest part, all parts, a part of the lowest."""
    parts = [part for part in header.split(JOIN.strip()) if part.strip()]
    if not parts:
        return {}
    last = parts[-1]
    forms = [(header_key(last), 1.0), (header_key(_BRACKETS.sub("", last)), 0.98)]
    forms += [(header_key(piece), 0.9) for piece in _PARTS.split(_BRACKETS.sub("", last))]
    if len(parts) > 1:
        forms += [(header_key("".join(parts[-2:])), 1.0), (header_key(parts[0]), 0.45)]
    kept: dict[str, float] = {}
    for key, weight in forms:
        if key:
            kept[key] = max(kept.get(key, 0.0), weight)
    return kept


@lru_cache(maxsize=4096)
def candidates(header: str) -> dict[str, float]:
    """{attribute: how well the name of the column fits, 0–1}."""
    found: dict[str, float] = {}
    forms = _forms(header)
    for key, weight in forms.items():
        for code in _synonyms().get(key, ()):
            found[code] = max(found.get(code, 0.0), weight)
    if max(found.values(), default=0.0) >= 0.9:
        # "การศึกษา" is a column of its own and one of the poverty list: its values will tell.
        _add_similar(found, next(iter(forms)), 0.8)
        return found
    if _ABOUT_OTHERS.search(header.lower()):
        return {"ignore": 0.8}
    for key, weight in forms.items():
        _add_similar(found, key, weight)
    return found


def _add_similar(found: dict[str, float], key: str, weight: float) -> None:
    for word, codes in _synonyms().items():
        score = _likeness(key, word) * weight
        if score > 0.4:
            for code in codes:
                # What a flag's 1 means is not told by a name that is nearly the same.
                if code != "ignore" and not flagged(code):
                    found[code] = max(found.get(code, 0.0), score)


def _likeness(key: str, word: str) -> float:
    """How alike two names of columns are: one inside the other, or nearly the same letters; always below 0.9."""
    if len(word) >= _LEAST_CONTAINED and word in key:
        return 0.5 + 0.38 * len(word) / len(key)
    if len(key) >= _LEAST_CONTAINED and key in word:
        return 0.4 + 0.4 * len(key) / len(word)
    if min(len(key), len(word)) >= 5:
        alike = float(ratio(key, word)) / 100
        return alike * 0.85 if alike >= 0.8 else 0.0
    return 0.0
