"""One household on a ranked list: where it stands and why, in sentences, as far as the reader may be told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mudmai.kernel import clock
from mudmai.kernel.dates import age_in_years, format_thai_date
from mudmai.needs.models import HouseNeed
from mudmai.needs.queries.weights import Weighings
from mudmai.needs.rules.frameworks import DIMENSIONS
from mudmai.needs.rules.priority import Reason, Weights, reasons, urgency_label
from mudmai.needs.rules.priority_scoring import ASKED
from mudmai.needs.rules.targets import GROUPS
from mudmai.needs.rules.words import of_dimension
from mudmai.people.queries import classes_of, scope_of, visible_households, visible_persons
from mudmai.people.rules.catalogue import NONE_TOLD, catalogue

if TYPE_CHECKING:
    from mudmai.accounts.models import User
    from mudmai.people.models import Household, Person

# Nobody in Thailand is known to have grown older; a birth date that says so was written down wrongly.
OLDEST_BELIEVED = 115
NAMELESS = {"name": "", "of": "", "age_th": "", "age_en": ""}
# A sentence of a list names so many reasons; the page of the household names all.
REASONS_IN_A_SENTENCE = 3
POINTS_WORTH_A_WORD = 5


@dataclass(frozen=True)
class ReasonLine:
    """One reason why a household stands where it does."""

    code: str
    label: str
    sentence: str
    brief: str  # the same without the name, for the next reason of the same person
    points: int  # 0: one more than are counted, or switched off in this town
    counts: bool  # False: this town gave it the weight zero
    red: bool
    data_classes: frozenset[str]
    person_id: str = ""


@dataclass(frozen=True)
class RankedLine:
    """One household as the reader may see it."""

    house: "Household"
    area_code: str
    score: int
    urgency: int
    red: bool
    reasons: list[ReasonLine]
    unknown: list[ReasonLine]  # what is not known, and would count
    hidden: int  # reasons of classes of data that the reader does not see
    groups: tuple[str, ...]
    failed: tuple[str, ...]  # dimensions, as far as the reader sees their class
    unsure: tuple[str, ...]
    members: int
    fragile: int  # 0–3, -1: no level
    results: str
    why: str


def lines_of(user: "User", ids: Sequence[str]) -> list[RankedLine]:
    """The lines of these households in their order, without those that the user may not see."""
    needs = {need.household_id.hex: need for need in HouseNeed.objects.filter(pk__in=ids)}
    houses = {house.pk.hex: house for house in visible_households(user).filter(pk__in=list(needs))}
    named = {key for need in needs.values() for whom in need.reasons.values() for key in whom if isinstance(key, str)}
    persons = {each.pk.hex: each for each in visible_persons(user).filter(pk__in=named)}
    scope, weighings, language = scope_of(user), Weighings(), get_language() or "th"
    found = []
    for key in ids:
        if key in needs and key in houses:
            weights, _row = weighings.of(needs[key].area_code)
            seen = classes_of(scope, houses[key])
            found.append(_line(houses[key], needs[key], _Telling(persons, weights, seen, language)))
    return found


@dataclass(frozen=True)
class _Telling:
    """Who is told of, by which weights, to whom."""

    persons: Mapping[str, "Person"]
    weights: Weights
    seen: frozenset[str]
    language: str


def _line(house: "Household", need: HouseNeed, telling: _Telling) -> RankedLine:
    told: list[ReasonLine] = []
    unknown: list[ReasonLine] = []
    hidden = 0
    for code, reason in reasons().items():
        if code in need.reasons and not reason.may_be_named(telling.seen):
            hidden += 1
        elif code in need.reasons:
            told += _told(reason, need.reasons[code], house, telling)
        if ASKED + code in need.reasons and reason.may_be_named(telling.seen):
            unknown += _unknown(reason, need.reasons[ASKED + code], house, telling)
    told.sort(key=lambda line: (not (line.red and line.counts), -line.points))
    return RankedLine(
        house=house,
        area_code=need.area_code,
        score=need.score,
        urgency=need.urgency,
        red=need.red,
        reasons=told,
        unknown=unknown,
        hidden=hidden,
        groups=_codes(GROUPS, need.groups),
        failed=_seen(need.failed, telling.seen),
        unsure=_seen(need.unsure, telling.seen),
        members=need.members,
        fragile=need.fragile,
        results=need.results,
        why=why(need, told, hidden),
    )


def _codes(codes: Iterable[str], bits: int) -> tuple[str, ...]:
    return tuple(code for place, code in enumerate(codes) if bits >> place & 1)


def _seen(bits: int, seen: frozenset[str]) -> tuple[str, ...]:
    return tuple(code for code in _codes(DIMENSIONS, bits) if of_dimension(code) in seen)


def _told(reason: Reason, whom: Sequence[Any], house: "Household", telling: _Telling) -> Iterator[ReasonLine]:
    counts = telling.weights.counts(reason.code)
    each = telling.weights.points[reason.code]
    for place, key in enumerate(whom or [""]):
        if isinstance(key, int):
            sentence = _("%(reason)s: %(n)s more people") % {"reason": reason.label(telling.language), "n": key}
            yield _reason_line(reason, sentence, 0, counts, "", telling)
        else:
            slots = _slots(telling.persons.get(key), house, telling.language)
            brief = reason.sentence(telling.language, slots | NAMELESS)
            points = each if place < reason.most else 0
            yield _reason_line(reason, reason.sentence(telling.language, slots), points, counts, key, telling, brief)


def _unknown(reason: Reason, whom: Sequence[Any], house: "Household", telling: _Telling) -> Iterator[ReasonLine]:
    for key in whom:
        if isinstance(key, str):
            sentence = reason.unknown(telling.language, _slots(telling.persons.get(key), house, telling.language))
            yield _reason_line(reason, sentence, 0, telling.weights.counts(reason.code), key, telling)


def _reason_line(
    reason: Reason, sentence: str, points: int, counts: bool, person_id: str, telling: _Telling, brief: str = ""
) -> ReasonLine:
    label = reason.label(telling.language)
    return ReasonLine(
        reason.code, label, sentence, brief or sentence, points, counts, reason.red, reason.classes, person_id
    )


def _slots(person: "Person | None", house: "Household", language: str) -> dict[str, str]:
    """What sentences may name of a person and the house. Each reason's classes cover the slots that it uses."""
    found = {"members": str(house.member_count), "name": _("somebody there")}
    visited = _value(house, "last_visited_on")
    if isinstance(visited, str):
        found["visited"] = format_thai_date(visited)
    kinds = [_value(person, "needs") if person else _value(house, "household_need_kinds")]
    wanted = [kind for told in kinds if isinstance(told, list) for kind in told]
    if wanted:
        words = catalogue().shown("needs", sorted(set(wanted)), language)
        found |= {"needs_th": f": {words}", "needs_en": f": {words}"}
    return found | (_slots_of_person(person) if person else {})


