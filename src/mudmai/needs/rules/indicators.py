"""The result of every indicator for everybody at once: passed, failed, not applicable, or not known.

    1. Who is known not to be meant (too young, say) has "not applicable", whatever was told before: it is outgrown.
    2. A result that was told directly comes next: whoever asked, asked the whole question.
    3. Else the first of the indicator's rules that can tell from other facts.
    4. Else it is not known. Nor is it where "not applicable" was told of somebody who is known to be meant today.

A household has the worst that is known of who lives there: failed before not known before passed; not applicable where
it applies to nobody. Where a told result and a rule, or two rules, say opposite things, the order above decides, and
the contradiction is kept to be shown.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mudmai.kernel.logic import NO, UNKNOWN, YES, Answers
from mudmai.needs.rules.conditions import Sight
from mudmai.needs.rules.sets import Indicator, IndicatorSet

LETTERS = "UPFN"
NOT_KNOWN, PASSED, FAILED, NOT_APPLICABLE = range(4)
Results = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

# Places in the list indicator_result of the catalogue.
_TOLD_PASS, _TOLD_FAIL, _TOLD_NONE = range(3)
# Of a household the worst counts: not applicable, passed, not known, failed; and back.
_WORSE = np.array([2, 1, 3, 0], np.uint8)
_OF_WORSE = np.array([NOT_APPLICABLE, PASSED, NOT_KNOWN, FAILED], np.uint8)


class Evaluated(NamedTuple):
    """Results by subject and indicator, in the order of the set."""

    houses: Results  # [houses, indicators]
    persons: Results  # [persons, indicators]; of a household's indicator the result of the house
    contradicted: Mask  # [houses, indicators]
    persons_contradicted: Mask  # [persons, indicators]


def evaluate(indicators: IndicatorSet, sight: Sight) -> Evaluated:
    """Results of all indicators for a whole frame."""
    frame, count = sight.frame, len(indicators.indicators)
    living, home = frame.living, frame.house
    houses = np.zeros((len(frame.houses.ids), count), np.uint8, order="F")
    persons = np.zeros((len(frame.persons.ids), count), np.uint8, order="F")
    contradicted = np.zeros(houses.shape, bool, order="F")
    persons_contradicted = np.zeros(persons.shape, bool, order="F")
    at_home = home[living]
    for place, indicator in enumerate(indicators.indicators):
        result, doubtful = _each(indicator, sight)
        if indicator.unit == "household":
            result[sight.recorded & (sight.living == 0)] = NOT_APPLICABLE
            doubtful &= result != NOT_APPLICABLE
            houses[:, place], contradicted[:, place] = result, doubtful
            persons[living, place] = result[at_home]
            continue
        persons[living, place] = result[living]
        persons_contradicted[living, place] = doubtful[living]
        houses[:, place] = _of_households(result[living], at_home, sight.recorded)
        contradicted[home[living & doubtful], place] = True
    return Evaluated(houses, persons, contradicted, persons_contradicted)


def _each(indicator: Indicator, sight: Sight) -> tuple[Results, Mask]:
    """The result of each person or each household, and where facts contradict one another."""
    size = sight.size(indicator.unit)
    applies = _applies(indicator, sight, size)
    told = sight.told(indicator.unit, indicator.told) if indicator.told else np.full(size, -1, np.int16)
    derived, doubtful = _derived(indicator, sight, size)
    result = derived.copy()
    # Somebody who may not be meant has no derived result, be it good or bad.
    result[applies == UNKNOWN] = NOT_KNOWN
    result[told == _TOLD_PASS] = PASSED
    result[told == _TOLD_FAIL] = FAILED
    result[told == _TOLD_NONE] = NOT_APPLICABLE
    if indicator.applies is not None:
        result[(told == _TOLD_NONE) & (applies == YES)] = NOT_KNOWN
    result[applies == NO] = NOT_APPLICABLE
    opposite = (told == _TOLD_PASS) & (derived == FAILED) | (told == _TOLD_FAIL) & (derived == PASSED)
    return result, (doubtful | opposite) & (applies != NO)


def _applies(indicator: Indicator, sight: Sight, size: int) -> Answers:
    if indicator.applies is None:
        return np.full(size, YES, np.int8)
    found = indicator.applies.answer(sight)
    return found if indicator.applies_wholly else np.minimum(found, np.int8(UNKNOWN))


def _derived(indicator: Indicator, sight: Sight, size: int) -> tuple[Results, Mask]:
    """What the rules say: the first that can tell decides; doubtful where a later one says the opposite."""
    found, doubtful = np.zeros(size, np.uint8), np.zeros(size, bool)
    for said, both in said_by_rules(indicator, sight):
        doubtful |= both | ((found != NOT_KNOWN) & (said != NOT_KNOWN) & (found != said))
        found = np.where(found == NOT_KNOWN, said, found)
    return found, doubtful


def said_by_rules(indicator: Indicator, sight: Sight) -> list[tuple[Results, Mask]]:
    """Of each rule: what it says of everybody, and of whom its facts say both, so that nothing follows."""
    found = []
    for rule in indicator.rules:
        untold = np.full(sight.size(indicator.unit), UNKNOWN, np.int8)
        passed = rule.passes.answer(sight) if rule.passes else untold
        failed = rule.fails.answer(sight) if rule.fails else -passed
        said = np.full(len(untold), NOT_KNOWN, np.uint8)
        said[(passed == YES) & (failed != YES)] = PASSED
        said[(failed == YES) & (passed != YES)] = FAILED
        found.append((said, (passed == YES) & (failed == YES)))
    return found


def _of_households(results: Results, house: npt.NDArray[np.int32], recorded: Mask) -> Results:
    """The worst that is known of who lives in each house."""
    worst = np.zeros(len(recorded), np.uint8)
    np.maximum.at(worst, house, _WORSE[results])
    found = _OF_WORSE[worst]
    # Of whom nobody was ever told, nobody knows who lives there.
    found[~recorded] = NOT_KNOWN
    return found


def fails(results: Results) -> Answers:
    """Whether indicators are failed: NO where passed or not applicable, UNKNOWN where not known.

    >>> fails(np.array([0, 1, 2, 3], np.uint8)).tolist()
    [0, -1, 1, -1]
    """
    return np.array([UNKNOWN, NO, YES, NO], np.int8)[results]


def letters(results: Results) -> npt.NDArray[np.str_]:
    """A letter for each indicator, in the order of the set, as one word for each row.

    >>> letters(np.array([[0, 1, 2, 3], [1, 1, 1, 1]], np.uint8)).tolist()
    ['UPFN', 'PPPP']
    """
    rows, count = results.shape
    if not rows or not count:
        return np.full(rows, "", "U1")
    points = np.array([ord(letter) for letter in LETTERS], np.uint32)
    wide = np.ascontiguousarray(points[np.ascontiguousarray(results)])
    return wide.view(f"U{count}").reshape(rows)


class Tally(NamedTuple):
    """How an indicator turned out among many."""

    passed: int
    failed: int
    not_known: int
    not_applicable: int

    @property
    def surveyed(self) -> int:
        """Those of whom a result is known: the number that percentages are taken of."""
        return self.passed + self.failed

    @property
    def percent(self) -> float | None:
        """Passed, of those surveyed; None where nobody was, which is not zero."""
        return 100 * self.passed / self.surveyed if self.surveyed else None


def tally(results: Results) -> Tally:
    """Count one column of results.

    >>> tally(np.array([1, 1, 2, 0, 3], np.uint8)), tally(np.array([3], np.uint8)).percent
    (Tally(passed=2, failed=1, not_known=1, not_applicable=1), None)
    """
    counts = np.bincount(results, minlength=len(LETTERS))
    return Tally(int(counts[PASSED]), int(counts[FAILED]), int(counts[NOT_KNOWN]), int(counts[NOT_APPLICABLE]))
