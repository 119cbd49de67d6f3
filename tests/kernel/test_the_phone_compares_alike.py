"""The phone compares names by rules of its own writing; these examples hold both to the same answers."""

import json
from pathlib import Path

import pytest

from mudmai.kernel.names import name_key, sound_key
from mudmai.kernel.text import clean

# field/tests/thai.test.ts reads the same file.
EXAMPLES = json.loads((Path(__file__).resolve().parents[2] / "field/tests/keys.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", EXAMPLES, ids=[each["text"] for each in EXAMPLES])
def test_a_name_has_the_keys_that_the_phone_gives_it(example: dict[str, str]) -> None:
    text = example["text"]

    assert (clean(text), name_key(text), sound_key(text)) == (example["clean"], example["name"], example["sound"])
