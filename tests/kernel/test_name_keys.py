"""Comparing names by how they are written and how they sound (kernel.names.keys)."""

import csv
import gzip
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mudmai.kernel.names import name_key, sound_key

thai = st.text(alphabet=st.characters(min_codepoint=0x0E01, max_codepoint=0x0E4E), min_size=1, max_size=20)
TONES = "่้๊๋"


@pytest.mark.parametrize(
    ("one", "other"),
    [("สมศักดิ์", "สมศักดิ"), ("เเดง", "แดง"), ("น้ํา", "นำ้"), ("ราษฎร", "ราษฏร"), ("สม หญิง", "สมหญิง"), ("oารี", "อารี")],
)
def test_careless_writing_gives_the_same_name_key(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ศักดิ์ชัย", "สักชัย"),
        ("จันทร์", "จัน"),
        ("ชัย", "ไชย"),
        ("วรรณี", "วันนี"),
        ("พงษ์", "พงศ์"),
        ("ทรงศักดิ์", "ซงศัก"),
        ("ศรี", "สี"),
        ("วุฒิ", "วุท"),
        ("ไพโรจน์", "ไพโรด"),
        ("หนูนา", "นูนา"),
        ("กัญญา", "กันยา"),
        ("ณัฐ", "นัด"),
    ],
)
def test_names_that_sound_alike_share_a_sound_key(one, other):
    assert sound_key(one) == sound_key(other)


@pytest.mark.parametrize(("one", "other"), [("สมชาย", "สมหมาย"), ("มานี", "มานะ"), ("แดง", "ดำ"), ("สมศรี", "สมใจ")])
def test_names_that_sound_apart_keep_apart(one, other):
    assert sound_key(one) != sound_key(other)


@given(thai)
def test_spaces_and_invisible_signs_change_no_key(name):
    blurred = f" {name[:3]}\u200b{name[3:]}  "

    assert name_key(blurred) == name_key(name)
    assert sound_key(blurred) == sound_key(name)


@given(st.lists(st.sampled_from(["สม", "ชาย", "ปา", "นี", "กู", "เต", "แก", "โต"]), min_size=1, max_size=5), st.data())
def test_tone_marks_change_no_sound_key(syllables, data):
    toned = [
        part[0] + data.draw(st.sampled_from(TONES)) + part[1:] if part[0] not in "เแโ" else part for part in syllables
    ]

    assert sound_key("".join(toned)) == sound_key("".join(syllables))


@given(thai)
def test_a_name_key_is_its_own_key(name):
    assert name_key(name_key(name)) == name_key(name)


def test_real_misspellings_of_village_names_sound_alike(shared_data):
    """The same village in two public lists, ten years apart, written differently by one or two signs."""
    with gzip.open(shared_data("admin/villages_codes_2022.csv.gz"), "rt", encoding="utf-8-sig") as file:
        official = {row["code"]: row["name_th"].removeprefix("บ้าน") for row in csv.DictReader(file)}
    with gzip.open(shared_data("admin/village_points_2012.csv.gz"), "rt", encoding="utf-8-sig") as file:
        pairs = [
            (row["name"].removeprefix("บ้าน"), official[row["code"]])
            for row in csv.DictReader(file)
            if row["code"] in official
        ]
    misspelt = [(a, b) for a, b in pairs if a != b and len(b) > 4 and abs(len(a) - len(b)) < 2 and _is_near(a, b)]
    others = random.Random(1).sample(sorted(set(official.values())), 2000)

    assert len(misspelt) > 1000
    assert sum(sound_key(a) == sound_key(b) for a, b in misspelt) / len(misspelt) > 0.38
    assert len({sound_key(name) for name in others}) / len(others) > 0.95


def _is_near(one: str, other: str) -> bool:
    same_start = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    rest, other_rest = one[same_start:][::-1], other[same_start:][::-1]
    same_end = next((i for i, (a, b) in enumerate(zip(rest, other_rest, strict=False)) if a != b), len(rest))
    return max(len(rest), len(other_rest)) - same_end <= 2
