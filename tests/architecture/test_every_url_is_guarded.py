"""Every address is in tests/architecture/url_table.py, and each member of the cast gets there what the table says."""

from collections.abc import Iterator

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
