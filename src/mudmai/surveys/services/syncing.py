"""One request brings a phone everything: its areas, forms, inquiries, what became of what it sent."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson

from mudmai.access.queries import scope_for
from mudmai.access.rules import SENSITIVE, covers
from mudmai.audit import services as audit
from mudmai.kernel import clock
from mudmai.people import queries as people
from mudmai.people.rules.catalogue import catalogue
from mudmai.places import queries as places
from mudmai.surveys.models import Device, FormVersion, Media, SentArea
from mudmai.surveys.queries.areas import (
    MOST_PEOPLE,
    Bundle,
    bundle_of,
    difference,
    field_areas,
    folder_of_bundles,
    people_in,
)
from mudmai.surveys.queries.differences import inbox_of
from mudmai.surveys.queries.forms import published_for
from mudmai.surveys.queries.submissions import states_of
from mudmai.surveys.queries.tasks import inquiries_of
from mudmai.surveys.queries.xforms import asked_in, xform_of
from mudmai.surveys.rules.columns import STATUS
from mudmai.surveys.rules.envelope import about_of
from mudmai.surveys.services.devices import note_waiting

if TYPE_CHECKING:
    from mudmai.accounts.models import User

PROTOCOL = 1
REMEMBER = timedelta(days=90)
KEEP_BUNDLES = timedelta(days=2)
# How fine the outlines of villages are: about one pixel at this zoom.
OUTLINE_ZOOM = 10


@dataclass(frozen=True)
class Holds:
    """What a phone says it holds and asks for; digests and MD5 as hex, "" where it holds nothing."""

    areas: Mapping[str, str] = field(default_factory=dict)
    only: Sequence[str] = ()
    forms: frozenset[str] = frozenset()
    catalogue: str = ""
    boundaries: str = ""
    inbox: str = ""
    submissions: Sequence[UUID] = ()
    waiting: int = 0


def sync(device: Device, holds: Holds) -> dict[str, Any]:
    """Everything the phone lacks, as docs/sync.md tells it; remembers what it was sent. Looks are logged."""
    user = device.user
    note_waiting(device, holds.waiting)
    versions = list(published_for(user).defer("source"))
    asked = frozenset().union(*(asked_in(each.pk) | frozenset(each.mapping.values()) for each in versions))
    mine = field_areas(user)
    fitting, too_large = _sized([area for area in holds.only if any(covers(wide, area) for wide in mine)] or mine)
    bundles = [bundle_of(user, area, asked) for area in fitting]
    _log(user, bundles)
    return {
        "protocol": PROTOCOL,
        "time": clock.now().isoformat(timespec="seconds"),
        "today": clock.today().isoformat(),
        "wipe": False,
        "user": about_user(user),
        "areas": [_block(bundle, holds.areas.get(bundle.area, "")) for bundle in bundles],
        "areas_gone": sorted(area for area in holds.areas if not any(covers(wide, area) for wide in mine)),
        "too_large": too_large,
        "forms": [_form(each, holds.forms) for each in versions],
        "catalogue": _unless(holds.catalogue, lambda: _words(bundles)),
        "boundaries": _unless(holds.boundaries, lambda: {"geojson": _outlines(fitting)}),
        "inquiries": inquiries_of(user),
        "inbox": _unless(holds.inbox, lambda: {"entries": inbox_of(user)}),
        "submissions": {
            str(key): {"state": told.state, "message": told.message, **({"files": told.files} if told.files else {})}
            for key, told in states_of(user, holds.submissions).items()
        },
    }


def about_user(user: "User") -> dict[str, Any]:
    """The user as the phone shows him."""
    roles = {str(grant.role.label) for grant in scope_for(user).grants if "surveys.submit" in grant.role.actions}
    return {
        "id": user.pk, "username": user.username, "name": str(user), "language": user.language,
        "role": ", ".join(sorted(roles)),
    }  # fmt: skip


def named(areas: Sequence[str]) -> list[dict[str, str]]:
    """Areas with their names."""
    return [{"area": area, "name": name} for area, name in people.area_names(areas).items()] if areas else []


def _sized(areas: Sequence[str]) -> tuple[list[str], list[dict[str, Any]]]:
    """The areas that fit on a phone, and those that do not, with their parts to choose from."""
    fitting, too_large = [], []
    names = people.area_names(areas)
    for area in areas:
        count = people_in(area)
        if count <= MOST_PEOPLE:
            fitting.append(area)
            continue
        parts = people.children_of(area)
        too_large.append({"area": area, "name": names[area], "people": count, "choose": named(parts)})
    return fitting, too_large


def _block(bundle: Bundle, holds: str) -> dict[str, Any]:
    found = difference(bundle, holds)
    if holds != bundle.digest:
        _remember(bundle)
    return {
        "area": bundle.area,
        "name": people.area_names([bundle.area])[bundle.area],
        "digest": bundle.digest,
        "whole": found.whole,
        "columns": {"household": bundle.columns.household, "person": bundle.columns.person},
        "households": [orjson.Fragment(line[2]) for line in found.lines],
        "gone": found.gone,
    }


def _remember(bundle: Bundle) -> None:
    """So that the next time only the difference is sent. What it holds follows from its name: written once."""
    now = clock.now()
    known = SentArea.objects.filter(cursor=bundle.digest)
    made = known.values_list("made_at", flat=True).first()
    if made is None:
        SentArea.objects.bulk_create(
            [SentArea(cursor=bundle.digest, area_code=bundle.area, digests=bundle.packed(), made_at=now)],
            ignore_conflicts=True,
        )
    elif now - made > REMEMBER / 3:
        known.update(made_at=now)


def _log(user: "User", bundles: list[Bundle]) -> None:
    """Sensitive data on a phone is a look at it: one line for each area and sync."""
    for bundle in bundles:
        attributes = [catalogue().attributes[code] for code in (*bundle.columns.household, *bundle.columns.person[:-1])]
        classes = sorted({str(each.data_class) for each in attributes if each.data_class in SENSITIVE})
        if classes:
            audit.record(
                user, "surveys.area.synced", "area", bundle.area, area_code=bundle.area, purpose="visit",
                classes=classes, households=len(bundle.lines),
            )  # fmt: skip


def _form(version: FormVersion, has: frozenset[str]) -> dict[str, Any]:
    media = Media.objects.filter(version=version).only("name", "md5", "mime", "version_id")
    told: dict[str, Any] = {
        "id": str(version.pk), "form_id": version.form.form_id, "version": version.version,
        "title": version.form.title, "md5": version.md5, "about": about_of(xform_of(version.pk)),
        "media": [{"name": each.name, "md5": each.md5, "mime": each.mime} for each in media],
    }  # fmt: skip
    return told if version.md5 in has else told | {"xform": version.xform}


def _unless(holds: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Only the MD5 where the phone holds the same already."""
    made = make()
    md5 = hashlib.md5(orjson.dumps(made), usedforsecurity=False).hexdigest()
    return {"md5": md5} if md5 == holds else {"md5": md5} | made


