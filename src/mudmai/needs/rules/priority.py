"""Why a household comes first: the reasons of `priority.toml`, their sentences, and what a town may set anew.

Source:  see the head of priority.toml; confidence of each reason beside it.
"""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from mudmai.kernel.errors import BadInput

URGENCIES = (9, 5, 1)  # เร่งด่วนมาก, เร่งด่วน, รอได้
MOST_POINTS = 100
MOST_SCORE = 999
# How the two bands stand among the points of a town.
BANDS = {5: "band_5", 9: "band_9"}
NO_SLOTS: dict[str, str] = {}


class WeightsRefused(BadInput):
    """The points cannot be used as they were given."""

    code = "weights_refused"


@dataclass(frozen=True)
class Reason:
    """One reason why a household comes earlier."""

    code: str
    th: str
    en: str
    th_label: str
    en_label: str
    when: str | dict[str, Any]
    points: int
    classes: frozenset[str]
    most: int = 1
    red: bool = False
    fixed: bool = False
    urgency: int = 1
    asks: str = ""
    about: str = ""
    unless: str = ""
    th_unknown: str = ""
    en_unknown: str = ""
    confidence: str = "K"

    def label(self, language: str = "th") -> str:
        return self.th_label if language.startswith("th") else self.en_label

    def sentence(self, language: str, slots: Mapping[str, str] = NO_SLOTS) -> str:
        """Why, in one sentence; a slot of which nothing is known stays empty."""
        return _filled(self.th if language.startswith("th") else self.en, slots)

    def unknown(self, language: str, slots: Mapping[str, str] = NO_SLOTS) -> str:
        """What is not known, in one sentence."""
        return _filled(self.th_unknown if language.startswith("th") else self.en_unknown, slots)

    def may_be_named(self, seen: Collection[str]) -> bool:
        """Whether somebody who sees these classes of data may be told of it."""
        return self.classes <= set(seen)


class _Slots(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return ""


def _filled(text: str, slots: Mapping[str, str]) -> str:
    return text.format_map(_Slots(slots)).strip()


@dataclass(frozen=True)
class Weights:
    """What each reason counts in one town, and from how many points on a household is urgent."""

    points: Mapping[str, int]
    bands: Mapping[int, int]

    def counts(self, code: str) -> bool:
        """Whether the reason counts at all there: a weight of zero switches it off."""
        return self.points[code] > 0


@cache
def _written() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "priority.toml").read_text(encoding="utf-8"))


@cache
def reasons() -> dict[str, Reason]:
    """Every reason by its code, in the order of sentences."""
    return {
        code: Reason(code=code, **{**entry, "classes": frozenset(entry["classes"])})
        for code, entry in _written()["reason"].items()
    }


@cache
def terms() -> dict[str, dict[str, Any]]:
    """The conditions that reasons name, by their names."""
    found: dict[str, dict[str, Any]] = _written()["term"]
    return found


@cache
def bit_of(code: str) -> int:
    """The bit of HouseNeed.marks that says that a reason holds."""
    return 1 << list(reasons()).index(code)


@cache
def usual_weights() -> Weights:
    """What counts where a town has set nothing."""
    bands = {int(urgency): points for urgency, points in _written()["bands"].items()}
    return Weights({code: reason.points for code, reason in reasons().items()}, bands)


def weights_of(points: Mapping[str, Any]) -> Weights:
    """The weights of a town: what it set, and the usual for the rest. What is no reason any more is passed over."""
    usual = usual_weights()
    told = {code: points.get(code, count) for code, count in usual.points.items()}
    bands = {urgency: points.get(name, usual.bands[urgency]) for urgency, name in BANDS.items()}
    return Weights(told, bands)


def checked_points(points: Mapping[str, Any], language: str = "th") -> dict[str, int]:
    """The points as they may be kept. Raises WeightsRefused with a sentence for what cannot be."""
    for code, value in points.items():
        if code not in reasons() and code not in BANDS.values():
            raise WeightsRefused(_("There is no reason “%(code)s”.") % {"code": code})
        if isinstance(value, bool) or not isinstance(value, int):
            raise WeightsRefused(_("Points are whole numbers: %(value)s is none.") % {"value": value})
    found = weights_of(points)
    for code, value in found.points.items():
        reason = reasons()[code]
        said = {"reason": reason.label(language), "value": value, "most": MOST_POINTS}
        if not 0 <= value <= MOST_POINTS:
            raise WeightsRefused(_("“%(reason)s”: %(value)s points; from 0 to %(most)s are possible.") % said)
        if value == 0 and reason.fixed:
            raise WeightsRefused(_("“%(reason)s” is a red case that cannot be switched off; give at least 1.") % said)
    if not 0 < found.bands[5] < found.bands[9] <= MOST_SCORE:
        raise WeightsRefused(
            _("Urgent begins at %(five)s points and very urgent at %(nine)s: the second must be the larger.")
            % {"five": found.bands[5], "nine": found.bands[9]}
        )
    return {code: int(value) for code, value in points.items()}


def urgency_label(urgency: int) -> str:
    """รอได้, เร่งด่วน, เร่งด่วนมาก."""
    return {9: _("very urgent"), 5: _("urgent")}.get(urgency, _("can wait"))
