"""Keeping photos and other files: in pieces as they come, then whole, sealed on the disk under a name of our own."""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mudmai.access.services import require_somewhere
from mudmai.kernel import clock
from mudmai.kernel.errors import BadInput, Conflict, DomainError, NotFound
from mudmai.kernel.pictures import picture_kind
from mudmai.people import services as registry
from mudmai.surveys.models import Attachment, Device, Submission
from mudmai.surveys.queries.files import missing_files
from mudmai.surveys.queries.problems import sealed_problems, troubles_of
from mudmai.surveys.rules.envelope import is_file_name
from mudmai.surveys.services.keeping import SUBMIT, TooLarge

if TYPE_CHECKING:
    from mudmai.accounts.models import User

MOST_FILE = 32 * 2**20  # bytes; phones shrink photos to a quarter of one
PIECE = 64 * 2**10
UNKNOWN_KIND = "application/octet-stream"


class WrongOffset(Conflict):
    """The piece does not follow on what is here; `have` tells how many bytes are."""

    code = "wrong_offset"

    def __init__(self, message: object, have: int) -> None:
        super().__init__(message)
        self.have = have


class NotTheFile(DomainError):
    """All bytes are here, and they are not the file that was announced."""

    code = "not_the_file"
    status = 422


class BadFileName(BadInput):
    """A name that no address and no disk can hold."""

    code = "bad_file_name"


class Readable(Protocol):
    """A body that comes in pieces."""

    def read(self, size: int, /) -> bytes: ...


class KeptFile(NamedTuple):
    """How much of a file is here, of how much.

    `kept_as` is its name where another file stood under the one told; `completes`: the submission waited for no other.
    """

    have: int
    size: int
    is_whole: bool
    kept_as: str = ""
    completes: bool = False


