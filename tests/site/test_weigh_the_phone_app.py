"""The phone app stays small: it is fetched over the weakest of networks."""

import gzip
import re

import pytest

from mudmai.surveys.views.app import BUILT

LIMIT = 350_000  # bytes of programs, gzipped
# The page of the back office that shows a form as a phone does; no phone loads it.
NOT_OF_THE_APP = {"preview.js"}


def test_its_programs_are_small() -> None:
    programs = [
        each for each in BUILT.rglob("*") if each.suffix in {".js", ".wasm"} and each.name not in NOT_OF_THE_APP
    ]
    if not programs:
        pytest.skip("the phone app is not built (make setup)")

    weight = {each.name: len(gzip.compress(each.read_bytes(), 9)) for each in programs}

    assert sum(weight.values()) <= LIMIT, weight


def test_all_that_it_needs_without_a_network_is_kept() -> None:
    if not (BUILT / "sw.js").exists():
        pytest.skip("the phone app is not built (make setup)")

    kept = set(re.findall(r'"/static/field/([^"]+)"', (BUILT / "sw.js").read_text()))
    built = {f"assets/{each.name}" for each in (BUILT / "assets").iterdir() if each.suffix != ".gz"}

    assert built <= kept
