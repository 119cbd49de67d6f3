"""Everything that a phone holds of an area: households with their members, their digests, and what differs since."""

import hashlib
import secrets
import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import orjson
from django.conf import settings
from django.db.models import QuerySet

from mudmai.access.queries import Scope, area_q, areas_of
from mudmai.kernel import clock
from mudmai.people import queries as people
from mudmai.people import services as registry
from mudmai.people.rules.catalogue import Attribute, catalogue
from mudmai.surveys.models import SentArea
from mudmai.surveys.queries.forms import SUBMIT
from mudmai.surveys.rules.columns import Columns, columns_for
from mudmai.surveys.rules.values import to_text

if TYPE_CHECKING:
    from mudmai.accounts.models import User

MOST_PEOPLE = 30_000  # of one area on one phone
DIGEST = 16  # bytes of a household's
KEY = 16
# Who is sent: those who live there, and those who left the register while nobody has seen them since.
SENT = ("alive", "left")
Line = tuple[str, bytes, bytes]  # key of a household, digest, the household as JSON


class Bundle(NamedTuple):
    """An area as one user sees it, by key: what every phone of that user is to hold."""

    area: str
    columns: Columns
    lines: list[Line]

    @property
    def digest(self) -> str:
        """SHA-256 over the columns, and the key and digest of each household; see docs/sync.md."""
        whole = hashlib.sha256(orjson.dumps([self.columns.household, self.columns.person]) + b"\n")
        for key, digest, _json in self.lines:
            whole.update(f"{key} {digest.hex()}\n".encode())
        return whole.hexdigest()

    def households(self) -> Iterator[tuple[str, list[str], list[list[str]]]]:
        """Key, values and members of each household."""
        for _key, _digest, json in self.lines:
            yield tuple(orjson.loads(json))

    @staticmethod
    def is_house(key: str) -> bool:
        """Whether a key is that of a house, and not of those in an area whose house is not known."""
        return not key.startswith("0" * 24)

    def packed(self) -> bytes:
        """What is remembered of it: the columns in short, and {key: digest}."""
        return _short(self.columns) + b"".join(bytes.fromhex(key) + digest for key, digest, _json in self.lines)


class Difference(NamedTuple):
    """What a phone lacks: everything, or the households that differ from what it holds and the keys that are gone."""

    whole: bool
    lines: list[Line]
    gone: list[str]


def difference(bundle: Bundle, holds: str) -> Difference:
    """What a phone that holds this digest of the area lacks."""
    if holds == bundle.digest:
        return Difference(False, [], [])
    sent = SentArea.objects.filter(cursor=holds, area_code=bundle.area).values_list("digests", flat=True).first()
    packed = bytes(sent) if sent is not None else b""
    if not packed.startswith(_short(bundle.columns)):
        return Difference(True, bundle.lines, [])
    step = KEY + DIGEST
    held = {packed[at : at + KEY].hex(): packed[at + KEY : at + step] for at in range(DIGEST, len(packed), step)}
    lines = [line for line in bundle.lines if held.pop(line[0], None) != line[1]]
    return Difference(False, lines, sorted(held.keys() - {line[0] for line in bundle.lines}))


def _short(columns: Columns) -> bytes:
    return hashlib.sha256(orjson.dumps([columns.household, columns.person])).digest()[:DIGEST]


def field_areas(user: "User") -> tuple[str, ...]:
    """The areas whose bundles the user's phones fetch."""
    return areas_of(user, SUBMIT)


def people_in(area: str) -> int:
    """How many live in an area, by the counts that are kept."""
    return people.area_numbers([area], clock.today()).people


def bundle_of(user: "User", area: str, asked: frozenset[str]) -> Bundle:
    """The area as this user sees it, for forms that ask these codes: from the sealed cache, else made anew."""
    scope = people.scope_of(user)
    columns = columns_for(asked, _classes(scope, area))
    path = folder_of_bundles() / f"{_name(scope, area, columns)}.sealed"
    kept = not people.is_turning()
    if kept and path.exists():
        rows = zlib.decompress(registry.open_file(path.read_bytes())).split(b"\n")
        return Bundle(area, columns, [_line(row) for row in rows if row])
    lines = sorted(map(_line, _rows(user, scope, area, columns)))
    if kept:
        _keep(path, b"\n".join(line[2] for line in lines))
    return Bundle(area, columns, lines)


def _line(row: bytes) -> Line:
    # The JSON begins with ["<32 hex digits>"
    return row[2:34].decode(), hashlib.sha256(row).digest()[:DIGEST], row


