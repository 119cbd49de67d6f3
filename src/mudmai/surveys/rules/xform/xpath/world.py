"""What an expression can see besides its node: the answers, the lists of the form, the day, the language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from mudmai.kernel.clock import BANGKOK
from mudmai.surveys.rules.xform.tree import Node

from .values import Moment, Value, midnight, truth


@dataclass(frozen=True, slots=True)
class Reading:
    """One way an honest client may have seen the form: on which day, in which language, by which engine's rules."""

    today: date
    language: str = ""
    javarosa: bool = False  # as ODK Collect reads it; otherwise as the phone app's engine does


class World:
    """The surroundings of one submission under one reading."""

    __slots__ = ("current", "document", "instances", "itext", "javarosa", "language", "naming", "now", "today")

    def __init__(
        self,
        document: Node,
        reading: Reading,
        *,
        instances: Mapping[str, Node | None],
        itext: Mapping[str, Mapping[str, str]],
        naming: Callable[["World", Node, str, str], str],
    ) -> None:
        self.document = document
        self.current = document
        self.instances = instances
        self.itext = itext
        self.naming = naming
        self.language = reading.language
        self.javarosa = reading.javarosa
        self.today = midnight(reading.today)
        self.now = Moment(datetime.combine(reading.today, time(23, 59, 59), BANGKOK))

    def name_choice(self, node: Node, answer: str, path: str) -> str:
        """The label of a choice of the question at `path`, in the language of this reading."""
        return self.naming(self, node, answer, path)

    def truth(self, value: Value) -> bool:
        """JavaRosa takes a path for the answer at its end, the engine for whether there is such a node."""
        if self.javarosa and isinstance(value, list):
            return bool(value) and bool(value[0].value())
        return truth(value)
