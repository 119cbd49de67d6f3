"""The same household by dimensions, target groups, fragile rules, capitals and fields."""

from collections.abc import Iterator, Sequence

import numpy as np
from django.utils.translation import gettext as _

from mudmai.access.rules import DataClass
from mudmai.kernel.logic import NO, UNKNOWN, YES
from mudmai.needs.queries.explaining.facts import UNSEEN_KINDS, Facts
from mudmai.needs.queries.explaining.lines import (
    WITHHELD,
    CapitalLine,
    DimensionLine,
    FieldLine,
    GroupLine,
    IndicatorLine,
    TargetLine,
    ToldLine,
)
from mudmai.needs.rules.assessing import Assessed, Setup
from mudmai.needs.rules.conditions import Sight
from mudmai.needs.rules.frameworks import DIMENSIONS, frames, level_of, score_capital
from mudmai.needs.rules.targets import CLASSES, GROUPS, TOLD_FLAGS, Target

STATES = {YES: "yes", NO: "no", UNKNOWN: "unknown"}


def state_of(results: Sequence[str]) -> str:
    """Of several results the one that counts: fail, else withheld, else unknown, else pass, else na.

    >>> state_of(["pass", "na"]), state_of(["unknown", "fail"]), state_of([])
    ('pass', 'fail', 'unknown')
    """
    for state in ("fail", WITHHELD, "unknown", "pass"):
        if state in results:
            return state
    return "na" if results else "unknown"


def dimension_lines(setup: Setup, indicators: Sequence[IndicatorLine]) -> Iterator[DimensionLine]:
    """The five dimensions, from the results that the reader sees."""
    results = {line.no: line.result for line in indicators}
    for code, label in DIMENSIONS.items():
        numbers = setup.indicators.dimensions.get(code, ())
        yield DimensionLine(code, str(label), state_of([results[no] for no in numbers]), numbers)


def told_lines(assessed: Assessed, facts: Facts) -> Iterator[ToldLine]:
    """TPMAP's own flags: a dimension is failed where it is told so of any member."""
    for place, (code, label) in enumerate(DIMENSIONS.items()):
        answer, flag = int(assessed.told_dimensions[facts.place, place]), TOLD_FLAGS[place]
        source = next(
            (facts.source(flag, each) for each in facts.members if facts.value(flag, each) == answer), ("", None)
        )
        yield ToldLine(code, str(label), {YES: True, NO: False}.get(answer) if source[0] else None, *source)


def field_lines(setup: Setup, indicators: Sequence[IndicatorLine], language: str) -> Iterator[FieldLine]:
    """The fields of Smart Tambon, as far as the set has indicators in them."""
    results = {line.no: line.result for line in indicators}
    for field in frames().smart:
        numbers = tuple(no for no in field.indicators.get(setup.indicators.code, ()) if no in results)
        if numbers:
            yield FieldLine(field.code, field.label(language), state_of([results[no] for no in numbers]), numbers)


def capital_lines(sight: Sight, facts: Facts) -> Iterator[CapitalLine]:
    """The five capitals, and their mean where all are known."""
    levels = frames().levels
    for capital in frames().capitals:
        label = capital.label(facts.language)
        if any(not _may_see(code, of, facts) for of, code in capital.facts()):
            yield CapitalLine(capital.code, label, None, None, "", _("This rests on data that you may not see."))
            continue
        scored = score_capital(capital, sight)
        low, high = float(scored.low[facts.place]), float(scored.high[facts.place])
        if np.isnan(low):
            yield CapitalLine(capital.code, label, None, None, "", _("Nothing that is known tells of it."))
            continue
        level = level_of(low, high, levels)
        why = _("score %(low).2f") % {"low": low}
        if high > low:
            why = _("between %(low).2f and %(high).2f, by what is not known yet") % {"low": low, "high": high}
        yield CapitalLine(
            capital.code, label, low if low == high else None, level.level if level else None,
            level.label(facts.language) if level else "", why,
        )  # fmt: skip


