"""Functions of numbers."""

import math
import random
from collections.abc import Callable

from mudmai.surveys.rules.xform.xpath.asking import Context, Function
from mudmai.surveys.rules.xform.xpath.values import NAN, Moment, Value, moment, number, numbers, text


def _plain(function: Callable[[float], float]) -> Function:
    """What Python refuses (the root of -1) is no number, as elsewhere."""

    def call(c: Context, value: Value) -> Value:
        try:
            return float(function(number(value)))
        except (ValueError, OverflowError):
            return NAN

    return call


def to_number(c: Context, value: Value | None = None) -> Value:
    """A day counts as its days; written down, the engine rounds them in UTC and ODK Collect by the local day."""
    told = [c.node] if value is None else value
    if isinstance(told, list | str) and (found := moment(text(told))) is not None:
        return Moment(found.at, str(math.floor(found + (7 / 24 if c.world.javarosa else 0))))
    return told if isinstance(told, Moment) else number(told)


def whole(c: Context, value: Value) -> Value:
    found = number(value)
    return float(int(found)) if math.isfinite(found) else found


def rounded(c: Context, value: Value, decimals: Value = 0.0) -> Value:
    """Half goes away from nought, unlike in Python."""
    found, places = number(value), number(decimals)
    if not math.isfinite(found) or not math.isfinite(places) or abs(places) > 300:
        return found if math.isinf(found) else NAN
    scale = 10.0**places
    return math.copysign(math.floor(abs(found) * scale + 0.5) / scale, found) if scale else NAN


def power(c: Context, value: Value, exponent: Value) -> Value:
    try:
        return float(math.pow(number(value), number(exponent)))
    except ValueError:
        return NAN
    except OverflowError:
        return math.inf


def arc(c: Context, y: Value, x: Value) -> Value:
    return math.atan2(number(y), number(x))


def total(c: Context, value: Value) -> Value:
    found = numbers(value)
    # Nothing to add is nought in XPath and ODK Collect, and no number on the phone.
    return math.fsum(found) if found or c.world.javarosa else NAN


def largest(c: Context, *values: Value) -> Value:
    return _extreme(max, values)


def smallest(c: Context, *values: Value) -> Value:
    return _extreme(min, values)


def _extreme(choose: Callable[[list[float]], float], values: tuple[Value, ...]) -> float:
    found = [one for value in values for one in numbers(value)]
    return NAN if not found or any(math.isnan(one) for one in found) else choose(found)


def _log(base: Callable[[float], float]) -> Callable[[float], float]:
    return lambda value: -math.inf if value == 0 else base(value)


NUMERIC: dict[str, Function] = {
    "number": to_number,
    "int": whole,
    "round": rounded,
    "pow": power,
    "atan2": arc,
    "sum": total,
    "max": largest,
    "min": smallest,
    "abs": _plain(abs),
    "floor": _plain(lambda value: math.floor(value) if math.isfinite(value) else value),
    "ceiling": _plain(lambda value: math.ceil(value) if math.isfinite(value) else value),
    "exp": _plain(math.exp),
    "exp10": _plain(lambda value: 10.0**value),
    "log": _plain(_log(math.log)),
    "log10": _plain(_log(math.log10)),
    "sqrt": _plain(math.sqrt),
    "sin": _plain(math.sin),
    "cos": _plain(math.cos),
    "tan": _plain(math.tan),
    "asin": _plain(math.asin),
    "acos": _plain(math.acos),
    "atan": _plain(math.atan),
    "pi": lambda c: math.pi,
    "random": lambda c: random.random(),
}
