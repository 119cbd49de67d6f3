"""Functions of true and false."""

import math

from mudmai.surveys.rules.xform.xpath.asking import Context, Function
from mudmai.surveys.rules.xform.xpath.values import Value, number, numbers, text, truth


def choose(c: Context, condition: Value, then: Value, otherwise: Value) -> Value:
    return then if c.world.truth(condition) else otherwise


def coalesce(c: Context, *values: Value) -> Value:
    return next((told for told in map(text, values) if told), "")


def once(c: Context, value: Value) -> Value:
    return c.node.value() or text(value)


def boolean_from_string(c: Context, value: Value) -> Value:
    return text(value) in ("1", "true")


def _limits(low: Value, high: Value) -> tuple[float, float]:
    lowest, highest = number(low), number(high)
    return (-math.inf if lowest == -1 else lowest), (math.inf if highest == -1 else highest)


def _truths(value: Value) -> list[bool]:
    if isinstance(value, list):
        return [bool(node.value()) for node in value]
    return [truth(value)]


def checklist(c: Context, low: Value, high: Value, *values: Value) -> Value:
    lowest, highest = _limits(low, high)
    return lowest <= sum(sum(_truths(value)) for value in values) <= highest


def weighted_checklist(c: Context, low: Value, high: Value, *values: Value) -> Value:
    lowest, highest = _limits(low, high)
    weight = 0.0
    for value, told in zip(values[::2], values[1::2], strict=False):
        weight += sum(one for true, one in zip(_truths(value), numbers(told), strict=False) if true)
    return lowest <= weight <= highest


LOGIC: dict[str, Function] = {
    "if": choose,
    "coalesce": coalesce,
    "once": once,
    "true": lambda c: True,
    "false": lambda c: False,
    "not": lambda c, value: not c.world.truth(value),
    "boolean": lambda c, value: c.world.truth(value),
    "boolean-from-string": boolean_from_string,
    "checklist": checklist,
    "weighted-checklist": weighted_checklist,
}
