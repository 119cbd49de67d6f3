"""What a file holds after reading, whatever its format: sheets of rows, with the cells as they were."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from mudmai.kernel.words import gettext_noop

Kind = Literal["xlsx", "xls", "ods", "csv", "html"]
Cell = object
Area = tuple[int, int, int, int]  # first row, first column, last row, last column; counted from 0, ends included

# One empty list stands for every blank row: a million of them weigh eight megabytes. Never change it.
BLANK_ROW: list[Cell] = []


class CellError(NamedTuple):
    """The result of a formula that failed, such as #REF! or #N/A; reported for its cell later, never guessed at."""

    code: str

    def __str__(self) -> str:
        return self.code


ERROR_CODES = frozenset(["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"])


class Remark(NamedTuple):
    """Something worth saying about a file that was read all the same. The sentence is an msgid with `params`."""

    code: str
    params: Mapping[str, object] = {}

    @property
    def sentence(self) -> str:
        return REMARKS[self.code]


REMARKS: dict[str, str] = {
    "really_xlsx": gettext_noop("The file name says .%(extension)s, but it is an .xlsx workbook. It was read as such."),
    "really_xls": gettext_noop(
        "The file name says .%(extension)s, but it is an old .xls workbook. It was read as such."
    ),
    "really_ods": gettext_noop("The file name says .%(extension)s, but it is an .ods workbook. It was read as such."),
    "really_html": gettext_noop("The file name says .%(extension)s, but it is a web page. Its tables were read."),
    "really_text": gettext_noop("The file name says .%(extension)s, but it is plain text. It was read as a CSV file."),
    "encoding": gettext_noop("The text is written in %(encoding)s and was converted."),
    "damaged_characters": gettext_noop("%(count)s characters of the text were damaged and are shown as “�”."),
    "stray_quotes": gettext_noop("Quotation marks did not pair up, so they were read as ordinary characters."),
    "many_columns": gettext_noop("Sheet “%(sheet)s” has %(count)s columns. All were read."),
    "empty_sheet": gettext_noop("Sheet “%(sheet)s” is empty."),
    "empty_rows": gettext_noop("Sheet “%(sheet)s” has %(count)s blank rows between its cells. They were skipped."),
    "formula_errors": gettext_noop("Sheet “%(sheet)s” has %(count)s formulas with errors (%(examples)s)."),
}


@dataclass(slots=True)
class Sheet:
    """One sheet. `rows[0]` is sheet row 1; rows may be of different lengths; a blank cell is ""."""

    name: str
    rows: list[list[Cell]]
    merged: list[Area] = field(default_factory=list)
    hidden: bool = False


@dataclass(slots=True)
class Workbook:
    """One file, read."""

    kind: Kind
    sheets: list[Sheet]
    remarks: list[Remark] = field(default_factory=list)
