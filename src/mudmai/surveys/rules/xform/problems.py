"""What can be wrong with an answer, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

# Answers by node name: text, or a group, or the instances of a repeat in their order.
Group = dict[str, "str | Group | list[Group]"]

SENTENCES: Mapping[str, object] = {
    "required": _("An answer is required and there is none."),
    "constraint": _("The answer is not one that the form allows."),
    "type": _("The answer is not of the kind that is asked for."),
    "choice": _("The answer is not among the choices."),
    "calculate": _("The calculated value is another than the one the form works out."),
    "unknown": _("The form has no such question."),
    "irrelevant": _("The question was not to be asked, and has an answer."),
    "repeat_count": _("There are more or fewer repetitions than the form says."),
    "too_many": _("There are more repetitions than anybody fills in at one house."),
    "duplicate": _("The answer stands there twice; the first one counts."),
    "instance_id": _("The submission has no number of its own."),
    "wrong_form": _("The submission is of another form or another version."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `path` has indexes; `told` is the answer, `expected` what the form works out or asks.

    `message` is the form's own sentence where it has one, else ours.
    """

    path: str
    kind: str
    told: str
    expected: str
    message: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A whole submission after it was checked. `answers` holds what is relevant, without `meta`; "" is left blank."""

    instance_id: str
    form_id: str
    version: str
    answers: Group
    problems: list[Problem]
    files: list[str]
    started: datetime | None
    ended: datetime | None


def problem(path: str, kind: str, told: str = "", expected: str = "", message: str = "") -> Problem:
    return Problem(path, kind, told[:500], expected[:500], message or str(SENTENCES[kind]))
