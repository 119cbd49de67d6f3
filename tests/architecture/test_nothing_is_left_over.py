"""Templates that nobody uses, texts without Thai, files that grew too long, rooms with junk in them."""

import ast
import re
import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/mudmai"
# Django and allauth find these by their names.
FOUND_BY_NAME = re.compile(r"^(?:\d{3}(?:_csrf)?\.html|(?:account|mfa|allauth)/.*)$")
LONGEST_FILE = 400
LONGEST_TEST_FILE = 500
LONGEST_FUNCTION = 50
JUNK_DRAWERS = {"utils", "helpers", "common", "misc", "tools", "lib"}


def code_files() -> list[Path]:
    return [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]


def test_every_template_is_used():
    templates = {
        path.relative_to(folder).as_posix(): path
        for folder in SOURCE.glob("*/templates")
        for path in folder.rglob("*")
        if path.is_file()
    }
    text = "\n".join(path.read_text() for path in [*templates.values(), *code_files()])
    named = set(re.findall(r"""["']([\w./-]+\.(?:html|txt|xml|svg))(?:#[\w-]+)?["']""", text))

    assert {name for name in templates if name not in named and not FOUND_BY_NAME.match(name)} == set()


def test_every_text_has_its_thai():
    problems = runpy.run_path(str(ROOT / "tools/messages.py"))["all_problems"]()

    assert problems == []


def test_files_and_functions_stay_readable():
    too_long = []
    for path in code_files():
        lines = path.read_text().count("\n")
        if lines > LONGEST_FILE:
            too_long.append(f"{path.relative_to(ROOT)}: {lines} lines")
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                if size > LONGEST_FUNCTION:
                    too_long.append(f"{path.relative_to(ROOT)}: {node.name} has {size} lines")
    for path in (ROOT / "tests").rglob("*.py"):
        if path.read_text().count("\n") > LONGEST_TEST_FILE:
            too_long.append(f"{path.relative_to(ROOT)}: longer than {LONGEST_TEST_FILE} lines")
    assert too_long == []


def test_there_is_no_junk_drawer():
    assert [path for path in code_files() if path.stem in JUNK_DRAWERS or path.parent.name in JUNK_DRAWERS] == []


def test_every_file_says_what_it_is_for():
    silent = [
        str(path.relative_to(ROOT))
        for path in code_files()
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


def test_every_table_says_what_a_row_is():
    from django.apps import apps

    silent = [
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("mudmai.") and (model.__doc__ or "").startswith(f"{model.__name__}(")
    ]
    assert silent == []