def keep_file(
    submission_id: UUID,
    name: str,
    content: bytes | Readable,
    *,
    by: "User",
    offset: int = 0,
    total: int | None = None,
    sha256: bytes | None = None,
    device: Device | None = None,
) -> KeptFile:
    """Keep a file of a submission, or a piece of it from a byte on; safe when this returns, and safe to repeat.

    What had come before a connection broke is kept as well. `total` and `sha256` speak of the whole file; content
    as bytes without `total` is the whole. Another file never takes the place of one that is whole.
    Raises TooLarge, BadFileName, WrongOffset, NotTheFile, NotFound, NotAllowed.
    """
    if device is None:
        require_somewhere(by, SUBMIT)
    size = len(content) if total is None and isinstance(content, bytes) else total
    if size is None or size < 0 or offset < 0 or offset > size:
        raise BadInput(_("Tell the size of the file, and from which byte on this piece goes."))
    if size > MOST_FILE:
        raise TooLarge(_("This file is too large: %(most)s MB at most.") % {"most": MOST_FILE // 2**20})
    if not is_file_name(name):
        raise BadFileName(_("A file cannot bear this name."))
    return _keep(submission_id, name, content, by, offset, size, sha256)


def _keep(
    submission_id: UUID, name: str, content: bytes | Readable, by: "User", offset: int, size: int, sha256: bytes | None
) -> KeptFile:
    held = _held(submission_id, name, by)
    if held is not None and held.path:
        return _again(held, content, by, offset, size, sha256)
    if held is not None and (held.size != size or (sha256 and held.sha256 and bytes(held.sha256) != sha256)):
        _forget_pieces(held)  # another file was begun under this name, and never came whole
        held.size, held.sha256 = size, sha256
    have = held.have if held is not None else 0
    if offset > have:
        raise WrongOffset(_("A piece is missing before this one. It goes on from there."), have)
    came, broke = _read(content, skip=have - offset, most=size - have)
    if have == 0 and len(came) == size and not broke:
        return _finish(held or _begun(submission_id, name, by, size, sha256), came, sha256)
    held = held or _kept_row(_begun(submission_id, name, by, size, sha256))
    return _add_piece(held, came, sha256)


def _held(submission_id: UUID, name: str, by: "User") -> Attachment | None:
    """The row of this file. Raises NotFound where the submission or the file is somebody else's."""
    held = Attachment.objects.filter(submission_id=submission_id, name=name).first()
    owner = held.by_id if held else Submission.objects.filter(pk=submission_id).values_list("by_id", flat=True).first()
    if owner is not None and owner != by.pk:
        raise NotFound(_("There is no such form of yours."))
    return held


def _begun(submission_id: UUID, name: str, by: "User", size: int, sha256: bytes | None) -> Attachment:
    return Attachment(submission_id=submission_id, name=name, by=by, size=size, sha256=sha256, received_at=clock.now())


def _kept_row(row: Attachment) -> Attachment:
    """The row in the database; the one of another request that was quicker."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return Attachment.objects.get(submission_id=row.submission_id, name=row.name)
    return row


def _read(content: bytes | Readable, *, skip: int, most: int) -> tuple[bytes, bool]:
    """What comes, without what is here already, and whether the connection broke before all came."""
    if isinstance(content, bytes):
        return content[skip : skip + most], False
    found = bytearray()
    wanted, broke = skip + most, False
    while len(found) < wanted:
        try:
            piece = content.read(min(PIECE, wanted - len(found)))
        except OSError:  # Django's UnreadablePostError is one
            broke = True
            break
        if not piece:
            break
        found += piece
    return bytes(found[skip:]), broke


def _again(
    held: Attachment, content: bytes | Readable, by: "User", offset: int, size: int, sha256: bytes | None
) -> KeptFile:
    """A file that is whole comes again: the same is answered as before, another is kept beside it."""
    told = sha256
    if told is None and offset == 0:
        content = _read(content, skip=0, most=size)[0]
        told = hashlib.sha256(content).digest() if len(content) == size else None
    if told is None or (held.sha256 is not None and bytes(held.sha256) == told):
        return KeptFile(held.size, held.size, True)
    own = name_beside(held.name, told)
    return _keep(held.submission_id, own, content, by, offset, size, told)._replace(kept_as=own)


def _add_piece(held: Attachment, came: bytes, sha256: bytes | None) -> KeptFile:
    have = held.have + len(came)
    if came:
        _write(_pieces(held) / f"{held.have:012d}", registry.seal_file(came))
        # Where two requests bring the same piece at once, one of them counts.
        Attachment.objects.filter(pk=held.pk, have=held.have, path="").update(
            have=have, size=held.size, sha256=held.sha256 or sha256
        )
        held.refresh_from_db()
    if held.have == held.size and not held.path:
        return _finish(held, b"".join(_all_pieces(held)), sha256)
    return KeptFile(held.have, held.size, bool(held.path))


def _all_pieces(held: Attachment) -> Iterator[bytes]:
    for path in sorted(_pieces(held).iterdir()):
        if path.suffix != ".new":
            yield registry.open_file(path.read_bytes())


def _finish(held: Attachment, whole: bytes, sha256: bytes | None) -> KeptFile:
    """All bytes are here: look whether they are the file, seal it in one, and let the submission know."""
    digest = hashlib.sha256(whole).digest()
    told = sha256 or (bytes(held.sha256) if held.sha256 else None)
    if len(whole) != held.size or (told is not None and told != digest):
        if held.pk:
            _forget_pieces(held)
        raise NotTheFile(_("The file did not arrive as it was sent. It is sent again from the start."))
    name = hashlib.sha256(f"{held.submission_id.hex}/{held.name}/".encode() + digest).hexdigest()[:40]
    path = f"surveys/{held.received_at:%Y-%m}/{name}.sealed"
    _write(Path(settings.MEDIA_ROOT) / path, registry.seal_file(whole))
    held.path, held.have, held.sha256 = path, held.size, digest
    held.mime = picture_kind(whole[:32]) or UNKNOWN_KIND
    pieces = _pieces(held)
    own = ""
    if not _is_written(held):
        # Another request brought a file under this name to its end meanwhile.
        winner = Attachment.objects.get(submission_id=held.submission_id, name=held.name)
        if winner.sha256 is not None and bytes(winner.sha256) != digest:
            own = name_beside(held.name, digest)
            beside = Attachment(
                submission_id=held.submission_id, name=own, by=held.by, size=held.size, have=held.size, sha256=digest,
                mime=held.mime, path=path, received_at=held.received_at,
            )  # fmt: skip
            _is_written(beside)
    shutil.rmtree(pieces, ignore_errors=True)
    # After the file stands: of two that are finished at once, one sees the other.
    return KeptFile(held.size, held.size, True, own, _completes(held))


def _is_written(whole: Attachment) -> bool:
    """Write that the file is whole; False where another of this name is whole already."""
    columns = {name: getattr(whole, name) for name in ("path", "have", "size", "sha256", "mime")}
    row = whole
    if whole._state.adding:
        row = _kept_row(whole)
        if row is whole:
            return True
    same = Attachment.objects.filter(pk=row.pk)
    return bool(same.filter(path="").update(**columns)) or same.filter(path=whole.path).exists()


def name_beside(name: str, digest: bytes) -> str:
    """The name of a file that came under one that another file has."""
    return f"{digest.hex()[:8]}~{name}"[:200]


def _completes(held: Attachment) -> bool:
    """A submission that waited for this file, or was flagged for want of it, goes on when it was the last."""
    late = (Submission.State.WAITING, Submission.State.FLAGGED)
    waiting = Submission.objects.filter(pk=held.submission_id, state__in=late)
    submission = waiting.only("pk", "state", "files", "beside", "problems").first()
    if submission is None or missing_files(submission):
        return False
    if any(each.kind != "files_missing" for each in troubles_of(submission)):
        return False
    going_on = {"state": Submission.State.RECEIVED, "problems": sealed_problems([])}
    return bool(waiting.filter(state=submission.state).update(**going_on))


def _forget_pieces(held: Attachment) -> None:
    Attachment.objects.filter(pk=held.pk, path="").update(have=0)
    held.have = 0
    shutil.rmtree(_pieces(held), ignore_errors=True)


def _pieces(held: Attachment) -> Path:
    return Path(settings.MEDIA_ROOT) / "surveys" / "pieces" / str(held.pk)


def _write(path: Path, sealed: bytes) -> None:
    """All of it or nothing, also when the power fails: under another name first, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    with open(fresh, "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)
