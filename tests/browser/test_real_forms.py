"""Real forms of others and our ready ones, filled by the phone's engine: the server must find nothing to object to."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.browser import harness
from tests.surveys.filling import media_for
from tests.surveys.forms import real_forms

from mudmai.kernel import clock
from mudmai.surveys.rules.ready import ready_forms
from mudmai.surveys.rules.xform import XForm
from mudmai.surveys.rules.xlsform import convert

TURNS = range(4)  # each takes other choices of the lists, so other branches of the form


@pytest.fixture
def phone(quiet: Page, built_harness: Path) -> Page:
    """A page on which forms can be filled by the engine."""
    harness.open_harness(quiet, built_harness)
    return quiet


def objections(phone: Page, xform: str, media: dict[str, bytes], turn: int, **answers: str) -> list[str]:
    """What the engine could not answer, and what the server would object to."""
    by_path = {f"/data/{name}": answer for name, answer in answers.items()}
    filled = harness.fill(phone, xform, media, turn=turn, answers=by_path)
    checked = XForm.parse(xform, media).check(filled["xml"].encode(), today=date.today())
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
