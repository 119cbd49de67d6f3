"""Whatever stands in a cell, a parser answers; its codes have sentences in both languages (all of the kernel)."""

import ast
import doctest
import importlib
import pkgutil
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from mudmai import kernel
from mudmai.kernel import addresses, dates, geo, ids, names, numbers, phones, words
from mudmai.kernel.parsed import Parsed

TODAY = date(2026, 11, 2)
PARSERS = {
    "citizen_id": ids.citizen_id,
    "house_code": ids.house_code,
    "person_name": names.person_name,
    "title": names.title,
    "name_with_columns": lambda cell: names.person_name(cell, title=cell, family=cell),
    "thai_date": lambda cell: dates.thai_date(cell, today=TODAY),
    "age": dates.age,
    "phones": phones.phones,
    "address": addresses.address,
    "house_no": addresses.house_no,
    "moo": addresses.moo,
    "point": geo.point,
    "coordinates": lambda cell: geo.coordinates(cell, cell),
    "number": numbers.number,
    "whole": numbers.whole,
    "baht": numbers.baht,
    "yes_no": numbers.yes_no,
}
_TITLES = ["นาย", "น.ส.", "ด.ช.", "คุณ", "พ.อ.", "หญิง", "(พิเศษ)"]
_DATE_WORDS = ["พ.ศ.", "มี.ค.", "ประมาณ", "ปี", "เดือน", "24800000", "2480", "25", "๑๒"]
_PLACES = ["ม.", "หมู่", "บ้าน", "ซ.", "ถ.", "ต.", "อ.", "จ.", "กรุงเทพฯ", "52130"]
_SIGNS = ["/", "-", ".", ",", "(", ")", "0", "1", "o", "°", "'", '"', "E", "N", "+", "ก", "ใจดี", "²", "x"]
likely_words = st.lists(st.sampled_from(_TITLES + _DATE_WORDS + _PLACES + _SIGNS), max_size=10)
texts = st.text(max_size=50) | likely_words.map("".join) | likely_words.map(" ".join)
thai_text = st.text(alphabet=st.characters(min_codepoint=0x0E00, max_codepoint=0x0E5F), max_size=30)
cells = st.one_of(
    texts,
    thai_text,
    st.integers(),
    st.integers(0, 10**8),
    st.integers(0, 10**8).map(str),
    st.floats(),
    st.none(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.binary(),
    st.times(),
)


@pytest.mark.parametrize("name", PARSERS)
@settings(max_examples=150, deadline=None)
@given(cell=cells)
def test_no_cell_makes_a_parser_fail(name, cell):
    read = PARSERS[name](cell)

    assert isinstance(read, Parsed)
    assert read.problem is None or read.value is None
    assert {*read.doubts, *([read.problem] if read.problem else [])} <= words.SENTENCES.keys()


@pytest.mark.parametrize("name", PARSERS)
@pytest.mark.parametrize(
    "cell", ["ก" * 100_000, "1" * 100_000, " " * 100_000, "่้" * 50_000, "12/" * 30_000, "<script>" * 9_000]
)
def test_a_huge_cell_is_refused_quickly(name, cell):
    assert PARSERS[name](cell).value is None


def _source_codes() -> set[str]:
    """Every code that the sources hand to `refused` or put among doubts: words with the prefixes of the known codes."""
    prefixes = {code.split("_")[0] for code in words.SENTENCES}
    found = set()
    for path in Path(kernel.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "refused":
                found |= {
                    arg.value for arg in ast.walk(node) if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                }
    return {code for code in found if code.split("_")[0] in prefixes}


def test_every_refusal_has_its_sentence():
    assert _source_codes()
    assert _source_codes() <= words.SENTENCES.keys()


def test_every_sentence_is_written_in_thai():
    path = Path(kernel.__file__).parent / "locale/th/LC_MESSAGES/django.po"
    with path.open("rb") as file:
        thai = {message.id: message.string for message in read_po(file, locale="th") if message.id}

    assert {code for code, english in words.SENTENCES.items() if not thai.get(english)} == set()


@pytest.mark.parametrize("name", [found.name for found in pkgutil.walk_packages(kernel.__path__, "mudmai.kernel.")])
def test_the_examples_in_the_docs_are_true(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_the_kernel_knows_no_django():
    for path in Path(kernel.__file__).parent.rglob("*.py"):
        assert "django" not in {
            (getattr(node, "module", None) or node.names[0].name).split(".")[0]
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
