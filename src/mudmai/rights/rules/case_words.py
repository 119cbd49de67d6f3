"""The words of a worked example: what may be given, what may be expected, and how each is written and read.

Cases are written in the words of the catalogue, in Thai or by code; kept, they hold codes and plain values.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mudmai.kernel.dates import PartialDate, format_thai_date, thai_date
from mudmai.kernel.logic import NO, UNKNOWN, YES
from mudmai.people.rules.catalogue import catalogue
from mudmai.rights.rules.law.inputs import OF_HOUSE, OF_PERSON
from mudmai.rights.rules.programmes import CONDITIONS, WHATS

ANSWERS = {"yes": YES, "no": NO, "unknown": UNKNOWN}
_ANSWER_LABELS = {"yes": ("ใช่", "yes"), "no": ("ไม่ใช่", "no"), "unknown": ("ยังไม่ทราบ", "not known")}
_READ_AS = {
    "yes": ("yes", "ใช่", "มี", "true", "ครบ", "ผ่าน"),
    "no": ("no", "ไม่", "ไม่ใช่", "ไม่มี", "false", "ไม่ผ่าน"),
    "unknown": ("unknown", "ไม่ทราบ", "ยังไม่ทราบ"),
}
_STATUSES = {
    "alive": ("ยังมีชีวิตอยู่", "alive"),
    "dead": ("เสียชีวิต", "dead"),
    "moved": ("ย้ายออก", "moved away"),
    "left": ("หายจากบัญชี", "left the lists"),
}
_FINDINGS = {
    "missed": ("มีสิทธิแต่ยังไม่ได้รับ", "entitled, does not receive"),
    "over": ("รับอยู่แต่ไม่เข้าเงื่อนไข", "receives, not entitled"),
    "unknown": ("ยังไม่ทราบ", "not known"),
    "paid": ("มีสิทธิและได้รับ", "entitled and receives"),
    "": ("ไม่เกี่ยวข้อง", "nothing to see"),
}


@dataclass(frozen=True)
class Word:
    """One thing that a case may give or expect."""

    code: str
    th: str
    en: str
    kind: str  # yes_no | answer | date | dates | code | codes | number | mark
    choices: Mapping[str, tuple[str, str]]  # of code and codes: {code: (Thai, English)}

    def label(self, language: str = "th") -> str:
        return self.th if language.startswith("th") else self.en

    def read(self, raw: Any) -> Any:
        """The value as cases keep it: plain JSON. Raises ValueError for what it cannot be.

        >>> GIVEN["birth_date"].read("ธ.ค. 2562"), GIVEN["state_pension"].read("ไม่"), EXPECTED["entitled"].read("ใช่")
        ('2019-12', False, 'yes')
        """
        return _READERS[self.kind](self, raw)

    def shown(self, value: Any, language: str = "th") -> str:
        """The value in words."""
        at = 0 if language.startswith("th") else 1
        if self.kind == "yes_no":
            return _ANSWER_LABELS["yes" if value else "no"][at]
        if self.kind == "answer":
            return _ANSWER_LABELS[value][at]
        if self.kind == "date":
            return format_thai_date(PartialDate.from_iso(value))
        if self.kind == "dates":
            return ", ".join(format_thai_date(PartialDate.from_iso(each)) for each in value)
        if self.kind == "number":
            return f"{value:,.10g}"
        if self.kind == "mark":
            return _ANSWER_LABELS["yes"][at]
        told = value if isinstance(value, list) else [value]
        return ", ".join(self.choices[each][at] for each in told)


def _answer(_word: Word, raw: Any) -> str:
    text = str(raw).strip().lower()
    for answer, writings in _READ_AS.items():
        if text in writings:
            return answer
    raise ValueError(raw)


def _yes_no(word: Word, raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    answer = _answer(word, raw)
    if answer == "unknown":
        raise ValueError(raw)
    return answer == "yes"


def _date(_word: Word, raw: Any) -> str:
    if isinstance(raw, date):
        return raw.isoformat()
    text = str(raw).strip()
    try:
        # As kept: a Christian year, or a part of a date of one.
        if int(text[:4]) < 2400 and (len(text) == 4 or text[4] == "-"):
            return str(PartialDate.from_iso(text).iso)
    except ValueError:
        pass
    found = thai_date(text, today=date(2100, 1, 1))
    if found.value is None:
        raise ValueError(raw)
    return str(found.value.iso)


def _dates(word: Word, raw: Any) -> list[str]:
    told = raw if isinstance(raw, list) else str(raw).split(",")
    return [_date(word, each) for each in told]


def _code(word: Word, raw: Any) -> str:
    text = str(raw).strip()
    for code, labels in word.choices.items():
        if text in (code, *labels):
            return code
    raise ValueError(raw)


def _codes(word: Word, raw: Any) -> list[str]:
    told = raw if isinstance(raw, list) else [each for each in str(raw).split(",") if each.strip()]
    return [] if told == ["ไม่มี"] else [_code(word, each) for each in told]


def _number(_word: Word, raw: Any) -> float:
    if isinstance(raw, bool):
        raise ValueError(raw)
    return float(str(raw).replace(",", ""))


def _mark(_word: Word, raw: Any) -> bool:
    if raw in (None, "", False):
        raise ValueError(raw)
    return True


_READERS = {
    "yes_no": _yes_no, "answer": _answer, "date": _date, "dates": _dates, "code": _code, "codes": _codes,
    "number": _number, "mark": _mark,
}  # fmt: skip


def _of_catalogue(code: str) -> Word:
    about = catalogue().attributes[code]
    kind = {"whole": "number", "baht": "number", "text": "mark"}.get(about.kind, about.kind)
    choices = {each.code: (each.th, each.en) for each in catalogue().lists[about.list].values()} if about.list else {}
    return Word(code, about.th, about.en, kind, choices)


def _given() -> dict[str, Word]:
    own = [
        Word("birth_date", "วันเกิด", "birth date", "date", {}),
        Word("status", "สถานะ", "status", "code", _STATUSES),
        Word("thai", "สัญชาติไทย", "Thai", "yes_no", {}),
        Word("registered_here", "มีชื่อในทะเบียนบ้านที่นี่", "on the house register here", "yes_no", {}),
        Word("lives_here", "อาศัยอยู่ที่นี่", "lives here", "yes_no", {}),
        Word("others_born", "คนอื่นในบ้านเกิดเมื่อ", "others in the house, born on", "dates", {}),
    ]
    readings = {"nationality", "presence"}
    told = [_of_catalogue(code) for code in (*OF_PERSON, *OF_HOUSE) if code not in readings]
    return {word.code: word for word in (*own, *told)}


def _expected() -> dict[str, Word]:
    own = [
        Word("entitled", "มีสิทธิ", "entitled", "answer", {}),
        Word("receives", "ได้รับ", "receives", "answer", {}),
        Word("finding", "ผล", "finding", "code", _FINDINGS),
        Word("amount", "จำนวนเงิน", "amount", "number", {}),
        Word("would_be", "จำนวนเงินถ้ามีสิทธิ", "amount if entitled", "number", {}),
        Word("next_on", "วันเปลี่ยนแปลงถัดไป", "next change on", "date", {}),
        Word("next_what", "สิ่งที่เปลี่ยน", "what changes", "code", {code: words for code, words in WHATS.items() if code}),
        Word("suspended", "ถูกระงับ", "held up", "yes_no", {}),
        Word("why", "เพราะ", "because of", "code", {
            code: (each.label("th"), each.label("en")) for code, each in CONDITIONS.items()
        }),
    ]  # fmt: skip
    conditions = [Word(code, each.label("th"), each.label("en"), "answer", {}) for code, each in CONDITIONS.items()]
    return {word.code: word for word in (*own, *conditions)}


GIVEN = _given()
EXPECTED = _expected()
# No code stands in both with another meaning but the condition of being Thai, which is given as a plain yes or no.
WORDS = {**EXPECTED, **GIVEN}


def word_of(words: Mapping[str, Word], key: str, own: Mapping[str, Word] | None = None) -> Word:
    """The word by its code or by its Thai or English label. Raises KeyError.

    >>> word_of(GIVEN, "วันเกิด").code
    'birth_date'
    """
    if key in words:
        return words[key]
    for word in (own or words).values():
        if key in (word.th, word.en):
            return word
    raise KeyError(key)
