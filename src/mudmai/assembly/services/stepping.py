"""Adding steps: what is done at the meeting is written down once, bound to what was done before."""

import hashlib
import json
import secrets
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from mudmai.access import services as access
from mudmai.assembly.models import Assembly, Photo, Step
from mudmai.assembly.queries import links_of, minutes_of
from mudmai.assembly.rules.chain import hash_of, written
from mudmai.assembly.rules.minutes import KINDS, Minutes, StepRefused, after, apply
from mudmai.audit import services as audit
from mudmai.kernel import clock
from mudmai.kernel.errors import BadInput, Conflict
from mudmai.kernel.pictures import picture_kind
from mudmai.people.services import seal_file

if TYPE_CHECKING:
    from mudmai.accounts.models import User

RUN = "assembly.run"
MOST_BYTES_OF_A_PHOTO = 15 * 2**20
LONGEST_STEP = 2**20
# What only the server may write: it tells the registry, or asks for a PIN.
NOT_FROM_A_PHONE = frozenset({"frozen", "certified"})


class BrokenChain(Conflict):
    """The step does not follow from the last one that is kept here."""

    code = "broken_chain"


class NotAPicture(BadInput):
    """The file is no picture."""

    code = "not_a_picture"


class TooManyBytes(BadInput):
    """The file is larger than a photo of a phone."""

    code = "too_many_bytes"


@transaction.atomic
def add_step(assembly: Assembly, kind: str, body: dict[str, Any], *, by: "User") -> Minutes:
    """Write one step and return what stands after it. Raises NotAllowed, StepRefused, StepIncomplete."""
    access.require(by, RUN, assembly.area_code)
    return write(assembly, kind, body, by=by)


def write(assembly: Assembly, kind: str, body: dict[str, Any], *, by: "User") -> Minutes:
    """Write one step for callers that have asked whether `by` may; within their transaction."""
    held = _held(assembly)
    text = written(
        held.steps_count + 1, kind, clock.now().isoformat(timespec="seconds"), by.get_full_name(),
        secrets.token_hex(16), body,
    )  # fmt: skip
    return _keep(held, assembly, text, by)


@transaction.atomic
def receive_step(assembly: Assembly, n: int, text: str, own: str, *, by: "User") -> Minutes | None:
    """Keep a step that a phone wrote without a network; None where the very step is kept already.

    `text` is the step as it was written there and `own` its hash, which must follow from the last step here. A step
    of the same number with other words is refused: what is kept stays, the phone shows both.
    Raises NotAllowed, BrokenChain, StepRefused, StepIncomplete.
    """
    access.require(by, RUN, assembly.area_code)
    held = _held(assembly)
    kept = Step.objects.filter(assembly=held, n=n).first()
    if kept is not None:
        if kept.hash == own:
            return None
        raise BrokenChain(_("Step %(n)s was written differently on another phone; that one came first.") % {"n": n})
    if n != held.steps_count + 1 or hash_of(held.head, text) != own:
        raise BrokenChain(_("This step does not follow from the last one here. Send the steps in their order."))
    step = _read(n, text)
    if step["kind"] == "signed" and step["body"].get("way") == "pin" and step["body"].get("name") != by.get_full_name():
        raise StepRefused(_("With a PIN everybody signs only with their own name."))
    return _keep(held, assembly, text, by)


def _read(n: int, text: str) -> dict[str, Any]:
    try:
        step = json.loads(text) if len(text) <= LONGEST_STEP else None
    except ValueError:
        step = None
    if not isinstance(step, dict) or not {"n", "kind", "at", "by", "salt", "body"} <= step.keys() or step["n"] != n:
        raise StepRefused(_("This step cannot be read. Update the app, then send it again."))
    if step["kind"] not in KINDS - NOT_FROM_A_PHONE or not isinstance(step["body"], dict):
        raise StepRefused(_("This step is not known here. Update the app, then send it again."))
    return step


def _held(assembly: Assembly) -> Assembly:
    """The assembly, held against another hand that writes at the same moment."""
    return Assembly.objects.select_for_update().get(pk=assembly.pk)


def _keep(held: Assembly, assembly: Assembly, text: str, by: "User") -> Minutes:
    step = json.loads(text)
    minutes = after(json.loads(link.text) for link in links_of(held))
    try:
        apply(minutes, step)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise StepRefused(_("This step cannot be read. Update the app, then send it again.")) from problem
    n, own = held.steps_count + 1, hash_of(held.head, text)
    Step.objects.create(
        assembly=held, n=n, previous=held.head, hash=own, sealed=seal_file(text.encode()), by=by,
        received_at=clock.now(),
    )  # fmt: skip
    held.head, held.steps_count, held.phase = own, n, minutes.phase
    held.save(update_fields=["head", "steps_count", "phase"])
    assembly.head, assembly.steps_count, assembly.phase = held.head, held.steps_count, held.phase
    # Which step, not what it says: the log is read by people who may not see the list.
    audit.record(by, f"assembly.step.{step['kind']}", "assembly", held.pk, area_code=held.area_code, n=n)
    return minutes


@transaction.atomic
def add_photo(assembly: Assembly, data: bytes, *, caption: str, by: "User") -> Minutes:
    """Keep a picture of the meeting and the step that names it. Raises NotAPicture, TooManyBytes, StepRefused."""
    access.require(by, RUN, assembly.area_code)
    sha256 = hashlib.sha256(data).hexdigest()
    _keep_photo(assembly, sha256, data)
    return write(assembly, "photographed", {"sha256": sha256, "caption": caption.strip()[:200]}, by=by)


@transaction.atomic
def receive_photo(assembly: Assembly, sha256: str, data: bytes, *, by: "User") -> bool:
    """Keep a picture that a step of a phone names; False where it is kept already.

    Raises NotAllowed, NotAPicture, TooManyBytes; StepRefused where no step names it or these are other bytes.
    """
    access.require(by, RUN, assembly.area_code)
    if sha256 not in {photo["sha256"] for photo in minutes_of(assembly).photos}:
        raise StepRefused(_("No step names this picture yet. Send the steps first."))
    if hashlib.sha256(data).hexdigest() != sha256:
        raise StepRefused(_("The picture came incomplete. Send it again."))
    return _keep_photo(assembly, sha256, data)


def _keep_photo(assembly: Assembly, sha256: str, data: bytes) -> bool:
    if len(data) > MOST_BYTES_OF_A_PHOTO:
        raise TooManyBytes(_("The picture is larger than 15 MB. Take it again with a lower resolution."))
    kind = picture_kind(data)
    if kind is None:
        raise NotAPicture(_("The file is no picture. Choose a JPEG, PNG or WebP file."))
    kept = {"mime": kind, "sealed": seal_file(data)}
    return Photo.objects.get_or_create(assembly=assembly, sha256=sha256, defaults=kept)[1]
