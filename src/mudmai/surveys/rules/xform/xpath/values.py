"""The four kinds of XPath values and how one becomes another, as ODK clients do it.

A node-set is a list of nodes, then str, float and bool. A `Moment` is a number (days since 1970-01-01 UTC) that reads
as a date or a date and time. Text that looks like a date counts as its days, so that dates can be compared and
subtracted. Source: https://getodk.github.io/xforms-spec/#xpath-operators and @getodk/xpath 0.22; reviewed 2569-11.
"""

import math
import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from mudmai.kernel.clock import BANGKOK
from mudmai.surveys.rules.xform.tree import Node

Value = list[Node] | str | float | bool

NAN = math.nan
DAY = 86400.0
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2})(?:\.(\d+))?)?)?(Z|[-+]\d{2}:\d{2})?)?", re.ASCII
)


class Moment(float):
    """A day or an instant, as days since 1970 UTC; its text is the local date, with the time if not midnight."""

    __slots__ = ("at", "said")
    at: datetime | None
    said: str | None

    def __new__(cls, at: datetime | None, said: str | None = None) -> "Moment":
        made = super().__new__(cls, NAN if at is None else (at - _EPOCH) / timedelta(days=1))
        made.at = at
        made.said = said
        return made

    def __str__(self) -> str:
        if self.said is not None:
            return self.said
        if self.at is None:
            return ""
        if self.at.timetz() == time(0, tzinfo=BANGKOK):
            return self.at.date().isoformat()
        return self.at.isoformat(timespec="milliseconds")


@lru_cache(maxsize=4096)
def moment(text: str) -> Moment | None:
    """The instant an ISO date or date and time says, in Bangkok where it names no offset; None for any other text.

    >>> str(moment("2026-11-20")), moment("tomorrow")
    ('2026-11-20', None)
    """
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
        micro = int((match[7] or "0").ljust(6, "0")[:6])
        at = datetime(year, month, day, hour, minute, second, micro, tzinfo=BANGKOK)
        if match[8]:
            at = datetime.fromisoformat(at.strftime("%Y-%m-%dT%H:%M:%S.%f") + match[8]).astimezone(BANGKOK)
        return Moment(at)
    except (ValueError, OverflowError):
        return None


def at_days(days: float) -> Moment:
    """The instant so many days after 1970-01-01 UTC."""
    try:
        return Moment((_EPOCH + timedelta(days=days)).astimezone(BANGKOK))
    except (ValueError, OverflowError):
        return Moment(None)


def midnight(day: date) -> Moment:
    return Moment(datetime.combine(day, time(), BANGKOK))


@lru_cache(maxsize=4096)
def number_of_text(text: str) -> float:
    stripped = text.strip()
    if _NUMBER.fullmatch(stripped):
        return float(stripped)
    found = moment(text)
    return NAN if found is None else float(found)


def number(value: Value) -> float:
    """The number of a value; NaN where it is none.

    >>> number("12.5"), number(True), number("2026-11-20") - number("2026-11-19")
    (12.5, 1.0, 1.0)
    """
    if isinstance(value, list):
        return number_of_text(value[0].value()) if value else NAN
    if isinstance(value, str):
        return number_of_text(value)
    return float(value)


def text(value: Value) -> str:
    """The text of a value: numbers without needless digits.

    >>> text(3.0), text(0.1), text(False)
    ('3', '0.1', 'false')
    """
    if isinstance(value, list):
        return value[0].value() if value else ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Moment):
        return str(value)
    return _text_of_number(value)


def _text_of_number(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value) and abs(value) < 1e21:
        return str(int(value))
    if 1e-7 <= abs(value) < 1e21:
        digits = repr(value)
        return digits if "e" not in digits else f"{value:.20f}".rstrip("0")
    return repr(value)


def truth(value: Value) -> bool:
    """A node-set is true when it has a node, text when it is not empty, a number when it is not nought."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def equal(left: Value, right: Value) -> bool:
    """XPath's `=`: any node of a node-set will do."""
    if isinstance(left, list) and isinstance(right, list):
        told = {node.value() for node in right}
        return any(node.value() in told for node in left)
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    if isinstance(left, list):
        return any(equal(node.value(), right) for node in left)
    if isinstance(right, list):
        return any(equal(left, node.value()) for node in right)
    if isinstance(left, float) or isinstance(right, float):
        return number(left) == number(right)
    return left == right


def unequal(left: Value, right: Value) -> bool:
    """XPath's `!=`: some node differs; not the same as `not(… = …)`."""
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) != truth(right)
    if isinstance(left, list):
        return any(unequal(node.value(), right) for node in left)
    if isinstance(right, list):
        return any(unequal(left, node.value()) for node in right)
    return not equal(left, right)


def numbers(value: Value) -> list[float]:
    """The number of each node of a node-set, or the one number of another value."""
    if isinstance(value, list):
        return [number_of_text(node.value()) for node in value]
    return [number(value)]


def texts(value: Value) -> list[str]:
    if isinstance(value, list):
        return [node.value() for node in value]
    return [text(value)]
