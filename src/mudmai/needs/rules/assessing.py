"""All that the rules say of a frame of households in one go: results, dimensions, target groups, fragile households."""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from mudmai.kernel.logic import NO, UNKNOWN, YES, Answers, any_of
from mudmai.needs.rules.conditions import Sight
from mudmai.needs.rules.indicators import LETTERS, evaluate, fails, letters
from mudmai.needs.rules.sets import DIMENSIONS, IndicatorSet, usual_set
from mudmai.needs.rules.targets import TOLD_FLAGS, Targets, classes, groups, meant, usual_targets

if TYPE_CHECKING:
    from mudmai.people.queries import Frame

__all__ = ["LETTERS", "Assessed", "Setup", "assess", "codes_of", "dimensions_of", "setup", "sight_of"]

Numbers = npt.NDArray[Any]


class Setup(NamedTuple):
    """By what households are measured."""

    indicators: IndicatorSet
    targets: Targets


class Assessed(NamedTuple):
    """What holds of each household and person of a frame, in its order. Answers are those of kernel.logic."""

    results: Numbers  # uint8 [houses, indicators]: a place in LETTERS
    person_results: Numbers  # uint8 [persons, indicators]; of a household's indicator that of the house
    contradicted: Numbers  # bool [houses, indicators]: facts say opposite things
    persons_contradicted: Numbers  # bool [persons, indicators]
    letters: Numbers  # [houses]: the results as a word
    dimensions: Answers  # [houses, 5]: whether it fails in each of DIMENSIONS
    failed: Numbers  # uint16 [houses]: a bit for each dimension it fails in
    unsure: Numbers  # uint16 [houses]: a bit for each of which that is not known
    failed_low: Numbers  # int16 [houses]: in how many it fails at least
    failed_high: Numbers  # int16 [houses]: and at most
    poor: Answers  # [houses]: fails in one at least
    told_dimensions: Answers  # [houses, 5]: what TPMAP's own list says of any member
    groups: Answers  # [houses, 3]: the groups of GROUPS
    group_bits: Numbers  # uint16 [houses]
    fragile: Answers  # [houses]
    fragile_why: Numbers  # uint16 [houses]: bits of the rules of Targets.fragile
    burdens: Answers  # [houses, burdens]
    level: Numbers  # int8 [houses]: 0–3; -1 not known, -2 income not low
    dependants_low: Numbers  # int32 [houses]
    dependants_high: Numbers  # int32 [houses]
    members: Numbers  # int32 [houses]: known to live there
    person_poor: Answers  # [persons]: fails here in one dimension at least, their house's failures included
    person_groups: Answers  # [persons, 3]
    target_class: Numbers  # uint8 [persons]: a place in CLASSES
    vulnerable_why: Numbers  # uint16 [persons]: bits of Targets.vulnerable


def setup(indicators: IndicatorSet | None = None, targets: Targets | None = None) -> Setup:
    """What to measure by; the usual set and rules where no other is named."""
    return Setup(indicators or usual_set(), targets or usual_targets())


def codes_of(setup: Setup) -> tuple[str, ...]:
    """Codes of the catalogue that a frame must hold. Birth date and sex are always there."""
    found = {"member_count_told", "presence", *setup.targets.facts()}
    for indicator in setup.indicators.indicators:
        found |= indicator.facts().keys()
    return tuple(sorted(found - {"birth_date", "sex"}))


def assess(frame: "Frame", setup: Setup) -> Assessed:
    """What the rules say of every household and person of a frame on its day."""
    sight = sight_of(frame, setup)
    results, person_results, contradicted, persons_contradicted = evaluate(setup.indicators, sight)
    dimensions = dimensions_of(setup.indicators, results)
    poor = dimensions.max(axis=1)
    person_poor = dimensions_of(setup.indicators, person_results).max(axis=1)
    said = meant(setup.targets, sight)
    told = frame.persons.told
    listed = _any_member(sight, told["tpmap_poor"])
    of_houses = groups(poor, listed, said.fragile)
    flags = any_of(*(told[code] for code in TOLD_FLAGS))
    failing, unknown = dimensions == YES, dimensions == UNKNOWN
    return Assessed(
        results=results,
        person_results=person_results,
        contradicted=contradicted,
        persons_contradicted=persons_contradicted,
        letters=letters(results),
        dimensions=dimensions,
        failed=_bits(failing),
        unsure=_bits(unknown),
        failed_low=failing.sum(axis=1, dtype=np.int16),
        failed_high=(failing | unknown).sum(axis=1, dtype=np.int16),
        poor=poor,
        told_dimensions=np.stack([_any_member(sight, told[code]) for code in TOLD_FLAGS], axis=1),
        groups=of_houses,
        group_bits=_bits(of_houses == YES),
        fragile=said.fragile,
        fragile_why=said.fragile_why,
        burdens=said.burdens,
        level=said.level,
        dependants_low=said.dependants_low,
        dependants_high=said.dependants_high,
        members=sight.living,
        person_poor=person_poor,
        person_groups=groups(person_poor, told["tpmap_poor"], said.vulnerable),
        # What TPMAP itself told of the survey goes before what follows here.
        target_class=classes(np.where(flags == UNKNOWN, person_poor, flags), told["state_welfare_card"]),
        vulnerable_why=said.vulnerable_why,
    )


def sight_of(frame: "Frame", setup: Setup) -> Sight:
    """The frame with the numbers in force on its day."""
    numbers = setup.indicators.numbers_on(frame.on)
    own = {code: row.value for code, number in setup.targets.numbers.items() if (row := number.row_on(frame.on))}
    return Sight(frame, numbers | own)


def dimensions_of(indicators: IndicatorSet, results: Numbers) -> Answers:
    """Whether each row fails in each dimension: yes if one of its indicators is failed, no if none may be."""
    places = indicators.places
    columns = []
    for code in DIMENSIONS:
        parts = [fails(results[:, places[no]]) for no in indicators.dimensions.get(code, ())]
        columns.append(any_of(*parts) if parts else np.full(len(results), UNKNOWN, np.int8))
    return np.stack(columns, axis=1)


def _any_member(sight: Sight, told: Answers) -> Answers:
    """Whether it is so of somebody who lives in the house; not known where nobody knows who lives there."""
    return np.where(sight.recorded, sight.frame.any(told), UNKNOWN).astype(np.int8)


def _bits(answers: Numbers) -> Numbers:
    """Columns of yes or no as bits of one number: the first column is the lowest."""
    found = np.zeros(len(answers), np.uint16)
    for place in range(answers.shape[1]):
        found |= answers[:, place].astype(np.uint16) << np.uint16(place)
    return found


assert (NO, UNKNOWN, YES) == (-1, 0, 1), "the greatest of several answers is whether any is so"
