"""What every parser of a cell returns: a value with its doubts, or a named problem."""

from typing import Any, Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Parsed(NamedTuple, Generic[T]):
    """The reading of one cell. A problem always means no value; no value and no problem means the cell was blank.

    The codes of doubts and problems have their sentences in `mudmai.kernel.words.SENTENCES`.
    """

    value: T | None
    doubts: tuple[str, ...] = ()
    problem: str | None = None

    @property
    def is_blank(self) -> bool:
        return self.value is None and self.problem is None

    @property
    def is_sure(self) -> bool:
        return self.value is not None and not self.doubts


BLANK: Parsed[Any] = Parsed(None)


def refused(problem: str, *doubts: str) -> Parsed[Any]:
    """A cell that could not be read, with the name of the problem."""
    return Parsed(None, doubts, problem)
