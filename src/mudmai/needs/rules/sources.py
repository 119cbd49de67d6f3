"""Of whom it is asked how many are still missing, and which sources find them without asking each other. Pure.

A source that only repeats another is none of its own: who is paid the disability allowance stands on the register, and
the yearly survey (จปฐ.) is what TPMAP is made of. Such pairs are left out here; what is left may still depend.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _lazy

from mudmai.access.rules import DataClass

Said = dict[str, Any]


class Source(NamedTuple):
    """Who finds people, and how a record of theirs says so: kinds of source, and a test of what was said."""

    code: str
    label: Promise
    kinds: tuple[str, ...]
    finds: Callable[[Said], bool]


class Subject(NamedTuple):
    """Of whom it is asked."""

    code: str
    label: Promise
    data_class: str
    sources: tuple[Source, ...]
    left_out: Promise

    @property
    def codes(self) -> frozenset[str]:
        """What the sources' records are asked for."""
        return CODES[self.code]


HOUSE_POOR = "house_found_poor"  # put to the words of a survey by whoever knows how the house stands
VISITS = ("volunteer_survey", "home_visit")
BY_VOLUNTEERS = _lazy("survey and visits of volunteers")
MOST_DEPENDENT_ADL = 11  # reference §3.1: 5–11 homebound, 0–4 bedridden


def _named(_said: Said) -> bool:
    return True


def _dependent(said: Said) -> bool:
    score = said.get("adl_score")
    return said.get("adl_group") in ("bedridden", "homebound") or (
        isinstance(score, int | float) and score <= MOST_DEPENDENT_ADL
    )


def _disabled(said: Said) -> bool:
    types = said.get("disability_types")
    return said.get("disability_registered") is True or (isinstance(types, list) and bool(types))


def _poor(said: Said) -> bool:
    return said.get(HOUSE_POOR) is True


CODES: dict[str, frozenset[str]] = {
    "dependent": frozenset({"adl_group", "adl_score"}),
    "disabled": frozenset({"disability_registered", "disability_types"}),
    "poor": frozenset(),
}
SUBJECTS: dict[str, Subject] = {
    subject.code: subject
    for subject in (
        Subject(
            "poor", _lazy("poor people"), DataClass.SOCIAL.value,
            (
                Source("tpmap", _lazy("TPMAP list"), ("tpmap",), _named),
                Source("visits", _lazy("own survey"), VISITS, _poor),
            ),
            _lazy(
                "The yearly survey (จปฐ.) is no source of its own: TPMAP is made from it. Who has left poverty since "
                "the year of TPMAP, and was not asked since, makes the number too high."
            ),
        ),
        Subject(
            "dependent", _lazy("bedridden and homebound people"), DataClass.HEALTH.value,
            (
                Source("station", _lazy("list of the health station"), ("bedridden_list",), _named),
                Source("fund", _lazy("long-term care register of the health fund"), ("ltc_list",), _named),
                Source("visits", BY_VOLUNTEERS, VISITS, _dependent),
            ),
            _lazy("The disability register is no source here: it does not tell who is dependent."),
        ),
        Subject(
            "disabled", _lazy("disabled people"), DataClass.HEALTH.value,
            (
                Source("register", _lazy("disability register"), ("disability_register",), _named),
                Source("visits", BY_VOLUNTEERS, VISITS, _disabled),
                Source("station", _lazy("list of the health station"), ("bedridden_list", "ltc_list"), _disabled),
            ),
            _lazy("Payees of the disability allowance are no source of their own: all of them are registered."),
        ),
    )
}  # fmt: skip


def history(subject: Subject, told: Iterable[tuple[str, Said]]) -> tuple[bool, ...]:
    """Which of the sources found this person, by all that was told of her.

    >>> history(SUBJECTS["disabled"], [("disability_register", {}), ("home_visit", {"disability_types": ["3"]})])
    (True, True, False)
    """
    records = list(told)
    return tuple(
        any(kind in source.kinds and source.finds(said) for kind, said in records) for source in subject.sources
    )
