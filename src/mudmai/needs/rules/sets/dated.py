"""Numbers with their days: read from tables, and checked for days that have two values, or none."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from mudmai.needs.rules.sets.model import Number, NumberRow

CONFIDENCES = ("A", "B", "C", "K")


def day_of(said: Any) -> date | None:
    """A day written as TOML or as ISO text; None for anything else."""
    if type(said) is date:
        return said
    try:
        return date.fromisoformat(said)
    except (TypeError, ValueError):
        return None


def number_of(code: str, table: Any, faults: list[str]) -> Number | None:
    """The dated number in a table { th, en, unit, rows = [{ value, from, to, confidence, source, in_force }] }."""
    if not isinstance(table, Mapping) or not isinstance(table.get("rows"), list) or not table["rows"]:
        faults.append(_("Number “%(code)s” has no rows. Write rows = [{ value = …, from = … }].") % {"code": code})
        return None
    rows = [row for each in table["rows"] if (row := _row(code, each, faults)) is not None]
    rows.sort(key=lambda row: row.valid_from)
    if len(rows) < len(table["rows"]):
        return None
    _check_days(code, [row for row in rows if row.in_force], faults)
    words = {name: str(table.get(name, "")) for name in ("th", "en", "unit")}
    return Number(code, **words, rows=tuple(rows))


def _row(code: str, said: Any, faults: list[str]) -> NumberRow | None:
    if not isinstance(said, Mapping):
        faults.append(_("Number “%(code)s”: a row is a table with value and from.") % {"code": code})
        return None
    value, first, last = said.get("value"), day_of(said.get("from")), said.get("to")
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e12:
        faults.append(_("Number “%(code)s”: “%(said)s” is no number from 0 on.") % {"code": code, "said": value})
        return None
    if first is None or (last is not None and day_of(last) is None):
        faults.append(
            _("Number “%(code)s”: days are written like 2017-01-01, and every row has a “from”.") % {"code": code}
        )
        return None
    if last is not None and (ends := day_of(last)) is not None and ends < first:
        slots = {"code": code, "first": first, "last": ends}
        faults.append(
            _("Number “%(code)s”: a row begins on %(first)s and ends before, on %(last)s. Swap the days.") % slots
        )
        return None
    confidence = str(said.get("confidence", ""))
    if confidence and confidence not in CONFIDENCES:
        faults.append(_("Number “%(code)s”: confidence is A, B, C or K.") % {"code": code})
    return NumberRow(
        float(value), first, day_of(last), confidence, str(said.get("source", "")), bool(said.get("in_force", True))
    )


def _check_days(code: str, rows: list[NumberRow], faults: list[str]) -> None:
    for earlier, later in pairwise(rows):
        slots = {"code": code, "first": later.valid_from, "value": f"{earlier.value:g}", "other": f"{later.value:g}"}
        if earlier.valid_from == later.valid_from or (earlier.valid_to and earlier.valid_to >= later.valid_from):
            faults.append(
                _(
                    "Number “%(code)s” has two values from %(first)s on: %(value)s and %(other)s. "
                    "End the earlier row the day before."
                )
                % slots
            )
        elif earlier.valid_to and earlier.valid_to + timedelta(days=1) < later.valid_from:
            slots["last"] = earlier.valid_to
            faults.append(
                _(
                    "Number “%(code)s” has no value after %(last)s and before %(first)s: results that need it "
                    "would not be known. Let the earlier row go on, or add one between."
                )
                % slots
            )
