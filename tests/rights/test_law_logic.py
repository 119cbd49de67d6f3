"""What the rules of law never do, whatever is told: unknown is never a fail, knowing more never makes less certain."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rights.crowds import TODAY, frame_of, told_house, told_person

from mudmai.rights.rules.engine import FINDINGS, PROGRAMMES, WHATS, evaluate, explain_all
from mudmai.rights.rules.law.inputs import OF_PERSON
from mudmai.rights.rules.law.reckoning import UNTOLD_DAY
from mudmai.rights.rules.rows import Row

COLUMNS = ("entitled", "receives", "amount", "would_be", "finding", "next_on", "next_what", "suspended")
# One example asks all programmes of several people.
few = settings(max_examples=40)
# Where a row lets something count until it is told, nothing told is not unknown; these rows are switched off.
STRICT = tuple(
    Row(name, date(2000, 1, 1), None, value, office=True, legal_basis="ทดสอบ")
    for name, value in {
        "common.register_means_thai": False,
        "old_age_allowance.untold_pension_counts_as_none": False,
    }.items()
)
NO, UNKNOWN, YES = -1, 0, 1


def judged(people, houses=None, rows=()):
    return evaluate(frame_of(people, houses), rows=rows)


# Two facts that contradict each other: a list that says "no help this year" beside a day of help this year. And who
# turns out to be registered by a card is asked for the card's last day, which nobody asked before.
CONTRADICTIONS = {"elderly_help_left", "family_help_left"}
ONE_MORE_QUESTION = {"card_valid", "disability_allowance_due"}


@few
@given(told_person(), told_house())
def test_knowing_more_never_makes_a_decided_answer_unknown(person, house) -> None:
    """What was met, or not met, with one fact fewer is decided with that fact too, one way or the other."""
    person = {**person, "house": 0}
    # Who is told to be away lives in no house that is known, and what is told of the house says nothing any more.
    told = [code for code in person if (code in OF_PERSON or code in ("born", "registered")) and code != "presence"]
    fewer = [({key: value for key, value in person.items() if key != each}, house) for each in told]
    fewer += [(person, {key: value for key, value in house.items() if key != each}) for each in house]
    # Everybody in a house of their own, all in one frame.
    everybody = [(person, house), *fewer]
    people = [{**each, "house": place} for place, (each, _house) in enumerate(everybody)]
    for found in judged(people, [each for _person, each in everybody]).values():
        for name, (whole, *less) in found.conditions.items():
            if whole == UNKNOWN and name not in CONTRADICTIONS:
                assert YES not in less, name
                assert NO not in less or name in ONE_MORE_QUESTION, name


@few
@given(told_person(), told_house())
def test_nothing_told_is_never_a_condition_that_is_not_met(person, house) -> None:
    """Of somebody of whom nothing is told but that they live, no condition fails that asks for a fact."""
    for found in judged([{"house": 0}], [{}], STRICT).values():
        for name, answers in found.conditions.items():
            if name not in {"registration_open", "has_died", "died_old_enough", "claim_open"}:
                assert answers[0] != NO, name


@few
@given(st.lists(told_person(), min_size=1, max_size=4), told_house())
def test_many_at_once_come_out_as_one_by_one(people, house) -> None:
    together = judged(people, [house])
    for place, person in enumerate(people):
        housemates = [each for each in people if each is not person and each["house"] == person["house"] == 0]
        alone = judged([person, *housemates], [house])
        for code, found in together.items():
            for column in COLUMNS:
                assert getattr(found, column)[place] == getattr(alone[code], column)[0], (code, column)


@few
@given(st.lists(told_person(), min_size=1, max_size=4), told_house())
def test_amounts_are_never_below_nothing_and_only_paid_to_the_entitled(people, house) -> None:
    for found in judged(people, [house]).values():
        over = found.finding == FINDINGS.index("over")
        assert (found.amount >= 0).all()
        assert (found.would_be >= found.amount)[~over].all()
        assert (found.amount[(found.entitled != YES) & ~over] == 0).all()


@few
@given(st.lists(told_person(), min_size=1, max_size=4), told_house())
def test_entitled_follows_from_the_conditions(people, house) -> None:
    for found in judged(people, [house]).values():
        answers = np.array(list(found.conditions.values()))
        assert (found.entitled == answers.min(axis=0)).all()
        for place, why in enumerate(found.why):
            decides = found.conditions[found.whys[why]][place] if why else YES
            assert decides == found.entitled[place]
        unknown, unmet = found.masks(range(len(people)))
        assert ((unmet != 0) == (found.entitled == NO)).all()
        assert ((unknown != 0) & (unmet == 0) == (found.entitled == UNKNOWN)).all()


@few
@given(told_person(), told_house())
def test_the_next_change_lies_ahead_and_says_what_it_is(person, house) -> None:
    for found in judged([person], [house]).values():
        assert (found.next_on[0] == UNTOLD_DAY) == (WHATS[found.next_what[0]] == "")


@few
@given(told_person(), told_house())
def test_the_explanation_says_what_the_evaluation_found(person, house) -> None:
    frame = frame_of([{"house": 0}, person], [house])
    found, explained = evaluate(frame), explain_all(frame, 1)
    for code, each in explained.items():
        assert (each.entitled, each.receives, each.amount) == (
            found[code].entitled[1],
            found[code].receives[1],
            found[code].amount[1],
        )
        assert each.finding == FINDINGS[found[code].finding[1]]
        for step in each.steps:
            assert step.answer == found[code].conditions[step.code][1]
            assert set(step.facts) <= set(step.condition.facts), step.code
            assert {used.name for used in step.parameters} <= set(step.condition.parameters), step.code
            assert not step.missing or step.answer == UNKNOWN


@pytest.mark.parametrize("code", PROGRAMMES)
def test_what_a_programme_reads_is_declared(code) -> None:
    """With everything told, the trace names no fact and no parameter that the data of the programme does not."""
    frame = frame_of([{"house": 0, "born": (0, 0)}], [{}])
    found = explain_all(frame, 0, [code], TODAY)[code]
    programme = PROGRAMMES[code]
    assert {fact for step in found.steps for fact in step.facts} <= set(programme.codes)
    assert {used.name for used in found.amount_parameters} <= set(programme.parameters)


def test_the_ties_beside_the_house_are_read_in_order() -> None:
    """The civil register goes before the area, the area before the health station's code."""
    people = [
        {"registered": "52030601"},
        {"registered": "52030601", "in_civil_register": NO},
        {"residence_type": 2},
        {"registered": "52030601", "residence_type": 2},
        {},
    ]
    found = evaluate(frame_of(people), programmes=["old_age_allowance"])["old_age_allowance"]
    assert found.conditions["in_register_here"].tolist() == [YES, NO, NO, YES, UNKNOWN]
    elsewhere = evaluate(frame_of(people), programmes=["old_age_allowance"], here=("1001",))["old_age_allowance"]
    assert elsewhere.conditions["in_register_here"].tolist()[0] == NO


def test_houses_without_members_and_people_without_houses_are_no_trouble() -> None:
    frame = frame_of([{"house": 0, "born": (20000, 20000)}, {"house": -1}], [{}, {"income_per_head_year": 5000.0}, {}])
    assert len(evaluate(frame)) == len(PROGRAMMES)
    nobody = frame_of([], [{}])
    assert all(len(found.entitled) == 0 for found in evaluate(nobody).values())
    homeless = frame_of([{"house": -1}], [])
    assert explain_all(homeless, 0)["child_grant"].entitled == UNKNOWN
