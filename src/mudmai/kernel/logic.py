"""Logic with a third answer: yes, no, and not known (Kleene), over many at once.

Answers are small integers, chosen so that *and* is the least, *or* the greatest and *not* the sign: NO = -1,
UNKNOWN = 0, YES = 1. What nobody told is UNKNOWN from the start, and never turns into NO by itself.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

Answers = npt.NDArray[np.int8]

NO, UNKNOWN, YES = -1, 0, 1


def answers(told: Any, known: Any = True) -> Answers:
    """YES where told, NO where not, UNKNOWN where it is not known.

    >>> answers(np.array([True, False, True]), np.array([True, True, False])).tolist()
    [1, -1, 0]
    """
    return np.where(known, np.where(told, YES, NO), UNKNOWN).astype(np.int8)


def all_of(*parts: Answers) -> Answers:
    """YES where all are, NO where one is NO, else UNKNOWN.

    >>> all_of(np.array([1, 1, 0], np.int8), np.array([1, 0, -1], np.int8)).tolist()
    [1, 0, -1]
    """
    found: Answers = np.minimum.reduce(parts)
    return found


def any_of(*parts: Answers) -> Answers:
    """YES where one is, NO where all are NO, else UNKNOWN.

    >>> any_of(np.array([1, -1, 0], np.int8), np.array([0, -1, -1], np.int8)).tolist()
    [1, -1, 0]
    """
    found: Answers = np.maximum.reduce(parts)
    return found


def negated(part: Answers) -> Answers:
    """NO for YES and YES for NO; UNKNOWN stays.

    >>> negated(np.array([1, 0, -1], np.int8)).tolist()
    [-1, 0, 1]
    """
    return np.negative(part)


def at_least(values: npt.NDArray[Any], limit: Any) -> Answers:
    """Whether numbers reach a limit; NaN is UNKNOWN.

    >>> at_least(np.array([5.0, 3.0, np.nan]), 4).tolist()
    [1, -1, 0]
    """
    return answers(values >= limit, ~np.isnan(values))


def at_most(values: npt.NDArray[Any], limit: Any) -> Answers:
    """Whether numbers stay within a limit; NaN is UNKNOWN.

    >>> at_most(np.array([5.0, 3.0, np.nan]), 4).tolist()
    [-1, 1, 0]
    """
    return answers(values <= limit, ~np.isnan(values))
