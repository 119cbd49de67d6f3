"""Scores by one definition: total, group, alerts, and what is not answered yet."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from mudmai.surveys.rules.scales.formulas import Value
from mudmai.surveys.rules.scales.model import Item, Outcome, Scale, measures, scales


@dataclass(frozen=True, slots=True)
class Score:
    """What the answers come to. `total` and `group` None until nothing is `missing`; alerts do not wait for that."""

    total: int | None
    group: str | None
    alerts: tuple[str, ...]
    missing: tuple[str, ...]


def score(scale_code: str, answers: Mapping[str, str]) -> Score:
    """What `answers` ({item: code of the choice}) come to on a scale. Effect: none.

    An item that is not asked counts nothing; one that is asked and not answered is missing, never zero.
    Raises KeyError for an unknown scale, ValueError for an answer that is no choice of its item.
    """
    scale = scales()[scale_code]
    values = _values(scale, answers)
    asked = [item for item in scale.items if item.when is None or item.when.holds(values)]
    missing = tuple(item.code for item in asked if item.code not in values)
    if missing:
        return Score(None, None, _holding(scale.alerts, values), missing)
    total = sum(item.points[answers[item.code]] for item in asked)
    values["total"] = float(total)
    group = next((group.code for group in scale.groups if group.when.holds(values)), None)
    return Score(total, group, _holding(scale.alerts, values), ())


def measured(code: str, values: Mapping[str, float]) -> float | None:
    """A measure worked out of others, rounded half away from zero; None while one of them is unknown."""
    measure = measures()[code]
    assert measure.formula is not None
    found = measure.formula.worked_out(dict(values))
    if found is None or math.isinf(found):
        return None
    scaled = float(10**measure.decimals)
    return int(found * scaled + (0.5 if found >= 0 else -0.5)) / scaled


def band(code: str, value: float) -> str | None:
    """The band of a value, the first that holds; None where none does."""
    return next((each.code for each in measures()[code].bands if each.when.holds({"value": float(value)})), None)


def _values(scale: Scale, answers: Mapping[str, str]) -> dict[str, Value]:
    """Answers as formulas see them: the points where these are the codes, else the code. Skipped items are left out."""
    values: dict[str, Value] = {}
    for item in scale.items:
        told = answers.get(item.code, "")
        if not told or (item.when is not None and not item.when.holds(values)):
            continue
        if told not in item.points:
            raise ValueError(f"{told!r} is no choice of {scale.code}.{item.code}")
        values[item.code] = float(item.points[told]) if codes_are_points(item) else told
    return values


def codes_are_points(item: Item) -> bool:
    return all(choice.code == str(choice.points) for choice in item.choices)


def _holding(told: tuple[Outcome, ...], values: Mapping[str, Value]) -> tuple[str, ...]:
    return tuple(each.code for each in told if each.when.holds(values))
