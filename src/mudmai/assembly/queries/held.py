"""Assemblies of the user's villages, their steps, and what stands after them."""

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mudmai.access.queries import area_q, areas_of
from mudmai.assembly.models import Assembly, Photo
from mudmai.assembly.rules.chain import Link, first_broken
from mudmai.assembly.rules.minutes import Minutes, after
from mudmai.kernel.errors import NotFound
from mudmai.people.services import open_file

if TYPE_CHECKING:
    from mudmai.accounts.models import User

SEE = "assembly.sign"  # who signs sees the list; who runs it may sign, too


def assemblies_for(user: "User") -> QuerySet[Assembly]:
    """Assemblies of the villages where the user signs or runs them, the newest first.

    A volunteer whose team gave her some houses only still belongs to the village: its list is read out to everybody.
    """
    return Assembly.objects.filter(area_q(areas_of(user, SEE))).order_by("-held_on", "-id")


def assembly_for(user: "User", assembly_id: UUID | str) -> Assembly:
    """The assembly, if it is one of the user's villages. Raises NotFound."""
    found = assemblies_for(user).filter(pk=assembly_id).first()
    if found is None:
        raise NotFound(_("This assembly is not here, or not in your area."))
    return found


def assembly_of_token(token: str) -> Assembly:
    """The assembly whose paper carries this token. Raises NotFound."""
    found = Assembly.objects.filter(token=token).first()
    if found is None:
        raise NotFound(_("No signed list has this code. Compare it with the paper, letter by letter."))
    return found


def links_of(assembly: Assembly) -> list[Link]:
    """The chain: every step as it was written, with its hashes."""
    rows = assembly.steps.order_by("n").values_list("sealed", "previous", "hash")
    return [Link(open_file(bytes(sealed)).decode(), previous, own) for sealed, previous, own in rows]


def sound_steps(assembly: Assembly, links: list[Link]) -> list[dict[str, Any]]:
    """What was done, in order: {n, kind, at, by, body}; only as far as the chain is whole."""
    broken = first_broken(assembly.pk.hex, links)
    # What follows a step that was tampered with proves nothing, and may make no sense.
    return [json.loads(link.text) for link in (links if broken is None else links[: broken - 1])]


def minutes_of(assembly: Assembly) -> Minutes:
    """What stands after the steps, as far as the chain is whole."""
    return after(sound_steps(assembly, links_of(assembly)))


def photo_of(assembly: Assembly, sha256: str) -> Photo:
    """One picture of the meeting. Raises NotFound."""
    found = Photo.objects.filter(assembly=assembly, sha256=sha256).first()
    if found is None:
        raise NotFound(_("This picture is not here."))
    return found
