"""Keeps what everybody is entitled to in step with the registry, the calendar and the rules."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import timedelta
from secrets import randbits

from django.db import connection, transaction
from django.dispatch import Signal
from django.utils import timezone

from mudmai.access.queries import widest
from mudmai.kernel import clock, stopping
from mudmai.people.queries import Frame, frame
from mudmai.people.services import bulk
from mudmai.rights.models import Due, Evaluation, Standing, Watched
from mudmai.rights.queries.rows import rules_fingerprint
from mudmai.rights.services.judging import codes, rows_of
from mudmai.rights.services.storing import (
    Found,
    add_to_tallies,
    stored_in,
    stored_of,
    tallies_of,
    write,
    write_tallies,
)

# Sent when the rules changed; the jobs of the module listen.
rules_stirred = Signal()

Progress = Callable[[int, int], None]

STEP = 2000
# A run over everybody that has not ended by then has died.
LONGEST_RUN = timedelta(hours=1)


def evaluate_all(areas: Sequence[str] = ("",), progress: Progress | None = None) -> int:
    """Evaluate everybody in these areas; returns how many people that were. Safe to repeat.

    Readers see all of the old or all of the new. Whoever changes meanwhile stays due and is evaluated again at the end.
    """
    rules, day = rules_fingerprint(), clock.today()
    tell = progress or (lambda _done, _total: None)
    _begin()
    try:
        people = frame(codes(), areas=areas)
        total = len(people.persons)
        tell(0, total)
        Evaluation.objects.update(total=total, done=0)
        found = rows_of(people)
        stopping.pause_if_asked()
        with transaction.atomic():
            _hold()
            if "" in areas:
                write(stored_in(""), found)
                write_tallies(tallies_of(found))
                Evaluation.objects.update(rules=rules, on=day, done=total, finished_at=timezone.now())
            else:
                _bring(_stored_near(areas, people), found)
            Evaluation.objects.update(version=randbits(31))
        tell(total, total)
    finally:
        Evaluation.objects.update(begun_at=None)
    if "" in areas and total > STEP:
        bulk.tidy(Standing, Watched)
    evaluate_due()
    return total


def evaluate_persons(subjects: Collection[str]) -> int:
    """Evaluate these persons, and all who live in these houses, together with their houses; returns how many rows.

    Whoever is in the registry no longer is forgotten.
    """
    wanted = sorted(set(subjects))
    with transaction.atomic():
        is_whole_run = _hold().begun_at is not None
        # What a run over everybody read before this may be written after it, so then these stay due.
        if not is_whole_run:
            bulk.execute_in("DELETE FROM rights_due WHERE subject IN {in}", wanted)
        people = frame(codes(), persons=wanted, households=wanted)
        written = _bring(stored_of({*wanted, *people.persons.ids}), rows_of(people))
        if written:
            Evaluation.objects.update(version=randbits(31))
    return written


def evaluate_due() -> int:
    """Evaluate whoever is due; returns how many subjects these were."""
    done = 0
    while subjects := _due():
        done += len(subjects)
        evaluate_persons(subjects)
        if Evaluation.objects.filter(begun_at__isnull=False).exists():
            break  # the run over everybody takes them at its end
        stopping.pause_if_asked()
    return done


def evaluate_daily() -> int:
    """A chore: everybody where the rules or the fiscal year changed, else those of whom something changes by today."""
    today, last = clock.today(), _evaluation()
    if last.begun_at is not None and last.begun_at < timezone.now() - LONGEST_RUN:
        Evaluation.objects.update(begun_at=None)
    is_new_year = last.on is None or clock.fiscal_year(last.on) != clock.fiscal_year(today)
    if is_new_year or last.rules != rules_fingerprint():
        return evaluate_all()
    note(key.hex for key in Watched.objects.filter(next_on__lte=today).values_list("person_id", flat=True))
    done = evaluate_due()
    Evaluation.objects.update(on=today)
    return done


def rules_changed() -> None:
    """Rows of parameters were added or taken back: everybody is evaluated anew, once this is committed."""
    transaction.on_commit(lambda: rules_stirred.send(sender=None), robust=True)


def note(subjects: Iterable[str]) -> None:
    """Keep that these persons and houses (32 hex digits) are to be evaluated."""
    keys = list(subjects)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sql = "INSERT INTO rights_due (subject) SELECT unnest(%s::text[]::uuid[]) ON CONFLICT DO NOTHING"
            cursor.execute(sql, [keys])
        else:
            sql = "INSERT INTO rights_due (subject) VALUES (%s) ON CONFLICT DO NOTHING"
            cursor.executemany(sql, [(key,) for key in keys])


def _begin() -> None:
    _evaluation()
    Evaluation.objects.update(begun_at=timezone.now())


def _evaluation() -> Evaluation:
    return Evaluation.objects.get_or_create(pk=1)[0]


def _hold() -> Evaluation:
    """Only one writes at a time: else what was read first might be written last."""
    _evaluation()
    return Evaluation.objects.select_for_update().get(pk=1)


def _due() -> list[str]:
    return [key.hex for key in Due.objects.order_by("subject").values_list("subject", flat=True)[:STEP]]


def _bring(old: Found, new: Found) -> int:
    """Some people anew, and the counts of their areas with them."""
    written = write(old, new)
    if written:
        add_to_tallies(tallies_of(old), tallies_of(new))
    return written


def _stored_near(areas: Sequence[str], people: Frame) -> Found:
    """What is stored of these areas, and of whoever of the frame stood elsewhere before."""
    found = Found([], [], [])
    for area in widest(areas):
        found = found.plus(stored_in(area))
    return found.plus(stored_of(set(people.persons.ids) - found.persons()))
