"""Every address is in tests/architecture/url_table.py, and each member of the cast gets there what the table says."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from tests.architecture.url_table import BROUGHT_BY_ALLAUTH, CAST, OPEN_OF_ALLAUTH, TABLE, Row


def addresses(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from addresses(entry, inner)
        else:
            yield f"{namespace}{entry.name}", entry


ALL = dict(addresses(get_resolver()))
# Of 404.html, for addresses that lead nowhere.
GENERAL = "ที่อยู่หน้าเว็บอาจพิมพ์ผิด หรือสิ่งที่ค้นหาอยู่นอกพื้นที่ที่ท่านดูแล"


def test_every_address_has_a_name_and_a_row():
    told = {row.name for row in TABLE}

    missing = {name for name in ALL if name not in told and not name.startswith(BROUGHT_BY_ALLAUTH)}

    assert missing == set(), "add a row to tests/architecture/url_table.py"
    assert told <= set(ALL), "the table names addresses that are gone"


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_each_of_the_cast_gets_what_the_table_says(row: Row, world):
    address = reverse(row.name, kwargs=row.parts(world) if row.parts else None) + row.query
    got = {}
    for member in CAST:
        client = Client(raise_request_exception=True)
        if member != "anonymous":
            client.force_login(getattr(world, member))
        got[member] = client.get(address).status_code

    assert got == row.expected()


def never_was(name: str, value: Any) -> Any:
    return "52039999" if name == "code" else 10**9 if isinstance(value, int) else uuid4()


def main_of(answer: Any) -> str:
    """What the page says; signs against forgery and the address itself differ from page to page."""
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


# What answers even strangers with 405 is for programs with a token, whose refusals are JSON.
THINGS = [
    row
    for row in TABLE
    if row.gets.split()[-1] in {"404", "405"}
    and not row.gets.startswith("405")
    and row.parts
    and "tile" not in row.name
]


@pytest.mark.parametrize("row", THINGS, ids=lambda row: row.name)
def test_what_lies_elsewhere_looks_like_what_never_was_and_the_page_says_its_sentence(row: Row, world):
    assert row.parts is not None
    elsewhere = row.parts(world)
    never = {name: never_was(name, value) for name, value in elsewhere.items()}
    client = Client()
    client.force_login(world.stranger)
    ask = client.post if row.gets.endswith("405") else client.get

    answers = [ask(reverse(row.name, kwargs=parts)) for parts in (elsewhere, never)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert main_of(answers[0]) == main_of(answers[1])
    assert answers[0].context["message"] in main_of(answers[0])
    assert answers[0].context["message"] != GENERAL


def allauth_addresses() -> list[str]:
    return sorted(name for name in ALL if name.startswith(BROUGHT_BY_ALLAUTH) and name not in OPEN_OF_ALLAUTH)


@pytest.mark.parametrize("name", allauth_addresses())
def test_the_rest_of_allauth_needs_sign_in(name, anonymous):
    try:
        address = reverse(name)
    except NoReverseMatch:
        address = reverse(name, kwargs=dict.fromkeys(ALL[name].pattern.converters, "1"))

    answer = anonymous.get(address)

    assert answer.status_code in {302, 405}
    if answer.status_code == 302:
        assert answer.url.startswith("/account/login/")


def test_nobody_can_sign_up(anonymous):
    anonymous.post("/account/signup/", {"username": "x", "password1": "long-enough-1", "password2": "long-enough-1"})

    from mudmai.accounts.models import User

    assert not User.objects.exists()


def test_sign_in_is_the_default_and_get_cannot_write():
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE
    # Innermost, so that sessions and messages, which other middleware writes, stay out of its sight.
    assert settings.MIDDLEWARE[-1] == "mudmai.site.middleware.read_only_get"
