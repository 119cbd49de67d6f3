"""A meeting without a signal: the phone writes the steps, and sends them later, perhaps twice."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.assembly.meetings import frozen, villagers

from mudmai.accounts.models import User
from mudmai.assembly import queries, services
from mudmai.assembly.models import Assembly
from mudmai.assembly.rules.chain import Link, first_broken, hash_of, in_groups, written
from mudmai.assembly.rules.minutes import StepRefused

AT = "2026-11-02T10:00:00+07:00"


def made(held: Assembly, kind: str, body: dict[str, object], *, n: int | None = None) -> tuple[int, str, str]:
    """A step as a phone would write it after what it has seen."""
    n = n or held.steps_count + 1
    text = written(n, kind, AT, "น้อย แก้วมา", "s" * 32, body)
    return n, text, hash_of(held.head, text)


@pytest.fixture
def held(somsri: User) -> Assembly:
    villagers()
    return frozen(somsri)


@pytest.mark.django_db
def test_a_step_of_a_phone_is_kept_with_its_very_words_and_sending_it_twice_is_harmless(
    held: Assembly, somsri: User
) -> None:
    step = made(held, "struck", {"row": 1, "why": "ย้าย"})
    services.receive_step(held, *step, by=somsri)

    assert services.receive_step(held, *step, by=somsri) is None
    assert queries.links_of(held)[1].text == step[1]
    assert queries.minutes_of(held).rows[1].why == "ย้าย"
    assert queries.is_whole(held)


@pytest.mark.django_db
def test_two_phones_that_wrote_the_same_number_do_not_overwrite_each_other(held: Assembly, somsri: User) -> None:
    first, second = made(held, "kept", {"rows": [1]}), made(held, "struck", {"row": 1, "why": "ย้าย"})
    services.receive_step(held, *first, by=somsri)

    with pytest.raises(services.BrokenChain):
        services.receive_step(held, *second, by=somsri)
    assert queries.minutes_of(held).rows[1].verdict == "kept"


@pytest.mark.django_db
def test_a_step_out_of_order_waits_on_the_phone(held: Assembly, somsri: User) -> None:
    with pytest.raises(services.BrokenChain):
        services.receive_step(held, *made(held, "kept", {"rows": [1]}, n=5), by=somsri)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        json.dumps({"n": 2, "kind": "certified", "at": AT, "by": "x", "salt": "s", "body": {}}),
        json.dumps({"n": 2, "kind": "frozen", "at": AT, "by": "x", "salt": "s", "body": {}}),
        json.dumps({"n": 2, "kind": "kept", "at": AT, "by": "x", "salt": "s", "body": {"rows": "all"}}),
        json.dumps({"n": 2, "kind": "kept", "at": AT, "by": "x", "salt": "s", "body": 7}),
        json.dumps({"n": 3, "kind": "kept", "at": AT, "by": "x", "salt": "s", "body": {"rows": [1]}}),
        json.dumps({"n": 2, "kind": "dance", "at": AT, "by": "x", "salt": "s", "body": {}}),
    ],
)
def test_a_step_that_is_none_is_refused_and_changes_nothing(held: Assembly, somsri: User, text: str) -> None:
    with pytest.raises(StepRefused):
        services.receive_step(held, 2, text, hash_of(held.head, text), by=somsri)
    assert Assembly.objects.get().steps_count == 1


@given(st.lists(st.text(max_size=20), min_size=1, max_size=8), st.data())
def test_any_change_of_any_step_is_seen(texts: list[str], data: st.DataObject) -> None:
    links, before = [], "start"
    for text in texts:
        links.append(Link(text, before, hash_of(before, text)))
        before = links[-1].hash
    assert first_broken("start", links) is None

    at = data.draw(st.integers(0, len(links) - 1))
    links[at] = links[at]._replace(text=links[at].text + "!")
    assert first_broken("start", links) == at + 1


def test_a_fingerprint_is_read_in_groups() -> None:
    assert in_groups("ab" * 32).split(" ") == ["ABAB"] * 8