def _slots_of_person(person: "Person") -> dict[str, str]:
    found = {"name": person.full_name, "of": f"{person.full_name}: "}
    age = age_in_years(person.birth_date, clock.today()) if person.birth_date else None
    if age is not None:
        about = len(person.birth_date) == 4  # of a year alone, the age may be one less
        strange = age > OLDEST_BELIEVED
        found["age_th"] = f" อายุ{'ประมาณ ' if about else ' '}{age} ปี{' (ตามทะเบียน ควรตรวจสอบ)' if strange else ''}"
        found["age_en"] = f", {'about ' if about else ''}{age}{' (as registered, to be checked)' if strange else ''},"
    adl = _value(person, "adl_score")
    if adl is not None:
        found |= {"adl_th": f" (ADL {adl})", "adl_en": f" (ADL {adl})"}
    return found


def _value(subject: "Person | Household", code: str) -> Any:
    told = subject.known.get(code)
    return told[0] if told and told[0] != NONE_TOLD else None


def why(need: HouseNeed, told: Sequence[ReasonLine], hidden: int) -> str:
    """Why a household stands where it does, in one sentence."""
    counting = [line for line in told if line.counts]
    heavy = [line for line in counting if line.points >= POINTS_WORTH_A_WORD]
    lines = (heavy or counting)[:REASONS_IN_A_SENTENCE]
    counted = [
        line.brief if place and line.person_id == lines[place - 1].person_id else line.sentence
        for place, line in enumerate(lines)
    ]
    parts = [_("Red case:")] if need.red else []
    if counted:
        parts.append("; ".join(counted))
    if hidden and counted:
        parts.append(_("and %(n)s more that your duty does not show") % {"n": hidden})
    elif hidden:
        parts.append(_("for %(n)s reasons that your duty does not show") % {"n": hidden})
    elif not counted:
        parts.append(_("nothing is known that asks for haste"))
    return " ".join(
        [*parts, _("(%(score)s points, %(urgency)s)") % {"score": need.score, "urgency": urgency_label(need.urgency)}]
    )
