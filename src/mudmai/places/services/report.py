"""What became of the rows of a file."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

# Rows with a problem that are told one by one; the rest are counted.
_TOLD = 200

Progress = Callable[[int, int], None]


class Problem(NamedTuple):
    """One row that was left out or does not agree: where it stands, which code, what is wrong and what helps."""

    where: str
    code: str
    reason: str
    message: str
    successors: tuple[str, ...] = ()


@dataclass
class LoadReport:
    """What became of a file: every row is added, changed, same, or left out with its problem."""

    file: str
    kind: str = ""
    guessed: bool = False
    rows: int = 0
    added: int = 0
    changed: int = 0
    same: int = 0
    left_out: int = 0
    problems: list[Problem] = field(default_factory=list)
    conflicts: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    started: float = field(default_factory=time.monotonic, repr=False)

    def leave_out(self, problem: Problem) -> None:
        """Keep that a row was not loaded."""
        self.left_out += 1
        self.reasons[problem.reason] += 1
        if len(self.problems) < _TOLD:
            self.problems.append(problem)

    def conflict(self, problem: Problem) -> None:
        """Keep that a row disagrees with what is known; it was not taken over."""
        self.reasons[problem.reason] += 1
        if len(self.conflicts) < _TOLD:
            self.conflicts.append(problem)

    @property
    def joined(self) -> int:
        return self.added + self.changed + self.same

    def finish(self) -> "LoadReport":
        self.seconds = round(time.monotonic() - self.started, 2)
        return self

    def as_json(self) -> dict[str, Any]:
        """One plain object for scripts."""
        names = ("file", "kind", "guessed", "rows", "added", "changed", "same", "left_out", "notes", "seconds")
        return {name: getattr(self, name) for name in names} | {
            "reasons": dict(self.reasons),
            "problems": [problem._asdict() for problem in self.problems],
            "conflicts": [problem._asdict() for problem in self.conflicts],
        }
