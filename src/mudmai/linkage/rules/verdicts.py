"""What no weight may overrule: fixed rules over the findings of one pair, and why somebody is asked.

Source: docs/linkage.md, from the mistakes that record linkage makes in families and villages; reviewed 2569-11.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from mudmai.linkage.rules.chances import bits_of
from mudmai.linkage.rules.comparisons import Levels
from mudmai.linkage.rules.schemes import UNKNOWN, Answer, Verdict

if TYPE_CHECKING:
    from mudmai.linkage.rules.model import Model


TOO_LITTLE = Verdict(Answer.APART, "too_little")
BY_MODEL = Verdict(Answer.SAME, "model")
WRITTEN_ALIKE = frozenset({"exact", "sound"})
ALIKE = frozenset({"exact", "sound", "close"})
BIRTH_AGREES = frozenset({"exact", "swapped", "slip", "era", "digit", "month", "year"})
ONE_BIRTH = frozenset({"exact", "swapped", "slip", "era", "digit"})
BIRTH_DIFFERS = frozenset({"other_year", "different", "generation"})
HOUSE_AGREES = frozenset({"same", "number"})
ID_SPEAKS = frozenset({"exact", "swapped", "near"})


@lru_cache(maxsize=50_000)
def by_rule(levels: Levels) -> tuple[Verdict | None, str]:
    """What the findings settle whatever they weigh; else why somebody would be asked, "" for no reason."""
    if levels.cid == "exact":
        return _by_id(levels), ""
    apart = _why_apart(levels)
    if apart:
        return Verdict(Answer.APART, apart), ""
    return None, _why_unsure(levels)


def judge(levels: Any, bits: float, model: "Model") -> Verdict:
    """Same, not the same, or ask: the rules first, then the weight against the two thresholds.

    `bits` is the weight of all findings with the prior.
    """
    settled, unsure = model.scheme.by_rule(levels)
    if settled is not None:
        return settled
    if bits < bits_of(model.thresholds.ask):
        return TOO_LITTLE
    if not unsure and bits < bits_of(model.thresholds.sure):
        unsure = "unsure"
    return Verdict(Answer.ASK, unsure) if unsure else BY_MODEL


def _by_id(levels: Levels) -> Verdict:
    """The ids are equal: the same person, unless what else is told belongs to somebody else (a copied id)."""
    against = [levels.sex == "different", levels.birth in BIRTH_DIFFERS, levels.family == "different"]
    agrees = levels.birth in BIRTH_AGREES
    if levels.given in WRITTEN_ALIKE or levels.given == UNKNOWN:
        same = sum(against) <= 1
    elif levels.given == "close":
        same = not any(against) or (agrees and sum(against) <= 1)
    elif levels.given == "loose":
        same = agrees and not any(against)
    else:
        # A new given name: then the day of birth, and the family or the house, must be the old ones.
        same = levels.birth == "exact" and not against[0] and (not against[2] or levels.house == "same")
    return Verdict(Answer.SAME, "cid") if same else Verdict(Answer.ASK, "id_two_people")


def _why_apart(levels: Levels) -> str:
    if levels.cid in ID_SPEAKS:
        return ""
    if levels.cid == "different" and levels.given not in WRITTEN_ALIKE:
        return "two_people"
    if levels.given not in ALIKE | {"loose"}:
        twins = levels.birth == "exact" and levels.family in ALIKE and levels.house in HOUSE_AGREES
        return "twins" if twins else "other_name"
    if levels.birth == "generation":
        return "generation"
    if levels.birth == "different" and levels.given not in WRITTEN_ALIKE:
        return "siblings"
    return ""


def _why_unsure(levels: Levels) -> str:
    checks = (
        ("two_ids", levels.cid == "different"),
        ("other_name", levels.given not in ALIKE | {"loose"}),  # only a nearly equal id speaks for it
        ("other_sex", levels.sex == "different" and not _written_by_one(levels)),
        ("other_birth", levels.birth in BIRTH_DIFFERS and not _one_of_the_house(levels)),
        ("maybe_twins", _may_be_twins(levels)),
        ("near_name", levels.given not in WRITTEN_ALIKE and levels.birth not in BIRTH_AGREES),
        ("name_only", not _more_than_the_name(levels)),
    )
    return next((code for code, holds in checks if holds), "")


def _written_by_one(levels: Levels) -> bool:
    """Both names and the birth date are the same: the sex was written wrongly."""
    return levels.given in WRITTEN_ALIKE and levels.family in WRITTEN_ALIKE and levels.birth in ONE_BIRTH


def _one_of_the_house(levels: Levels) -> bool:
    """Both names and the house are the same, less than a generation apart: no house has two such people."""
    names = levels.given in WRITTEN_ALIKE and levels.family in WRITTEN_ALIKE
    return names and levels.house == "same" and levels.birth == "different"


def _may_be_twins(levels: Levels) -> bool:
    """Born on one day in one family, names nearly alike: twins are named so."""
    return (
        levels.given == "loose" and levels.family in ALIKE and levels.birth == "exact" and levels.cid not in ID_SPEAKS
    )


def _more_than_the_name(levels: Levels) -> bool:
    return (
        levels.cid in ID_SPEAKS
        or levels.birth in BIRTH_AGREES
        or levels.house in HOUSE_AGREES
        or levels.phone == "same"
        or levels.mates == "several"
    )
