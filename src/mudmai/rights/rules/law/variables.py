"""How a variable is declared: what is told once for all days, a condition of one day, an amount of one month."""

from collections.abc import Callable
from typing import Any

import numpy as np
from openfisca_core.periods import DateUnit
from openfisca_core.variables import Variable

from mudmai.rights.rules.law.reckoning import LATEST_DAY, UNTOLD_DAY

Formula = Callable[[Any, Any, Any], Any]

# {kind of column: (OpenFisca's type, how it is kept, what nothing told looks like)}
NUMBER = "number"
KINDS: dict[str, tuple[type, Any, Any]] = {
    "answer": (int, np.int8, 0),
    "mark": (int, np.int8, 0),
    "code": (int, np.int16, -1),
    "codes": (int, np.int64, -1),
    "day": (int, np.int32, UNTOLD_DAY),
    "last_day": (int, np.int32, LATEST_DAY),
    NUMBER: (float, np.float32, float("nan")),
}


class Column(Variable):  # type: ignore[misc] # reasons: OpenFisca has no types
    """A variable whose values take no more room than they need: answers are one byte."""

    def __init__(self, baseline_variable: Any = None) -> None:
        super().__init__(baseline_variable)
        self.dtype = KEPT_AS[self.name]


KEPT_AS: dict[str, Any] = {}
VARIABLES: dict[str, type[Column]] = {}


def declare(name: str, entity: Any, kind: str, unit: DateUnit, formula: Formula | None = None, about: str = "") -> None:
    """Add a variable to the law."""
    assert name not in VARIABLES, name
    value_type, kept_as, untold = KINDS[kind]
    body: dict[str, Any] = {
        "value_type": value_type,
        "default_value": untold,
        "entity": entity,
        "definition_period": unit,
        "label": about or name,
    }
    if formula is not None:
        body["formula"] = formula
    KEPT_AS[name] = kept_as
    VARIABLES[name] = type(name, (Column,), body)


def told(name: str, entity: Any, kind: str) -> None:
    """Add what the registry tells; the same on all days of one evaluation."""
    declare(name, entity, kind, DateUnit.ETERNITY)


def worked_out(entity: Any, kind: str, unit: DateUnit = DateUnit.DAY) -> Callable[[Formula], Formula]:
    """Add what follows from others, by the function that works it out; its name is the variable's."""

    def add(formula: Formula) -> Formula:
        declare(formula.__name__, entity, kind, unit, formula, (formula.__doc__ or "").strip())
        return formula

    return add
