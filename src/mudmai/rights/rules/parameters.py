"""The parameters that are shipped: every amount, threshold and window of the rules, read from `law/parameters`.

One file a programme; the full name of a parameter is `<programme>.<name>`. What is wrong in a file stops the reading
with a sentence that names the file, the parameter and the days, and says what mends it.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from mudmai.kernel.errors import BadInput
from mudmai.rights.rules.rows import (
    GRADES,
    KINDS,
    REPLACE,
    WRONG_KIND,
    Parameter,
    Row,
    faults,
    faults_alone,
    read_value,
)

FOLDER = Path(__file__).parent / "law" / "parameters"
# What several programmes share belongs to none.
COMMON = "common"
_OF_ROW = frozenset(
    "from to mode value legal_basis source confidence in_force reviewed note".split()  # noqa: SIM905 - read as a row
)
_OF_PARAMETER = frozenset(["kind", "unit", "label", "rows"])


class RowsRefused(BadInput):
    """A file of parameters cannot be used; the sentence says which, where, and what mends it."""

    code = "rows_refused"


class _OnceEach(yaml.SafeLoader):
    """Reads a file in which no name stands twice; else the first would be lost without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [key.value for key, _value in node.value]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(problem=f"“{twice}” × 2", problem_mark=node.start_mark)
        return super().construct_mapping(node, deep)


@cache
def shipped() -> dict[str, Parameter]:
    """Every shipped parameter by its full name. Raises RowsRefused."""
    return read_folder(FOLDER)


def read_folder(folder: Path) -> dict[str, Parameter]:
    """The parameters of all files of a folder. Raises RowsRefused."""
    found: dict[str, Parameter] = {}
    for path in sorted(folder.glob("**/*.yaml")):
        for parameter in read_file(path):
            found[parameter.name] = parameter
    return found


def read_file(path: Path) -> Iterator[Parameter]:
    """The parameters of one file. Raises RowsRefused."""
    try:
        told = yaml.load(path.read_text(encoding="utf-8"), _OnceEach)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        raise RowsRefused(_("%(file)s cannot be read: %(error)s") % {"file": path.name, "error": error}) from error
    for name, entry in told.items():
        yield _parameter(path, f"{path.stem}.{name}", entry)


def _parameter(path: Path, name: str, entry: dict[str, Any]) -> Parameter:
    strange = entry.keys() - _OF_PARAMETER
    if strange:
        raise refused(path, name, _("there is no “%(word)s” here.") % {"word": ", ".join(sorted(strange))})
    if entry.get("kind") not in KINDS:
        raise refused(path, name, _("its kind is one of: %(kinds)s.") % {"kinds": ", ".join(KINDS)})
    rows = tuple(_row(path, name, entry["kind"], each) for each in entry["rows"])
    programme = "" if path.stem == COMMON else path.stem
    label = entry["label"]
    found = Parameter(name, entry["kind"], entry.get("unit", ""), label["th"], label["en"], programme, rows, path.name)
    wrong = [fault for row in rows for fault in faults_alone(found, row)] or faults(found)
    if wrong:
        raise refused(path, name, " ".join(wrong))
    return found


def _row(path: Path, name: str, kind: str, entry: dict[str, Any]) -> Row:
    strange = entry.keys() - _OF_ROW
    if strange:
        raise refused(path, name, _("a row has no “%(word)s”.") % {"word": ", ".join(sorted(strange))})
    try:
        value = read_value(kind, entry.get("value"))
    except (ValueError, TypeError) as error:
        raise refused(path, name, WRONG_KIND[kind]()) from error
    return Row(
        parameter=name,
        valid_from=_day(path, name, entry.get("from")),
        valid_to=None if entry.get("to") is None else _day(path, name, entry["to"]),
        value=value,
        mode=entry.get("mode", REPLACE),
        legal_basis=entry.get("legal_basis", ""),
        source=entry.get("source", ""),
        confidence=_grade(path, name, entry.get("confidence")),
        in_force=entry.get("in_force", True),
        note=entry.get("note", ""),
        reviewed=str(entry.get("reviewed", "")),
    )


def _day(path: Path, name: str, told: Any) -> date:
    if isinstance(told, date):
        return told
    raise refused(path, name, _("“%(word)s” is no day. Write it like 2022-04-01.") % {"word": told})


def _grade(path: Path, name: str, told: Any) -> str:
    if told in GRADES:
        return str(told)
    raise refused(path, name, _("Say how sure this is: A, B, C or K."))


def refused(path: Path, name: str, words: str) -> RowsRefused:
    """The refusal of a file, in one sentence."""
    return RowsRefused(_("%(file)s, %(parameter)s: %(words)s") % {"file": path.name, "parameter": name, "words": words})
