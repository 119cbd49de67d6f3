"""What one row became, before it is a record."""

from typing import Any

# (column, code of the sentence); column -1 speaks of the whole row.
Note = tuple[int, str]
WHOLE_ROW = -1


class Draft:
    """One row, read. `fatal` is the code of why it cannot be imported, "" where it can."""

    __slots__ = (
        "about", "area", "cid", "cid_told", "doubts", "fatal", "house_no", "household_key", "id", "number",
        "observed_on", "problems", "said", "table",
    )  # fmt: skip

    def __init__(self, table: int, number: int, said: dict[str, Any]) -> None:
        self.table = table  # place of its table in the file
        self.number = number  # row of the sheet, from 1
        self.id = ""
        self.said = said
        self.cid: str | None = None
        self.cid_told: str | None = None  # 13 digits with a wrong check digit: linkage may still recognise them
        self.household_key: str | None = None
        self.house_no = ""
        self.observed_on = ""
        self.area = ""
        self.about = "person"
        self.problems: list[Note] = []
        self.doubts: list[Note] = []
        self.fatal = ""
