"""The phone folds the steps of a meeting by rules of its own in TypeScript: both are held to the same stories.

`field/tests/assembly/stories.json` tells steps and what stands after them; the test of the phone reads it, and this one
checks that it is what our rules say.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from mudmai.assembly.rules.chain import hash_of
from mudmai.assembly.rules.minutes import Minutes, StepIncomplete, StepRefused, after, apply

STORIES = json.loads((Path(__file__).parents[2] / "field/tests/assembly/stories.json").read_text(encoding="utf-8"))


def told(minutes: Minutes) -> dict[str, Any]:
    """What both sides know."""
    return {
        "title": minutes.title,
        "heldOn": minutes.held_on,
        "place": minutes.place,
        "rows": [
            {name: value for name, value in asdict(row).items() if name != "household"} for row in minutes.rows.values()
        ],
        "attendance": minutes.attendance,
        "villagers": minutes.villagers,
        "objections": [asdict(each) for each in minutes.objections],
        "notes": minutes.notes,
        "photos": [each["sha256"] for each in minutes.photos],
        "signers": list(minutes.signers),
        "signatures": [
            {"name": each.name, "position": each.position, "at": each.at, "way": each.way}
            for each in minutes.signatures
        ],
        "phase": minutes.phase,
    }


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["name"])
def test_the_server_says_of_each_story_what_the_phone_says(story: dict[str, Any]) -> None:
    steps = [json.loads(text) for text in story["steps"]]
    assert told(after(steps)) == story["stands"]

    before = story["id"].replace("-", "")
    for text, own in zip(story["steps"], story["hashes"], strict=True):
        before = hash_of(before, text)
        assert before == own


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["name"])
def test_the_server_refuses_what_the_phone_refuses(story: dict[str, Any]) -> None:
    for text in story["refused"]:
        with pytest.raises((StepRefused, StepIncomplete)):
            apply(after(json.loads(each) for each in story["steps"]), json.loads(text))
