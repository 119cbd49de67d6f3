"""The words of rules: units, how sure something is, how a row stands."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from mudmai.kernel.dates import format_thai_date
from mudmai.rights.queries import rulebook
from mudmai.rights.rules.charts import worded
from mudmai.rights.rules.rows import ADD, Parameter, Row, Value
from mudmai.rights.rules.units import UNITS
from mudmai.rights.rules.whatif import Figures

# How sure a value is: the word, and the colour and icon of its badge.
GRADES: dict[str, tuple[Promise, str]] = {
    "A": (_lazy("A · read in the official text"), "ok"),
    "B": (_lazy("B · read in several places that agree"), "info"),
    "C": (_lazy("C · one weak source; to be checked before use"), "warn"),
    "K": (_lazy("K · not confirmed; to be checked before use"), "warn"),
}
STATES: dict[str, tuple[Promise, str]] = {
    rulebook.NOW: (_lazy("in force"), "ok"),
    rulebook.LATER: (_lazy("comes later"), "info"),
    rulebook.PAST: (_lazy("no longer"), ""),
    rulebook.PROPOSED: (_lazy("proposed only, not in force"), ""),
    rulebook.TAKEN_BACK: (_lazy("taken back"), ""),
}
KINDS: dict[str, Promise] = {
    "monthly": _lazy("paid monthly"),
    "yearly": _lazy("paid yearly"),
    "one_off": _lazy("paid once"),
    "in_kind": _lazy("given in kind"),
    "service": _lazy("a service"),
}


def unit_of(parameter: Parameter) -> str:
    return str(UNITS.get(parameter.unit, parameter.unit))


def steps_in_words(parameter: Parameter, value: Value) -> list[tuple[str, str]]:
    """A value as lines: from which age on how much; one line without a word for what is no scale."""
    if isinstance(value, tuple):
        return [(_("from %(age)s years") % {"age": worded(start)}, worded(amount)) for start, amount in value]
    if isinstance(value, bool):
        return [("", _("yes") if value else _("no"))]
    return [("", worded(value))]


def value_in_words(parameter: Parameter, value: Value | None) -> str:
    """A value in one line, with its unit."""
    if value is None:
        return _("no value")
    if isinstance(value, tuple):
        steps = " · ".join(f"{worded(start)}+: {worded(amount)}" for start, amount in value)
        return f"{steps} {unit_of(parameter)}"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{worded(value)} {unit_of(parameter)}".strip()


def days_in_words(row: Row) -> str:
    """From when to when a row holds."""
    if row.valid_to is None:
        return _("from %(from)s on") % {"from": format_thai_date(row.valid_from)}
    return f"{format_thai_date(row.valid_from)} – {format_thai_date(row.valid_to)}"


def row_in_words(parameter: Parameter, shown: rulebook.ShownRow) -> dict[str, Any]:
    """One row of the table of rates."""
    row = shown.row
    return {
        "row": row,
        "kept": shown.kept,
        "days": days_in_words(row),
        "value": value_in_words(parameter, row.value),
        "steps": steps_in_words(parameter, row.value),
        "is_added": row.mode == ADD,
        "state": STATES[shown.state],
        "state_code": shown.state,
        "grade": GRADES[row.confidence],
        "may_take_back": shown.kept is not None and shown.kept.taken_back_at is None,
    }


def rounded(number: float, *, signed: bool = False) -> str:
    """A whole number with commas; with its sign where it is a difference, and no sign for none.

    >>> rounded(1234.4), rounded(1234.4, signed=True), rounded(-0.2, signed=True)
    ('1,234', '+1,234', '0')
    """
    whole = round(number)
    return f"{whole:+,}" if signed and whole else f"{whole:,}"


# What an amount of each kind of programme is for.
BAHT: dict[str, Promise] = {"monthly": _lazy("baht a month"), "yearly": _lazy("baht a year")}


def figures_in_words(figures: Figures, kind: str, *, signed: bool = False, with_unknown: bool = True) -> dict[str, str]:
    """Sums of all villages as words: people, baht, and what is not known of others ("" where all is known)."""
    people, baht = (rounded(figures.total(name), signed=signed) for name in ("people", "baht"))
    unknown = {"n": rounded(figures.total("unknown_people"), signed=signed)}
    unknown["baht"] = rounded(figures.total("unknown_baht"), signed=signed)
    words = _("not known: %(n)s people, %(baht)s baht") if signed else _("not known: %(n)s people, up to %(baht)s baht")
    return {
        "people": people,
        "baht": baht,
        "unit": str(BAHT.get(kind, _("baht"))),
        "unknown": words % unknown if with_unknown and (unknown["n"] != "0" or unknown["baht"] != "0") else "",
    }
