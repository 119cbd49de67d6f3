"""Search as you type: names with typing errors and by sound, house numbers, and ids for those who may."""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.cache import cache
from django.db.models import Q, QuerySet
from rapidfuzz import fuzz, process

from mudmai.access.queries import Scope
from mudmai.kernel import names, text
from mudmai.people.models import Household, Person
from mudmai.people.queries.bulk import stamp
from mudmai.people.queries.rows import select
from mudmai.people.queries.scope import scope_of
from mudmai.people.queries.sealing import hash_cid, hash_tail, unseal_cid
from mudmai.people.rules.ordering import house_sort_key

if TYPE_CHECKING:
    from mudmai.accounts.models import User

LIMIT = 20
NAMES_KEPT_SECONDS = 600
CLOSE_ENOUGH = 78  # of 100: one wrong letter in a name of five


class Found(NamedTuple):
    """What was found, best first."""

    persons: list[Person]
    households: list[Household]


def search(user: "User", query: str, *, limit: int = LIMIT) -> Found:
    """Persons and houses the user may see that answer to what was typed so far."""
    scope = scope_of(user)
    typed = text.clean(text.thai_digits_to_arabic(query))[:100]
    if not typed or not scope.allows_somewhere("people.view"):
        return Found([], [])
    digits = "".join(sign for sign in typed if sign.isdecimal())
    if len(digits) >= 4 and len(digits) == len(typed.replace("-", "").replace(" ", "")):
        found = _by_id(scope, digits, limit)
        if found or len(digits) > 6:
            return Found(found, [])
    if typed[0].isdecimal():
        return Found([], _by_house_number(scope, typed, limit))
    return Found(_by_name(scope, typed, limit), [])


def _people(scope: Scope) -> QuerySet[Person]:
    return Person.objects.filter(scope.person_filter()).select_related("household").defer("known", "household__known")


def _by_id(scope: Scope, digits: str, limit: int) -> list[Person]:
    """By a whole id, for everyone who may see identity; by its last four digits, for those who may see full ids."""
    if len(digits) == 13:
        return list(_people(scope).filter(cid_hash=hash_cid(digits))[:limit])
    if len(digits) > 6:
        return []
    allowed = scope.person_filter("people.see_full_id")
    hits = _people(scope).filter(allowed, cid_tail_hash=hash_tail(digits[-4:]))[: limit * 5]
    if len(digits) == 4:
        return list(hits[:limit])
    return [person for person in hits if unseal_cid(person.cid_sealed).endswith(digits)][:limit]


def _by_house_number(scope: Scope, typed: str, limit: int) -> list[Household]:
    """By house number ("12/3"), or house number and village number ("12/3 ม.2", "12/3 2")."""
    number, _, rest = typed.partition(" ")
    moo = "".join(sign for sign in rest if sign.isdecimal())
    houses = Household.objects.filter(scope.household_filter()).defer("known")
    key = house_sort_key(number)
    wanted = Q(sort_key=key) | Q(sort_key__gte=key + "/", sort_key__lt=key + "0")
    if moo:
        wanted &= Q(moo=int(moo[:3]))
    return list(houses.filter(wanted).order_by("sort_key", "area_code")[:limit])


def _by_name(scope: Scope, typed: str, limit: int) -> list[Person]:
    parsed = names.person_name(typed).value
    words = [
        names.name_key(word)
        for word in ([parsed.given, *parsed.family.split()] if parsed and parsed.given else typed.split())
    ]
    words = [word for word in words if word]
    if not words:
        return []
    first, rest = words[0], "".join(words[1:])
    people = _people(scope)
    found: dict[Any, Person] = {}
    for condition, order in _conditions(first, rest):
        # In the order of the index, so that a short prefix of a common name stops after a few rows.
        for person in people.filter(condition).order_by(*order)[: limit * 2]:
            found.setdefault(person.pk, person)
        if len(found) >= limit:
            break
    return list(found.values())[:limit]


BY_GIVEN, BY_FAMILY = ("given_key", "family_key"), ("family_key", "given_key")


def _conditions(first: str, rest: str) -> Iterator[tuple[Q, tuple[str, str]]]:
    """From exact to near: as typed, then by sound, then with typing errors; each asked only while too few are found."""
    if rest:
        yield Q(given_key=first) & _starts("family_key", rest), BY_GIVEN
        yield Q(given_key__in=_near(first, "given_key")) & _starts("family_key", rest), BY_GIVEN
        yield Q(given_key__in=_alike(first, "given_key"), family_key__in=_alike(rest, "family_key")), BY_GIVEN
        yield Q(given_key__in=_near(first, "given_key"), family_key__in=_near(rest, "family_key")), BY_GIVEN
        return
    yield _starts("given_key", first), BY_GIVEN
    yield _starts("family_key", first), BY_FAMILY
    yield Q(given_key__in=_alike(first, "given_key")), BY_GIVEN
    yield Q(given_key__in=_near(first, "given_key")), BY_GIVEN
    yield Q(family_key__in=_near(first, "family_key")), BY_FAMILY


def _starts(column: str, prefix: str) -> Q:
    # A range, so that the index serves whatever the collation.
    return Q(**{f"{column}__gte": prefix, f"{column}__lt": prefix + "\U0010ffff"})


def _near(word: str, column: str) -> list[str]:
    """Names in use that are close to what was typed."""
    if len(word) < 3:
        return [word]
    hits = process.extract(word, names_in_use(column), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH, limit=12)
    return [hit[0] for hit in hits] or [word]


def _alike(word: str, column: str) -> list[str]:
    """Names in use that sound the same."""
    return _by_sound(column, _cached_stamp()).get(names.sound_key(word), [word])[:50]


@lru_cache(maxsize=2)
def _by_sound(column: str, stamp: str) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for name in _names(column, stamp):
        groups.setdefault(names.sound_key(name), []).append(name)
    return groups


def names_in_use(column: str) -> tuple[str, ...]:
    """All different names of the registry, as of a while ago; kept in memory."""
    return _names(column, _cached_stamp())


@lru_cache(maxsize=2)
def _names(column: str, _stamp: str) -> tuple[str, ...]:
    return tuple(row[0] for row in select(f"SELECT DISTINCT {column} FROM people_person WHERE {column} <> ''"))


def _cached_stamp() -> str:
    """The registry's stamp, as of a while ago: reading the names of a million people anew takes some seconds.

    A name that came since is found as it is written, only not yet when it is misspelt.
    """
    return str(cache.get_or_set("people-names-stamp", stamp, NAMES_KEPT_SECONDS))
