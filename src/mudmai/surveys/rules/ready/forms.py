"""The ready forms by code: what each is for, and its workbook."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from mudmai.kernel.errors import NotFound
from mudmai.surveys.rules.ready.rows import Sheets, sheets_of
from mudmai.surveys.rules.ready.workbook import workbook

SOURCES = Path(__file__).parents[2] / "ready"
# Of all ready forms together: raised whenever one of them, or a scale in it, changes.
VERSION = "2569.11.2"


@dataclass(frozen=True, slots=True)
class ReadyForm:
    """A form to start from. `kind`: the kind of source its answers are. `offered`: False for sets to look at first."""

    code: str
    title: str
    title_en: str
    about: str
    about_en: str
    kind: str
    offered: bool
    sheets: Sheets

    @property
    def filename(self) -> str:
        return f"{self.code}.xlsx"

    def xlsx(self) -> bytes:
        """The XLSForm workbook; the same bytes every time."""
        return workbook(self.sheets, form_id=self.code, title=self.title, version=VERSION)

    def media(self) -> dict[str, bytes]:
        """The files that the form needs beside it, by name."""
        return self.sheets.pictures


class NoSuchReadyForm(NotFound):
    """There is no ready form of this code."""

    def __init__(self, code: str) -> None:
        super().__init__(_("There is no ready form “%(code)s”. Choose one from the list.") % {"code": code})


@cache
def ready_forms() -> dict[str, ReadyForm]:
    """All ready forms by code, in the order in which they are offered."""
    parts = tomllib.loads((SOURCES / "parts.toml").read_text(encoding="utf-8"))
    forms = {}
    for path in sorted(SOURCES.glob("[0-9]*.toml")):
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        sheets = sheets_of(told.pop("rows"), told.pop("list", {}), parts)
        forms[told["code"]] = ReadyForm(sheets=sheets, **told)
    return forms


def ready_form(code: str) -> ReadyForm:
    """One ready form. Raises NoSuchReadyForm."""
    found = ready_forms().get(code)
    if found is None:
        raise NoSuchReadyForm(code)
    return found
