"""How a list is laid out: which column holds what, what the list means, for which day and area. Plain values."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

# Columns that say something no attribute of the catalogue is for; a parser turns them into one, or into the day.
EXTRAS: dict[str, tuple[str, ...]] = {
    "observed_on": (
        "วันที่สำรวจ", "วันสำรวจ", "วันที่เก็บข้อมูล", "วันที่เยี่ยม", "วันที่เยี่ยมบ้าน", "วันที่บันทึก", "วันที่บันทึกข้อมูล", "วันที่ประเมิน",
        "วันที่คัดกรอง", "survey date", "date of survey", "visited on", "timestamp", "ประทับเวลา",
    ),
    "birth_day": ("วันที่เกิด", "วันเกิด›วัน"),
    "birth_month": ("เดือนเกิด", "วันเกิด›เดือน"),
    "birth_year": ("ปีเกิด›ปี", "ปีพ.ศ.เกิด", "วันเกิด›ปี"),
}  # fmt: skip

# Columns of flags for the 31 indicators of จปฐ., as poverty lists have them. จปฐ. writes 1 where an indicator is
# passed, TPMAP where it is failed: only a column's name tells which, and a name that does not is no flag column.
FAILS, PASSES = "fails_", "passes_"
FLAGGED = tuple(f"jpt31_{number:02}" for number in range(1, 32))
_NUMBERED = ("ตัวชี้วัดที่ {n}", "ตัวชี้วัด {n}", "ข้อ {n}", "จปฐ. {n}", "จปฐ. ข้อ {n}", "ตชว. {n}")


def _flags(prefix: str, *begins: str) -> dict[str, tuple[str, ...]]:
    return {
        prefix + code: tuple(f"{begin}{word.format(n=number)}" for begin in begins for word in _NUMBERED)
        for number, code in enumerate(FLAGGED, 1)
    }


EXTRAS |= _flags(FAILS, "ตกเกณฑ์", "ตก", "ไม่ผ่านเกณฑ์", "ไม่ผ่าน", "fails ")
EXTRAS |= _flags(PASSES, "ผ่านเกณฑ์", "ผ่าน", "passes ")


def flagged(code: str) -> str:
    """The attribute that a column of flags tells of; "" for any other column.

    >>> flagged("fails_jpt31_04"), flagged("passes_jpt31_04"), flagged("moo")
    ('jpt31_04', 'jpt31_04', '')
    """
    found = code.removeprefix(FAILS).removeprefix(PASSES)
    return found if found != code and found in FLAGGED else ""


# Who or what decided on a value.
BY_HEADER, BY_VALUES, BY_MEMORY, BY_PERSON = "header", "values", "memory", "person"
BY_TITLE, BY_FILENAME, BY_COLUMNS, BY_PINS, BY_HISTORY, BY_DUTY, BY_TODAY, BY_NOTHING = (
    "title", "filename", "columns", "pins", "history", "duty", "today", "nothing",
)  # fmt: skip


@dataclass(slots=True)
class ColumnUse:
    """What one column is taken for; `attribute` is "" where it is left out."""

    index: int
    header: str
    attribute: str = ""
    confidence: float = 0.0
    why: str = ""
    samples: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Shape:
    """Tables with the same column names: they are read alike. `take` says whether they are part of the list."""

    signature: str
    columns: list[ColumnUse]
    tables: list[int]  # places in the order of the workbook's tables
    rows: int
    take: bool = True

    @property
    def mapping(self) -> dict[str, int]:
        """{attribute: column}; a phone may have several columns and is listed by its first."""
        found: dict[str, int] = {}
        for column in self.columns:
            if column.attribute:
                found.setdefault(column.attribute, column.index)
        return found


@dataclass(slots=True)
class Layout:
    """All that must be known before the rows of a file can be read as people; the person corrects it on one screen."""

    kind: str
    kind_why: str
    as_of: date
    as_of_why: str
    area_code: str
    area_why: str
    shapes: list[Shape]
    kind_words: list[str] = field(default_factory=list)
    complete: bool = False  # a person said that nobody is missing, however many left

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "as_of": self.as_of.isoformat()}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> "Layout":
        shapes = [
            Shape(**{**shape, "columns": [ColumnUse(**column) for column in shape["columns"]]})
            for shape in told["shapes"]
        ]
        return cls(**{**told, "as_of": date.fromisoformat(told["as_of"]), "shapes": shapes})
