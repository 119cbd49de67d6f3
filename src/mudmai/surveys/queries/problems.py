"""What was found wrong with a submission, and what was noted: sealed, for it quotes the answers."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import orjson
from django.utils.translation import gettext as _

from mudmai.people import services as registry
from mudmai.surveys.models import Submission
from mudmai.surveys.rules.troubles import NOTES, SENTENCES


@dataclass(frozen=True)
class Trouble:
    """One thing about one answer (`path` as in the form, "" = the whole): its kind, what was told and what expected."""

    path: str
    kind: str  # of rules.troubles, or of the check of the form, which brings its own message
    told: str = ""
    expected: str = ""
    message: str = ""

    @property
    def stops(self) -> bool:
        """Whether a person must look before any of the submission stands."""
        return self.kind not in NOTES

    @property
    def sentence(self) -> str:
        """For the person who reads it, in their language."""
        if self.kind not in SENTENCES:
            return self.message
        return _(SENTENCES[self.kind]) % {"told": self.told, "expected": self.expected}


def sealed_problems(found: Iterable[Trouble]) -> bytes:
    listed = [asdict(each) for each in found]
    return registry.seal_file(orjson.dumps(listed)) if listed else b""


def troubles_of(submission: Submission) -> list[Trouble]:
    """All that was found and noted, in order."""
    if not submission.problems:
        return []
    return [Trouble(**each) for each in orjson.loads(registry.open_file(bytes(submission.problems)))]


def problems_of(submission: Submission) -> list[dict[str, Any]]:
    """The same for a page: path, kind, told, expected, message (a sentence), stops."""
    return [asdict(each) | {"message": each.sentence, "stops": each.stops} for each in troubles_of(submission)]
