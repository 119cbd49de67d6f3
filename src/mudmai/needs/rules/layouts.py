"""How a file for TPMAP or its Logbook is laid out: which column holds what, under which words. Pure.

No public description of a file or an interface of TPMAP Logbook is known (reference §1.6), so the words here are ours,
and an office may put others in their place. What a cell holds is fixed by the column's code: a flag is 1 where an
indicator or dimension is failed, 0 where it is passed, "-" where it concerns nobody in the house, and empty where it is
not known.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mudmai.access.rules import DataClass
from mudmai.kernel.text import clean
from mudmai.needs.rules.words import DIMENSIONS, of_dimension
from mudmai.people.rules.catalogue import catalogue

FAILS, FOUND, TOLD = "fails_", "found_", "tpmap_"
INDICATORS = tuple(f"jpt31_{number:02}" for number in range(1, 32))
CID, TARGET_CLASS, HOUSEHOLD, PERSON = "cid", "target_class", "household_code", "person_code"
LONGEST_HEADER = 120
MOST_COLUMNS = 80
# Facts of the person or the house, as the catalogue names them.
PLAIN = (
    CID, "title", "given_name", "family_name", "sex", "birth_date", "relation_to_head", "house_code", "house_no", "moo",
    "village_name", "tambon", "district", "province", "phone", "tpmap_year", "tpmap_poor", "state_welfare_card",
    "welfare_card_year", "lat", "lon",
)  # fmt: skip
YES_NO = frozenset({"tpmap_poor", "state_welfare_card"})


@dataclass(frozen=True)
class Column:
    """One column: the words above it, and what it holds."""

    header: str
    code: str


@dataclass(frozen=True)
class Known:
    """Something that a column may hold: its words, the class of data it tells of, and whether it comes in again."""

    code: str
    th: str
    en: str
    data_class: str
    comes_in: bool = True

    def label(self, language: str = "th") -> str:
        return self.th if language.startswith("th") else self.en


def known_columns() -> dict[str, Known]:
    """Everything that a column may hold, by code, in the order in which it is offered."""
    attributes = catalogue().attributes
    found = [
        Known(PERSON, "รหัสบุคคลของระบบนี้", "code of the person here", DataClass.IDENTITY.value, comes_in=False),
        Known(HOUSEHOLD, "รหัสครัวเรือนของระบบนี้", "code of the household here", DataClass.CONTACT.value, comes_in=False),
    ]
    for code in PLAIN:
        found.append(Known(code, attributes[code].th, attributes[code].en, str(attributes[code].data_class)))
    found.append(
        Known(
            TARGET_CLASS, "กลุ่มเป้าหมาย (จาก จปฐ. และบัตรสวัสดิการ)", "target class", DataClass.MONEY.value, comes_in=False
        )
    )
    for dimension in DIMENSIONS:
        told = attributes[TOLD + dimension]
        found.append(Known(FOUND + dimension, f"{told.th} (พื้นที่พบ)", f"{told.en} (found here)", of_dimension(dimension)))
        found.append(Known(told.code, f"{told.th} (ตาม TPMAP)", f"{told.en} (by TPMAP)", str(told.data_class)))
    for number, code in enumerate(INDICATORS, 1):
        attribute = attributes[code]
        words = f"ตกเกณฑ์ตัวชี้วัดที่ {number}", f"fails indicator {number}"
        found.append(Known(FAILS + code, *words, str(attribute.data_class)))
    return {each.code: each for each in found}


def shipped() -> dict[str, tuple[str, list[Column]]]:
    """The layouts that come with the program: {code: (title, columns)}."""
    attributes = catalogue().attributes
    person = [CID, "title", "given_name", "family_name", "birth_date"]
    place = ["house_code", "house_no", "moo", "village_name", "tambon", "district", "province"]
    classes = ["tpmap_year", "tpmap_poor", "state_welfare_card", "welfare_card_year"]
    plain = [Column(attributes[code].th, code) for code in (*person, *place, *classes)]
    plain.append(Column("กลุ่มเป้าหมาย", TARGET_CLASS))

    def dimensions(of: str) -> list[Column]:
        return [Column(attributes[TOLD + dimension].th, of + dimension) for dimension in DIMENSIONS]

    flags = [Column(f"ตกเกณฑ์ตัวชี้วัดที่ {number}", FAILS + code) for number, code in enumerate(INDICATORS, 1)]
    return {
        "tpmap": ("TPMAP: รายบุคคล 5 มิติ ตามที่ TPMAP แจ้ง", [*plain, *dimensions(TOLD)]),
        "logbook": ("TPMAP Logbook: รายบุคคล 5 มิติ พร้อมตัวชี้วัด ตามที่พื้นที่พบ", [*plain, *dimensions(FOUND), *flags]),
    }


def read(raw: Any) -> list[Column]:
    """The columns as they are kept; what is none is left out."""
    return [
        Column(clean(str(each.get("header", "")))[:LONGEST_HEADER], str(each.get("code", "")))
        for each in (raw if isinstance(raw, list) else [])
        if isinstance(each, dict) and (each.get("header") or each.get("code"))
    ]


def written(columns: Sequence[Column]) -> list[dict[str, str]]:
    return [{"header": column.header, "code": column.code} for column in columns]


def faults(columns: Sequence[Column]) -> list[str]:
    """What is wrong with a layout, one sentence each; [] where it can be used."""
    if not columns:
        return [_("A layout needs at least one column.")]
    found = []
    if len(columns) > MOST_COLUMNS:
        found.append(_("A layout has at most %(n)s columns.") % {"n": MOST_COLUMNS})
    found += [fault for number, column in enumerate(columns, 1) for fault in _faults_of(number, column)]
    for header, times in Counter(column.header for column in columns if column.header).items():
        if times > 1:
            found.append(_("Two columns are called “%(header)s”.") % {"header": header})
    known = known_columns()
    for code, times in Counter(column.code for column in columns).items():
        if times > 1 and code in known:
            found.append(_("Two columns hold “%(what)s”.") % {"what": known[code].th})
    codes = {column.code for column in columns}
    if not ({CID, PERSON} & codes or {"given_name", "family_name"} <= codes):
        found.append(_("Nobody can be told apart: add the 13-digit id, or given and family name."))
    return found


def _faults_of(number: int, column: Column) -> Iterator[str]:
    if not column.header:
        yield _("Column %(n)s has no words above it.") % {"n": number}
    if column.code not in known_columns():
        yield _("Column %(n)s: choose what it holds.") % {"n": number}
    elif is_flag(column.code) and _says_passed(column.header):
        words = _("Column %(n)s is called “%(header)s”, but its 1 means failed: readers would turn it round.")
        yield words % {"n": number, "header": column.header}


def is_flag(code: str) -> bool:
    """Whether a 1 in such a column means failed."""
    return code.startswith((FAILS, FOUND)) or code.removeprefix(TOLD) in DIMENSIONS


def _says_passed(header: str) -> bool:
    return "ผ่าน" in header and "ไม่ผ่าน" not in header


def classes_of(columns: Sequence[Column]) -> frozenset[str]:
    """The classes of data that a file of these columns tells of."""
    known = known_columns()
    return frozenset(known[column.code].data_class for column in columns if column.code in known)


# Letters of assessed results (rules.assessing.LETTERS) as cells.
OF_LETTER: Mapping[str, str | int] = {"U": "", "P": 0, "F": 1, "N": "-"}


def flag(answer: int) -> str | int:
    """An answer of kernel.logic as a cell: 1 failed, 0 not, empty where it is not known.

    >>> flag(1), flag(-1), flag(0)
    (1, 0, '')
    """
    return {1: 1, -1: 0}.get(answer, "")