def _classes(scope: Scope, area: str) -> frozenset[str]:
    """All classes that the user sees of anybody there; each row shows those of its own."""
    return frozenset().union(
        *(grant.role.classes for grant in scope.grants if _meets(grant.prefix, area)),
        *(each.role.classes for each in scope.follows),
    )


def _meets(prefix: str, area: str) -> bool:
    return prefix.startswith(area) or area.startswith(prefix)


def _rows(user: "User", scope: Scope, area: str, columns: Columns) -> Iterator[bytes]:
    """Each household with its members as JSON."""
    inside = area_q([area])
    everywhere = field_areas(user)
    if scope.follows and area == everywhere[0]:
        inside |= ~area_q(everywhere)  # whoever is followed and lives outside all of them comes with the first
    masks = _Masks(scope, columns)
    members = _members(people.visible_persons(user, SUBMIT).filter(inside), masks)
    homes = people.visible_households(user, SUBMIT).filter(inside)
    for key, home_area, values in people.values_of(homes, "pk", "area_code"):
        shown = masks.household(values, home_area, key)
        yield orjson.dumps([key.hex, shown, sorted(members.pop(key.hex, []))])
    # Those whose house is not among them: it is not known, or they are followed and the house is not.
    rest: dict[str, list[list[str]]] = defaultdict(list)
    for found in members.values():
        for member in found:
            rest[masks.areas[member[0]]].append(member)
    at = columns.household.index("area")
    for home_area, found in rest.items():
        nowhere = [""] * len(columns.household)
        nowhere[at] = home_area
        yield orjson.dumps([f"{0:024d}{home_area:0<8}", nowhere, sorted(found)])


def _members(persons: QuerySet[Any], masks: "_Masks") -> dict[str, list[list[str]]]:
    """{household: its members, each as key and values}."""
    found: dict[str, list[list[str]]] = defaultdict(list)
    living = persons.filter(status__in=SENT)
    for key, household, area, status, values in people.values_of(living, "pk", "household_id", "area_code", "status"):
        masks.areas[key.hex] = area
        home = household.hex if household else f"-{area}"
        found[home].append([key.hex, *masks.person(values, area, key, household), status])
    return found


class _Masks:
    """Values as text in the order of the columns, those of classes that the user does not see there left empty."""

    def __init__(self, scope: Scope, columns: Columns) -> None:
        self.scope = scope
        self.columns = columns
        self.areas: dict[str, str] = {}
        self._of_area: dict[tuple[str, bool], list[Attribute | None]] = {}

    def household(self, values: dict[str, Any], area: str, key: UUID) -> list[str]:
        return _texts(values, self._shown(area, self.columns.household, False, household=key))

    def person(self, values: dict[str, Any], area: str, key: UUID, household: UUID | None) -> list[str]:
        return _texts(values, self._shown(area, self.columns.person[:-1], True, person=key, household=household))

    def _shown(self, area: str, codes: tuple[str, ...], of_person: bool, **keys: UUID | None) -> list[Attribute | None]:
        if self.scope.follows:
            return _seen(codes, self.scope.classes_at(area, **keys))
        if (area, of_person) not in self._of_area:
            self._of_area[area, of_person] = _seen(codes, self.scope.classes_at(area))
        return self._of_area[area, of_person]


def _seen(codes: tuple[str, ...], classes: frozenset[str]) -> list[Attribute | None]:
    attributes = [catalogue().attributes[code] for code in codes]
    return [each if each.data_class in classes else None for each in attributes]


def _texts(values: dict[str, Any], shown: list[Attribute | None]) -> list[str]:
    return [to_text(each, values.get(each.code)) if each is not None else "" for each in shown]


def folder_of_bundles() -> Path:
    """Where sealed bundles lie."""
    return Path(settings.MEDIA_ROOT) / "surveys" / "areas"


def _name(scope: Scope, area: str, columns: Columns) -> str:
    """Another name as soon as anything is another: the registry, the columns, what the user may see."""
    grants = sorted((each.prefix, each.role.code) for each in scope.grants if _meets(each.prefix, area))
    follows = sorted(
        (each.role.code, each.area, *(sorted(key.hex for key in keys) for keys in (each.persons, each.households)))
        for each in scope.follows
    )
    told = [area, columns.household, columns.person, people.stamp(), grants, follows]
    return hashlib.sha256(orjson.dumps(told)).hexdigest()[:40]


def _keep(path: Path, rows: bytes) -> None:
    """For the next phone. Two processes may write the same at once: the name tells the content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{secrets.token_hex(4)}")
    fresh.write_bytes(registry.seal_file(zlib.compress(rows, 1)))
    fresh.replace(path)