def group_lines(
    setup: Setup, assessed: Assessed, facts: Facts, dimensions: Sequence[DimensionLine]
) -> Iterator[GroupLine]:
    """The three target groups, each with its reason, source and day."""
    answers = dict(zip(GROUPS, assessed.groups[facts.place].tolist(), strict=True))
    listed = next((each for each in facts.members if facts.value("tpmap_poor", each) == answers["tpmap"]), None)
    source = facts.source("tpmap_poor", listed) if listed and answers["tpmap"] != UNKNOWN else ("", None)
    why = {
        YES: _("Somebody who lives here stands on the TPMAP list."),
        NO: _("Nobody who lives here stands on the TPMAP list."),
        UNKNOWN: _("No complete TPMAP list of this area has been brought in."),
    }
    yield GroupLine("tpmap", str(GROUPS["tpmap"]), STATES[answers["tpmap"]], why[answers["tpmap"]], *source)
    failed = [line.label for line in dimensions if line.state == "fail"]
    yield GroupLine("missed", str(GROUPS["missed"]), STATES[answers["missed"]], _missed(answers, failed), *source)
    rules = [
        target.label(facts.language)
        for target, bit in _with_bits(setup.targets.fragile)
        if int(assessed.fragile_why[facts.place]) & bit
        and all(_may_see(code, of, facts) for of, code in target.when.facts())
    ]
    said = "; ".join(rules) if rules else "" if answers["vulnerable"] == NO else _("See the rules below.")
    yield GroupLine("vulnerable", str(GROUPS["vulnerable"]), STATES[answers["vulnerable"]], said)


def _missed(answers: dict[str, int], failed: Sequence[str]) -> str:
    if answers["missed"] == YES:
        said = _("Fails here, and nobody who lives here stands on the TPMAP list.")
        return f"{said} ({', '.join(failed)})" if failed else said
    if answers["missed"] == NO:
        return _("Is on the list.") if answers["tpmap"] == YES else _("Fails in none of the five dimensions.")
    if answers["tpmap"] == UNKNOWN:
        return _("Whether anybody here is on the list is not known.")
    return _("Whether it fails in a dimension is not known.")


def rule_lines(targets: dict[str, Target], answers: Sequence[int], facts: Facts) -> Iterator[GroupLine]:
    """The rules about fragile households, or burdens; withheld where the reader does not see what a rule rests on."""
    for (code, target), answer in zip(targets.items(), answers, strict=True):
        seen = all(_may_see(each, of, facts) for of, each in target.when.facts())
        source = target.source
        if target.confidence not in ("", "A"):
            source += _(" (confidence %(grade)s)") % {"grade": target.confidence}
        why = "" if seen else _("This rests on data that you may not see.")
        yield GroupLine(code, target.label(facts.language), STATES[answer] if seen else WITHHELD, why, source)


def target_lines(assessed: Assessed, facts: Facts) -> Iterator[TargetLine]:
    """TPMAP's class of each member, for whoever sees who holds a welfare card."""
    labels = {
        "unknown": _("not known"),
        "target": _("target poor: poor and registered for welfare"),
        "poor_only": _("poor, not registered for welfare"),
        "card_only": _("registered for welfare, not poor"),
        "neither": _("neither poor nor registered"),
    }
    for member in facts.members:
        if member.person is None or not facts.seen("state_welfare_card", member):
            continue
        code = CLASSES[int(assessed.target_class[member.place])]
        flags = [int(facts.value(flag, member)) for flag in TOLD_FLAGS]
        told = YES in flags or UNKNOWN not in flags
        parts = [] if told or code == "unknown" else [_("poor or not: by what is known here")]
        for fact in (*TOLD_FLAGS, "tpmap_year", "state_welfare_card", "welfare_card_year"):
            line = facts.line(fact, member)
            if line and (
                fact in ("tpmap_year", "welfare_card_year", "state_welfare_card") or facts.value(fact, member) == YES
            ):
                parts.append(f"{line.label}: {line.value}")
        yield TargetLine(member.person.pk.hex, member.person.full_name, code, labels[code], "; ".join(parts))


def may_see_income(facts: Facts) -> bool:
    return DataClass.MONEY in facts.classes


def _with_bits(targets: dict[str, Target]) -> Iterator[tuple[Target, int]]:
    for place, target in enumerate(targets.values()):
        yield target, 1 << place


def _may_see(code: str, of: str, facts: Facts) -> bool:
    if code in UNSEEN_KINDS:
        return True
    subjects = facts.members if of == "person" else []
    return all(facts.seen(code, each) for each in subjects) if subjects else facts.seen(code)
