"""Real forms of others and our ready ones, filled by the phone's engine: the server must find nothing to object to."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page
from tests.browser import harness
from tests.people.town import row, tell
from tests.surveys.filling import PICTURE, media_for
from tests.surveys.forms import real_forms

from mudmai.accounts.models import User
from mudmai.kernel import clock
from mudmai.people.models import Household, Person
from mudmai.surveys import services
from mudmai.surveys.models import Form, FormVersion, Submission
from mudmai.surveys.queries.problems import troubles_of
from mudmai.surveys.rules.ready import ready_forms
from mudmai.surveys.rules.xform import XForm
from mudmai.surveys.rules.xlsform import convert
from mudmai.surveys.services.files import keep_file
from mudmai.surveys.services.keeping import keep_submission
from mudmai.surveys.services.settling import settle

TURNS = range(4)  # each takes other choices of the lists, so other branches of the form


@pytest.fixture
def phone(quiet: Page, built_harness: Path) -> Page:
    """A page on which forms are filled by the engine."""
    quiet.clock.set_fixed_time(clock.now())  # phone and server agree on the day
    harness.open_harness(quiet, built_harness)
    return quiet


def objections(phone: Page, xform: str, media: dict[str, bytes], turn: int, **answers: str) -> list[str]:
    """What the engine could not answer, and what the server would object to."""
    filled = harness.fill(phone, xform, media, turn=turn, answers=answers)
    checked = XForm.parse(xform, media).check(filled["xml"].encode(), today=clock.today())
    unanswered = [f"{each['kind']} {each['path']}" for each in filled["faults"]]
    found = [f"{each.kind} {each.path}: {each.told!r} for {each.expected!r}" for each in checked.problems]
    assert sorted(checked.files) == sorted(filled["names"])
    return unanswered + found


def test_the_server_accepts_what_the_engine_makes_of_the_real_forms(
    phone: Page, shared_data: Callable[[str], Path]
) -> None:
    forms = real_forms(shared_data("xlsforms"))
    found = {
        (name, turn): objections(phone, xform, media_for(xform), turn)
        for name, xform in forms.items()
        for turn in TURNS
    }
    assert {name: each for name, each in found.items() if each} == {}


def test_the_server_accepts_what_the_engine_makes_of_the_ready_forms(phone: Page) -> None:
    found: dict[tuple[str | int, ...], list[str]] = {}
    for code, ready in ready_forms().items():
        converted = convert(ready.xlsx(), ready.filename, now=clock.now())
        media = media_for(converted.xform) | dict(ready.media())
        for turn in TURNS:
            found[code, turn] = objections(phone, converted.xform, media, turn)
            found[code, turn, "done"] = objections(phone, converted.xform, media, turn, visit_outcome="done")
    assert {name: each for name, each in found.items() if each} == {}


def send(filled: dict[str, Any], by: User) -> Submission:
    """Keep what a phone sends, files first, and bring it into the registry."""
    submission_id = UUID(filled["instanceId"])
    for name, kind, content in filled["files"]:
        keep_file(submission_id, name, PICTURE if kind == "image/png" else bytes(content), by=by)
    kept = keep_submission(submission_id, filled["xml"].encode(), by=by)
    return settle(kept.submission)


def published(content: bytes, filename: str, by: User) -> FormVersion:
    version = services.receive_form(content, filename, by=by, area_code="520306")
    for name, data in media_for(version.xform).items():
        if not version.media.filter(name=name).exists():
            services.attach_media(version, name, data, by=by)
    services.publish(version, by=by)
    services.assign(version.form, area_code="520306", by=by)
    return version


def test_every_ready_form_reaches_the_registry_from_a_phone(
    phone: Page, noi: User, somsri: User, national_codes: None
) -> None:
    tell(row("ปั้น", "ใจดี", birth_date="1950-03-15", sex="f"), row("ดี", "ใจดี", birth_date="1948", sex="m"))
    house, people = Household.objects.get(), list(Person.objects.order_by("pk"))
    named = [
        {"person_key": each.pk.hex, "given_name": each.given_name, "family_name": each.family_name} for each in people
    ]
    known = {"household": {"household_key": house.pk.hex}, "members": named, "person": named[0]}
    answers = {"visit_outcome": "done", "member_event": "here", "point": "18.17 99.40 0 8"}
    for code, ready in ready_forms().items():
        version = published(ready.xlsx(), ready.filename, somsri)
        media = {each.name: bytes(each.content) for each in version.media.all()}
        filled = harness.fill(phone, version.xform, media, known=known, answers=answers)
        sent = send(filled, noi)
        stops = [each for each in troubles_of(sent) if each.stops]
        assert (code, sent.state, stops) == (code, Submission.State.SETTLED, [])
        assert sent.household_id in {house.pk, None}
    assert Form.objects.count() == len(ready_forms())
    assert Household.objects.count() == 1


def test_every_real_form_can_be_published_and_what_phones_send_of_it_is_taken(
    phone: Page, noi: User, somsri: User, national_codes: None, shared_data: Callable[[str], Path]
) -> None:
    folder = shared_data("xlsforms")
    for name in real_forms(folder):
        version = published((folder / name).read_bytes(), name, somsri)
        media = {each.name: bytes(each.content) for each in version.media.all()}
        sent = send(harness.fill(phone, version.xform, media), noi)
        stops = [each for each in troubles_of(sent) if each.stops]
        assert (name, sent.state, stops) == (name, Submission.State.SETTLED, [])
