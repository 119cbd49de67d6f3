"""One thing that is wrong, or worth knowing, about an XLSForm: where it stands, what it is and how to put it right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mudmai.kernel.errors import BadInput
from mudmai.surveys.rules.xlsform.sentences import SENTENCES

MAX_BYTES = 20 << 20
MAX_ROWS = 50_000


@dataclass(frozen=True)
class Fault:
    """`row` counts as Excel does, from 1; 0 where no row can be named. `code` is a key of SENTENCES.

    At the edge: `gettext(fault.what) % fault.params` and `gettext(fault.cure) % fault.params`.
    """

    code: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def what(self) -> str:
        return SENTENCES[self.code][0]

    @property
    def cure(self) -> str:
        return SENTENCES[self.code][1]

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.code, "sheet": self.sheet, "row": self.row, "column": self.column, "params": dict(self.params),
        }  # fmt: skip

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Fault":
        return cls(told["code"], told["sheet"], told["row"], told["column"], told["params"])


class FormRefused(BadInput):
    """The file is no form that can be filled in; `faults` say where and why, as many as could be found at once."""

    code = "form_refused"
    status = 422

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        first = faults[0]
        super().__init__(f"{first.what} {first.cure}" % first.params)


def too_large() -> FormRefused:
    return FormRefused([Fault("too_large", params={"megabytes": str(MAX_BYTES >> 20), "rows": f"{MAX_ROWS:,}"})])


@dataclass(frozen=True)
class Converted:
    """A form that can be filled in. `files`: what the converter made beside it, by name."""

    form_id: str
    version: str
    title: str
    xform: str
    warnings: list[Fault]
    files: dict[str, bytes]
