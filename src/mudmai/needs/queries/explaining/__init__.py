"""Why one household stands as it does: every result with the facts, sources and days it rests on."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import get_language

from mudmai.kernel import clock
from mudmai.needs.queries.explaining import frames
from mudmai.needs.queries.explaining.facts import Facts
from mudmai.needs.queries.explaining.indicators import Explainer
from mudmai.needs.queries.explaining.lines import (
    WITHHELD,
    CapitalLine,
    DimensionLine,
    FactLine,
    FieldLine,
    GroupLine,
    HouseExplained,
    IndicatorLine,
    Missing,
    PersonLine,
    SetLine,
    TargetLine,
    ToldLine,
)
from mudmai.needs.queries.setting_up import setup_of
from mudmai.needs.rules.assessing import Setup, assess, codes_of, sight_of
from mudmai.needs.rules.frameworks import frames as all_frames
from mudmai.people import queries as people

if TYPE_CHECKING:
    from mudmai.accounts.models import User

__all__ = [
    "WITHHELD",
    "CapitalLine",
    "DimensionLine",
    "FactLine",
    "FieldLine",
    "GroupLine",
    "HouseExplained",
    "IndicatorLine",
    "Missing",
    "PersonLine",
    "SetLine",
    "TargetLine",
    "ToldLine",
    "explained",
]


def explained(user: "User", household_id: UUID | str) -> HouseExplained:
    """What the rules say of one household now, as far as the user may see it. Raises NotFound."""
    house = people.household_for(user, household_id)
    language = get_language() or "th"
    setup = setup_of(house.area_code)
    frame = people.frame({*codes_of(setup), *all_frames().codes()}, households=[house.pk.hex])
    assessed, sight = assess(frame, setup), sight_of(frame, setup)
    facts = Facts(frame, house, people.scope_of(user), language)
    here = facts.place
    indicators = list(Explainer(setup, assessed, sight, facts).lines())
    dimensions = list(frames.dimension_lines(setup, indicators))
    fragile = [int(target.when.answer(sight)[here]) for target in setup.targets.fragile.values()]
    whole = all(line.state != WITHHELD for line in dimensions)
    level = int(assessed.level[here])
    return HouseExplained(
        set=_set_line(setup, language),
        indicators=indicators,
        dimensions=dimensions,
        told=list(frames.told_lines(assessed, facts)),
        capitals=list(frames.capital_lines(sight, facts)),
        smart=list(frames.field_lines(setup, indicators, language)),
        groups=list(frames.group_lines(setup, assessed, facts, dimensions)),
        fragile=list(frames.rule_lines(setup.targets.fragile, fragile, facts)),
        burdens=list(frames.rule_lines(setup.targets.burdens, assessed.burdens[here].tolist(), facts)),
        targets=list(frames.target_lines(assessed, facts)),
        level=level if level >= 0 and frames.may_see_income(facts) else None,
        members=int(assessed.members[here]),
        failed_low=int(assessed.failed_low[here]) if whole else None,
        failed_high=int(assessed.failed_high[here]) if whole else None,
        classes=frozenset(facts.shown),
    )


def _set_line(setup: Setup, language: str) -> SetLine:
    found = setup.indicators
    return SetLine(
        found.code, found.label(language), found.source, found.confidence, found.note(language),
        not found.holds_on(clock.today()), found,
    )  # fmt: skip
