"""A screening that found a danger of self-harm stands on top of the overview of whoever may see it, nobody else."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.people.town import row, tell

from mudmai.accounts.models import User

SENTENCE = "ต้องดูแลสุขภาพจิตทันที"
SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _mali_was_screened(db: None) -> None:
    tell(row("มาลี", "ใจดี", id="1" * 32, self_harm_alert=True), kind="home_visit")


def test_the_case_manager_is_told_at_once_and_led_to_the_person(client_of: SignIn, wichai: User) -> None:
    browser = client_of(wichai)
    assert SENTENCE in browser.get("/").content.decode()

    page = browser.get("/persons/?area=520306&fact=self_harm").content.decode()
    assert "มาลี ใจดี" in page


@pytest.mark.parametrize("who", ["somsri", "noi", "nayok", "stranger"])
def test_who_may_not_see_mental_health_is_told_nothing(
    client_of: SignIn, request: pytest.FixtureRequest, who: str
) -> None:
    browser = client_of(request.getfixturevalue(who))
    assert SENTENCE not in browser.get("/").content.decode()
    page = browser.get("/persons/?area=520306&fact=self_harm").content.decode()
    assert SENTENCE not in page


def test_once_a_later_screening_finds_no_danger_it_is_gone(client_of: SignIn, wichai: User) -> None:
    from datetime import date

    tell(
        row("มาลี", "ใจดี", id="2" * 32, self_harm_alert=False, on=date(2026, 11, 1)),
        kind="home_visit", as_of=date(2026, 11, 1), links={"2" * 32: "1" * 32},
    )  # fmt: skip
    assert SENTENCE not in client_of(wichai).get("/").content.decode()
