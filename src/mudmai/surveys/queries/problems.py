"""What was found wrong with a submission, and what was noted: sealed, for it quotes the answers."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import orjson

from mudmai.people import services as registry
from mudmai.surveys.models import Submission
from mudmai.surveys.rules.troubles import Trouble


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
