"""Taking a list back at any later time, and letting it stand again; first what that would change."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from mudmai.access import services as access
from mudmai.audit import services as audit
from mudmai.linkage import services as linkage
from mudmai.people import services as registry

if TYPE_CHECKING:
    from mudmai.accounts.models import User
    from mudmai.people.models import Batch
    from mudmai.people.services import Changes

Progress = Callable[[int, int], None]


def preview_undo(batch: "Batch") -> "Changes":
    """What taking the list back would change, or putting a withdrawn one back; nothing is changed."""
    return registry.foresee(batch)


def undo(batch: "Batch", *, by: "User | None", reason: str = "", progress: Progress = lambda done, total: None) -> None:
    """Take a list back whole. Safe to repeat: after a crash, call it again and it finishes.

    Raises OutsideYourAreas, DutyDoesNotAllow.
    """
    _may(batch, by)
    if batch.withdrawn:
        registry.finish_turn(batch, progress)
        return
    # The log says who asked, even where a crash follows.
    audit.record(by, "intake.list.undone", "batch", batch.pk, area_code=batch.area_code)
    registry.withdraw(batch, by=by, reason=reason, progress=progress)


def restore(
    batch: "Batch", *, by: "User | None", reason: str = "", progress: Progress = lambda done, total: None
) -> None:
    """Let a list that was taken back stand again. Safe to repeat, as `undo` is.

    Raises OutsideYourAreas, DutyDoesNotAllow.
    """
    _may(batch, by)
    if not batch.withdrawn:
        registry.finish_turn(batch, progress)
        return
    audit.record(by, "intake.list.restored", "batch", batch.pk, area_code=batch.area_code)
    registry.restore(batch, by=by, reason=reason, progress=progress)
    linkage.check_batch(batch)


def _may(batch: "Batch", by: "User | None") -> None:
    if by is not None:
        access.require(by, "intake.undo", batch.area_code)