def _words(bundles: list[Bundle]) -> dict[str, Any]:
    """The words for all columns, in both languages."""
    codes = {code for bundle in bundles for columns in bundle.columns for code in columns} - {STATUS}
    attributes = {code: catalogue().attributes[code] for code in sorted(codes)}
    lists = sorted({each.list for each in attributes.values() if each.list})
    return {
        "attributes": {
            code: {"th": each.th, "en": each.en, "kind": each.kind, "list": each.list, "unit": each.unit}
            for code, each in attributes.items()
        },
        "lists": {name: {code: [of.th, of.en] for code, of in catalogue().lists[name].items()} for name in lists},
    }


def _outlines(areas: Sequence[str]) -> dict[str, Any]:
    """The outlines of the areas and of the villages in them."""
    features = []
    for area in areas:
        levels = {len(area) // 2, 4} if area else {1}
        for level in sorted(levels):
            found = orjson.loads(places.boundaries_geojson(area, level, OUTLINE_ZOOM))["features"]
            features += [each | {"geometry": _rounded(each["geometry"])} for each in found]
    return {"type": "FeatureCollection", "features": features}


def _rounded(shape: Any) -> Any:
    """Coordinates to about a metre."""
    if isinstance(shape, float):
        return round(shape, 5)
    if isinstance(shape, list):
        return [_rounded(each) for each in shape]
    return {key: _rounded(each) for key, each in shape.items()} if isinstance(shape, dict) else shape


def clear_old_bundles() -> None:
    """A chore: forget states of areas that no phone has told for long, and bundles made from an older registry."""
    SentArea.objects.filter(made_at__lt=clock.now() - REMEMBER).delete()
    oldest = (clock.now() - KEEP_BUNDLES).timestamp()
    for path in folder_of_bundles().glob("*"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
