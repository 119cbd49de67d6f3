"""Withdrawing and restoring: a batch, a record or a decision stops standing, or stands again, at any later time."""

import time
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mudmai.kernel import clock, stopping
from mudmai.kernel.errors import NotFound
from mudmai.people.models import Batch, Decision, Record
from mudmai.people.queries.log import unfinished_turns
from mudmai.people.rules.identity import Withdrawal, withdrawn_targets
from mudmai.people.services import bulk
from mudmai.people.services.log import NewDecision, Progress, add_decisions
from mudmai.people.services.refold import refold_house_members, refold_keys, refold_records
from mudmai.people.services.stirring import stir_closed_by
from mudmai.people.services.tallies import count_everything

if TYPE_CHECKING:
    from mudmai.accounts.models import User

Target = Batch | Record | Decision
SIGN_EVERY_SECONDS = 10.0


class NothingToWithdraw(NotFound):
    code = "nothing_to_withdraw"


def withdraw(
    target: Target, *, by: "User | None", reason: str = "", progress: Progress = lambda d, t: None, **how: Any
) -> None:
    """Take a batch, a record or a decision back; what follows from it is folded again without it.

    `how`: basis and evidence, where it was no person who decided.
    """
    _turn("withdraw", target, by, reason, progress, **how)


def restore(target: Target, *, by: "User | None", reason: str = "", progress: Progress = lambda d, t: None) -> None:
    """Let a withdrawn batch, record or decision stand again."""
    _turn("restore", target, by, reason, progress)


def _turn(kind: str, target: Target, by: "User | None", reason: str, progress: Progress, **how: Any) -> None:
    broke_off = isinstance(target, Batch) and target.turning_at is not None
    with transaction.atomic():
        about = target._meta.model_name or ""
        add_decisions([NewDecision(kind=kind, left=target.pk.hex, about=about, reason=reason, **how)], by=by)
        apply_withdrawals(about, target.pk.hex)
        if isinstance(target, Batch):
            _note_turning(target)
            if kind == "withdraw":
                stir_closed_by(target)
        target.refresh_from_db()
        if not isinstance(target, Batch):
            refold_target(target, progress)
    if isinstance(target, Batch):
        _follow(target, progress, broke_off=broke_off)


def finish_turn(batch: Batch, progress: Progress = lambda d, t: None) -> None:
    """Finish taking a batch back, or putting it back, that a crash broke off; nothing where all was done."""
    batch.refresh_from_db()
    if batch.turning_at is not None:
        _follow(batch, progress, broke_off=True)


def finish_turns() -> None:
    """A chore: finish every batch on whose way back, or out, nobody works any more."""
    for batch in unfinished_turns():
        finish_turn(batch, lambda _done, _total: stopping.pause_if_asked())


def _follow(batch: Batch, progress: Progress, *, broke_off: bool) -> None:
    """Fold again what follows, with a sign of life, and note that all is done."""
    seen = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal seen
        if time.monotonic() - seen > SIGN_EVERY_SECONDS:
            seen = time.monotonic()
            _note_turning(batch)
        progress(done, total)

    refold_target(batch, tell)
    if broke_off:
        # What was folded before the crash no longer tells where it came from.
        count_everything()
    with transaction.atomic():
        # Where somebody turned it again meanwhile, that turn notes its own end.
        Batch.objects.filter(pk=batch.pk, withdrawn=batch.withdrawn).update(turning_at=None)
        if not batch.withdrawn:
            stir_closed_by(batch)
    batch.refresh_from_db()


def _note_turning(batch: Batch) -> None:
    Batch.objects.filter(pk=batch.pk).update(turning_at=clock.now())


def apply_withdrawals(about: str, target: str) -> None:
    """Set the target's flag as all decisions about it say: the newest decides."""
    rows = bulk.select(
        "SELECT kind, decided_at, id FROM people_decision WHERE \"left\" = %s AND kind IN ('withdraw', 'restore')",
        [target],
    )
    told = [Withdrawal(kind, target, str(at), bulk.hexed(key)) for kind, at, key in rows]
    stands = target not in withdrawn_targets(told)
    for model in (Batch, Record, Decision):
        if model._meta.model_name == about:
            model._default_manager.filter(pk=target).update(withdrawn=not stands)


def refold_target(target: Target, progress: Progress) -> None:
    """Fold again what a batch, a record or a decision is about."""
    if isinstance(target, Batch):
        rows = bulk.select("SELECT id FROM people_record WHERE batch_id = %s ORDER BY id", [target.pk.hex])
        refold_records([bulk.hexed(row[0]) for row in rows], progress)
        refold_keys(_merged_by(target, "person"))
        refold_house_members(_merged_by(target, "household"))
    elif isinstance(target, Record):
        refold_records([target.pk.hex])
    elif target.about == "household":
        refold_house_members([key.hex for key in (target.left, target.right) if key is not None])
    else:
        refold_keys([key.hex for key in (target.left, target.right) if key is not None])


def _merged_by(batch: Batch, about: str) -> list[str]:
    rows = bulk.select(
        'SELECT "left", "right" FROM people_decision WHERE batch_id = %s AND kind = \'merge\' AND about = %s',
        [batch.pk.hex, about],
    )
    return [bulk.hexed(key) for row in rows for key in row]


@transaction.atomic
def withdraw_decision_of(record_id: str, *, by: "User | None", reason: str) -> Decision:
    """Withdraw the standing link of a record. Raises NothingToWithdraw."""
    link = Decision.objects.filter(left=record_id, kind="link", withdrawn=False).order_by("-decided_at").first()
    if link is None:
        raise NothingToWithdraw(_("This row is not linked to another person."))
    withdraw(link, by=by, reason=reason)
    return link
