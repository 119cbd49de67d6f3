"""Answers to other programs: is this person known? No more than that is told, and each question is kept."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from mudmai.access.queries import scope_for
from mudmai.access.rules import PURPOSES, is_area_code
from mudmai.access.services import require_somewhere
from mudmai.audit.queries import newest_before
from mudmai.audit.services import record
from mudmai.integrations.rules import MOST_ROWS, ROWS_A_DAY, ROWS_A_MINUTE, Answer, Asked, tells_enough
from mudmai.kernel import addresses, clock, dates, ids, names
from mudmai.kernel.errors import BadInput, TooOften
from mudmai.kernel.parsed import Parsed
from mudmai.kernel.uuid7 import uuid7
from mudmai.kernel.words import sentence
from mudmai.linkage.services import Subject, match_one
from mudmai.people import queries as people
from mudmai.people.rules.addressing import household_key

if TYPE_CHECKING:
    from mudmai.accounts.models import User

ASKED = "integrations.person.asked"
VIEW = "people.view"


class UnknownPurpose(BadInput):
    """No purpose was told, or one that nobody knows."""

    code = "unknown_purpose"


class TooManyRows(BadInput):
    """Nobody, or too many, asked about at once."""

    code = "too_many_rows"


class RowsUnreadable(BadInput):
    """Some rows cannot be answered; `problems` says which and why: [{row, field, message}]."""

    code = "rows_unreadable"

    def __init__(self, message: object, problems: list[dict[str, object]]) -> None:
        super().__init__(message)
        self.problems = problems


class AskedTooOften(TooOften):
    """More people were asked about than work needs; `wait` tells the seconds until it may be asked again."""

    code = "asked_too_often"

    def __init__(self, message: object, wait: int) -> None:
        super().__init__(message)
        self.wait = wait


def are_known(asked: Sequence[Asked], *, by: "User", purpose: str, program: str) -> list[Answer]:
    """Say of each person whether the registry knows them in the areas where the user sees people; keeps the question.

    Whoever lives elsewhere has no part in the answer: "unknown" says that nobody of these areas is this person, and
    nothing about other areas. `program` names the token in the log. Nothing is answered unless every row can be.
    Raises NotAllowed, UnknownPurpose, TooManyRows, RowsUnreadable, AskedTooOften.
    """
    require_somewhere(by, VIEW)
    if purpose not in PURPOSES:
        raise UnknownPurpose(_("Tell the purpose, one of: %(known)s.") % {"known": ", ".join(PURPOSES)})
    if not 1 <= len(asked) <= MOST_ROWS:
        raise TooManyRows(_("Ask about 1 to %(most)s people at once.") % {"most": MOST_ROWS})
    subjects = _read(asked)
    areas = scope_for(by).prefixes_for(VIEW)
    with transaction.atomic():
        _hold_back(by, len(asked))
        return [_answer(subject, areas, by, purpose, program) for subject in subjects]


def _answer(subject: Subject, areas: tuple[str, ...], by: "User", purpose: str, program: str) -> Answer:
    match = match_one(subject, areas=areas)
    if match.person is None:
        answer = Answer("unsure" if match.others else "unknown")
    else:
        answer = Answer("known", people.person_code(match.person))
    record(
        by, ASKED, "person" if match.person else "", match.person or "", purpose=purpose, answer=answer.answer,
        program=program,
    )  # fmt: skip
    return answer


LIMITS = ((timedelta(minutes=1), ROWS_A_MINUTE), (timedelta(days=1), ROWS_A_DAY))


def _hold_back(by: "User", rows: int) -> None:
    """Count by the log itself, which all processes share. Raises AskedTooOften."""
    now = clock.now()
    for span, most in LIMITS:
        before = newest_before(by, ASKED, skip=most - rows)
        if before is not None and now - before < span:
            seconds = max(1, int((span - (now - before)).total_seconds()))
            words = _("Too many people were asked about. Wait %(seconds)s seconds, then ask again.")
            raise AskedTooOften(words % {"seconds": seconds}, seconds)


def _read(asked: Sequence[Asked]) -> list[Subject]:
    """The rows as linkage compares them. Raises RowsUnreadable with every problem of every row."""
    problems: list[dict[str, object]] = []
    subjects = []
    for number, row in enumerate(asked, 1):
        subject, wrong = _subject(row)
        subjects.append(subject)
        problems += [{"row": number, "field": field, "message": message} for field, message in wrong.items()]
    if problems:
        raise RowsUnreadable(_("Some rows cannot be read. Correct them and ask again; nothing was answered."), problems)
    return subjects


def _subject(row: Asked) -> tuple[Subject, dict[str, str]]:
    wrong: dict[str, str] = {}
    name = names.person_name(row.given, family=row.family or None)
    birth = dates.thai_date(row.birth, today=clock.today())
    number = addresses.house_no(row.house)
    parsed: tuple[tuple[str, str, Parsed[Any]], ...] = (
        ("given", row.given, name), ("birth", row.birth, birth), ("house", row.house, number),
    )  # fmt: skip
    for field, told, found in parsed:
        if told and (found.problem or found.value is None):
            wrong[field] = _(sentence(found.problem or "name_unreadable"))
    # A wrong check digit is a common slip, and is looked up as one; anything else is no id at all.
    cid = ids.citizen_id(row.cid)
    if row.cid and cid.value is None and cid.problem != "cid_checksum":
        wrong["cid"] = _(sentence(cid.problem or "cid_length"))
    if row.area and not is_area_code(row.area):
        wrong["area"] = _("“%(code)s” is no area code: write 2, 4, 6 or 8 digits.") % {"code": row.area}
    if not wrong and not tells_enough(row):
        wrong["given"] = _("Tell the given name, and the id or the family name with the birth date or the house.")
    house = number.value or ""
    return Subject(
        key=uuid7().hex,
        cid=cid.value or row.cid or None,
        title=name.value.title if name.value else "",
        given=name.value.given if name.value else "",
        family=name.value.family if name.value else "",
        sex=name.value.sex_hint if name.value else "",
        birth_date=birth.value.iso if birth.value else "",
        area=row.area,
        house_no=house,
        household_key=household_key(area=row.area, house_no_key=addresses.house_no_key(house)) if house else None,
    ), wrong  # fmt: skip
