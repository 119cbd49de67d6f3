"""From what was sent to the registry: checked, linked, written and folded in steps of many.

Safe to be killed anywhere and begun again: ids follow from the submission, and one transaction writes the records of a
step together with the note of which submissions they are from.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import Error as DatabaseTrouble
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mudmai.audit import services as audit
from mudmai.kernel import clock, stopping
from mudmai.linkage import services as linkage
from mudmai.linkage.services import Match, Subject
from mudmai.people import services as registry
from mudmai.people.rules.catalogue import catalogue
from mudmai.people.services import NewDecision, NewRecord
from mudmai.surveys.models import Submission
from mudmai.surveys.queries.files import missing_files
from mudmai.surveys.queries.problems import sealed_problems
from mudmai.surveys.rules.troubles import Trouble
from mudmai.surveys.rules.visits import PersonTold, id_of
from mudmai.surveys.services.drafting import drafts_of
from mudmai.surveys.services.drafts import Draft

if TYPE_CHECKING:
    from mudmai.people.models import Batch

log = logging.getLogger("mudmai.surveys")

STEP = 100  # submissions
# So long a step may take before another job finishes it: its worker is gone.
PATIENCE = timedelta(minutes=2)
WAIT_FOR_FILES = timedelta(days=1)
# Reasons of a question that mean: the id told belongs to somebody else, so the record does not keep it.
NOT_HERS = frozenset({"id_two_people", "id_of_another"})
RECEIVED, SETTLED, FLAGGED = Submission.State.RECEIVED, Submission.State.SETTLED, Submission.State.FLAGGED


def settle_received(*, patience: timedelta = PATIENCE) -> int:
    """Bring all that waits into the registry; returns how many were settled or flagged. Safe to repeat.

    Steps that a dead worker left are finished first, once `patience` has passed since they began.
    """
    count = finish_steps(patience=patience)
    while True:
        waiting = Submission.objects.filter(state=RECEIVED, batch=None).order_by("received_at", "pk")
        step = list(waiting.select_related("by", "version__form").defer("version__xform", "version__source")[:STEP])
        if not step:
            return count
        count += settle_step(step)
        stopping.pause_if_asked()


def settle_what_was_left() -> None:
    """A chore: what waited too long for its files is flagged, what a crash left is taken up again."""
    look_for_files()
    settle_received()


def look_for_files() -> None:
    """Submissions whose files are all here go on; those that waited for a day are flagged."""
    for submission in Submission.objects.filter(state=Submission.State.WAITING).defer("sealed").order_by("received_at"):
        missing = missing_files(submission)
        late = clock.now() - submission.received_at > WAIT_FOR_FILES
        if not missing:
            Submission.objects.filter(pk=submission.pk, state=submission.state).update(state=RECEIVED)
        elif late:
            trouble = Trouble("", "files_missing", told=", ".join(missing))
            Submission.objects.filter(pk=submission.pk, state=submission.state).update(
                state=FLAGGED, problems=sealed_problems([trouble])
            )


def settle(submission: Submission) -> Submission:
    """Bring one submission into the registry, or flag it."""
    if submission.state == RECEIVED and submission.batch_id is None:
        settle_step([submission])
    submission.refresh_from_db()
    return submission


def settle_step(step: Sequence[Submission]) -> int:
    """Settle or flag these submissions; returns how many. One that breaks the step is flagged and holds up no other."""
    try:
        return _settle_together(step)
    except (DatabaseTrouble, OSError, MemoryError, stopping.StoppedEarly):
        raise
    except Exception:
        if len(step) > 1:
            return sum(settle_step([submission]) for submission in step)
        log.exception("Submission %s could not be settled.", step[0].pk)
        broken = {"state": FLAGGED, "problems": sealed_problems([Trouble("", "broken")])}
        return Submission.objects.filter(pk=step[0].pk, state=RECEIVED, batch=None).update(**broken)


def _settle_together(step: Sequence[Submission]) -> int:
    drafts = drafts_of(step)
    good = [draft for draft in drafts if not draft.stops]
    _flag([draft for draft in drafts if draft.stops])
    matches = _matches(good)
    groups: dict[tuple[int | None, str], list[Draft]] = defaultdict(list)
    for draft in good:
        groups[draft.submission.by_id, draft.kind].append(draft)
    for group in groups.values():
        batch = _write(group, matches)
        if batch is not None:
            _close(batch)
    return len(drafts)


def finish_steps(*, patience: timedelta = PATIENCE) -> int:
    """Finish steps whose records are written and whose worker is gone; returns how many submissions were in them."""
    begun = Submission.objects.filter(state=RECEIVED, batch__isnull=False).select_related("batch").only("batch")
    given_up = begun.filter(Q(batch__made_at__lte=timezone.now() - patience) | Q(batch__closed_at__isnull=False))
    batches = {each.batch_id: each.batch for each in given_up if each.batch is not None}
    return sum(_close(batch) for batch in batches.values())


def _flag(drafts: Iterable[Draft]) -> None:
    for draft in drafts:
        columns = {"state": FLAGGED, "problems": sealed_problems(draft.troubles), "area_code": draft.area}
        Submission.objects.filter(pk=draft.submission.pk, state=RECEIVED, batch=None).update(**columns)


def _matches(drafts: Sequence[Draft]) -> dict[str, Match]:
    """Who those are whom the phone did not know; all of a step together, for two may have met the same newcomer."""
    subjects = [_subject(draft, person) for draft in drafts for person in draft.newcomers]
    return {match.key: match for match in linkage.match_household(subjects)} if subjects else {}


def _subject(draft: Draft, person: PersonTold) -> Subject:
    said = person.said
    phone = said.get("phone")
    return Subject(
        key=id_of(draft.submission.pk, person.node),
        cid=person.cid,
        title=said.get("title", ""),
        given=said.get("given_name", ""),
        family=said.get("family_name", ""),
        sex=said.get("sex", ""),
        birth_date=said.get("birth_date", ""),
        phone=phone[0] if isinstance(phone, list) and phone else "",
        area=draft.area,
        house_no=draft.house.get("house_no", ""),
        household_key=draft.household if person.lives_here else None,
    )


def _write(drafts: list[Draft], matches: dict[str, Match]) -> "Batch | None":
    """Write the records, decisions and questions of one sender, and note the batch; all of it or nothing.

    None where other hands were quicker with every one of them.
    """
    with transaction.atomic():
        keys = [draft.submission.pk for draft in drafts]
        free = Submission.objects.select_for_update(of=("self",)).filter(pk__in=keys, state=RECEIVED, batch=None)
        ours = set(free.values_list("pk", flat=True))
        drafts = [draft for draft in drafts if draft.submission.pk in ours]
        if not drafts:
            return None
        batch = _open_batch(drafts)
        found = [matches[key] for draft in drafts for person in draft.newcomers
                 if (key := id_of(draft.submission.pk, person.node)) in matches]  # fmt: skip
        registry.add_records(batch, [record for draft in drafts for record in _records(draft, matches)])
        registry.add_decisions(
            [decision for draft in drafts for decision in _decisions(draft, matches)], by=batch.by, batch=batch
        )
        unsure = [match._replace(outcome="review", person=None) for match in found if match.others]
        if unsure:
            linkage.ask(batch.pk, unsure)
        for draft in drafts:
            _note(draft, batch)
    return batch


def _note(draft: Draft, batch: "Batch") -> None:
    Submission.objects.filter(pk=draft.submission.pk).update(
        batch=batch, area_code=draft.area, observed_on=draft.day, household_id=draft.household,
        problems=sealed_problems(draft.troubles),
    )  # fmt: skip


def _open_batch(drafts: list[Draft]) -> "Batch":
    kind, by = drafts[0].kind, drafts[0].submission.by
    area = _shared([draft.area for draft in drafts])
    source = registry.ensure_source(code=f"{kind}-{area[:6] or 'all'}", kind=kind, name=catalogue().kinds[kind].th)
    titles = sorted({str(draft.submission.version.form) for draft in drafts if draft.submission.version})
    return registry.open_batch(
        by=by, source=source, label=f"{', '.join(titles)} · {by or _('nobody')}",
        as_of=max(draft.day for draft in drafts), area_code=area, rows=len(drafts),
    )  # fmt: skip


def _shared(areas: list[str]) -> str:
    """The smallest area that holds all."""
    shortest = min(areas, key=len)
    for length in range(len(shortest) - len(shortest) % 2, 0, -2):
        if all(area.startswith(shortest[:length]) for area in areas):
            return shortest[:length]
    return ""


def _records(draft: Draft, matches: dict[str, Match]) -> Iterable[NewRecord]:
    submission = draft.submission
    place = f"{submission.pk.hex} "
    if draft.house:
        yield NewRecord(
            said=draft.house, id=id_of(submission.pk, "household"), household_key=draft.household,
            observed_on=draft.day, area_code=draft.area, row_ref=f"{place}household", about="household",
        )  # fmt: skip
    for person in draft.people:
        key = id_of(submission.pk, person.node)
        match = matches.get(key)
        reasons = {other.evidence.get("why", {}).get("level") for other in match.others} if match else set()
        hers = match is None or match.person is not None or not reasons & NOT_HERS
        yield NewRecord(
            said=person.said, id=key, cid=person.cid if hers else None,
            household_key=draft.household if person.lives_here and draft.ties else None,
            observed_on=draft.day, area_code=draft.area, row_ref=f"{place}{person.node}"[:120],
        )  # fmt: skip


def _decisions(draft: Draft, matches: dict[str, Match]) -> Iterable[NewDecision]:
    """Links: to whom the phone knew, as its user chose them; else to whom linkage found."""
    for person in draft.people:
        key = id_of(draft.submission.pk, person.node)
        own = id_of(draft.submission.pk, f"{person.node}/link")
        if person.key:
            yield NewDecision("link", key, person.key, id=own)
        elif (match := matches.get(key)) is not None and match.person is not None:
            yield NewDecision(
                "link", key, match.person, basis=match.basis, score=match.score, evidence=match.evidence, id=own
            )


def _close(batch: "Batch") -> int:
    """Fold the records in, look for contradictions, and note that all is done. Safe to repeat."""
    registry.close_batch(batch)
    linkage.check_batch(batch)
    with transaction.atomic():
        done = Submission.objects.filter(batch=batch, state=RECEIVED).update(state=SETTLED, settled_at=clock.now())
        if done:
            audit.record(
                batch.by, "surveys.submissions.settled", "batch", batch.pk, area_code=batch.area_code, count=done
            )
    return done
