"""The law put together: its entities and variables with the parameters as they hold under some rows of the office."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit, Instant, Period
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from mudmai.rights.rules.law import care, disability, elderly, families, inputs, who
from mudmai.rights.rules.law.entities import Household, Person
from mudmai.rights.rules.law.variables import VARIABLES
from mudmai.rights.rules.parameters import shipped
from mudmai.rights.rules.rows import Row, Stretch, effective, on_day, plain

PARTS = (inputs, who, elderly, disability, families, care)  # importing them declares their variables
Timeline = Mapping[str, list[Stretch]]


@lru_cache(maxsize=16)
def timeline(rows: tuple[Row, ...] = ()) -> Timeline:
    """What each parameter comes to over time, under rows of the office."""
    return {name: effective(parameter, rows) for name, parameter in shipped().items()}


@lru_cache(maxsize=16)
def law(rows: tuple[Row, ...] = ()) -> TaxBenefitSystem:
    """The law under rows of the office. Cheap to ask for again."""
    system = TaxBenefitSystem([Person, Household])
    system.add_variables(*VARIABLES.values())
    tree: dict[str, Any] = {}
    for name, stretches in timeline(rows).items():
        programme, _dot, own = name.partition(".")
        values = {each.first.isoformat(): {"value": _for_openfisca(each)} for each in stretches}
        if values:
            tree.setdefault(programme, {})[own] = {"values": values}
    system.parameters = ParameterNode("", data=tree)
    return system


def _for_openfisca(stretch: Stretch) -> Any:
    return None if stretch.value is None else plain(stretch.value)


def stands(names: Iterable[str], day: date, rows: tuple[Row, ...] = ()) -> bool:
    """Whether all of these parameters have a value on a day; before a programme began, and after it ended, none has."""
    told = timeline(rows)
    for name in names:
        found = on_day(told[name], day)
        if found is None or found.value is None:
            return False
    return True


@lru_cache(maxsize=4096)
def period_of(variable: str, on: date) -> Period:
    """The day, or the month, for which a variable is asked as of a day."""
    unit = VARIABLES[variable].definition_period
    if unit == DateUnit.MONTH:
        return Period((DateUnit.MONTH, Instant((on.year, on.month, 1)), 1))
    return Period((DateUnit.DAY, Instant((on.year, on.month, on.day)), 1))


def simulation(
    system: TaxBenefitSystem,
    persons: Mapping[str, npt.NDArray[Any]],
    houses: Mapping[str, npt.NDArray[Any]],
    house: npt.NDArray[np.integer[Any]],
    count: tuple[int, int],
    *,
    trace: bool = False,
) -> Simulation:
    """People ready for their rules: columns as they are, without the slow builders.

    `house` is the place of each person's house; `count` is how many persons and houses there are.
    """
    populations = system.instantiate_entities()
    found = Simulation(system, populations)
    found.trace = trace
    person, household = populations["person"], populations["household"]
    person.count, household.count = count
    person.ids, household.ids = range(count[0]), range(count[1])
    household.members_entity_id = house
    for population, columns in ((person, persons), (household, houses)):
        for name, column in columns.items():
            population.get_holder(name).put_in_cache(column, None)
    return found
