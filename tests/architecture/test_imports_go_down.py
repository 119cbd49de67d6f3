"""The contracts of pyproject.toml hold, name every module, and catch what they should."""

import importlib
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/mudmai"
CONTRACTS = {
    contract["id"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}
WIRING_AND_KERNEL = {"site", "kernel"}


def modules() -> set[str]:
    return {path.parent.name for path in SOURCE.glob("*/__init__.py")}


def levels() -> dict[str, int]:
    """Height of each module on the line; siblings share one."""
    line = CONTRACTS["line"]["layers"]
    names = [[name.strip(" ()") for name in layer.split("|")] for layer in line]
    return {name: -height for height, layer in enumerate(names) for name in layer}


def test_every_contract_is_kept(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)

    code = lint_imports(config_filename="pyproject.toml", no_cache=True, no_logo=True)

    assert code == 0, capsys.readouterr().out


def test_the_order_of_rooms_is_kept_in_every_module():
    assert set(CONTRACTS["room"]["containers"]) == {f"mudmai.{name}" for name in modules() - WIRING_AND_KERNEL}


def test_the_kernel_knows_no_framework():
    for path in (SOURCE / "kernel").rglob("*.py"):
        assert not re.search(r"^\s*(?:import|from) django", path.read_text(), re.MULTILINE), path


@pytest.mark.parametrize(
    ("importer", "imported", "allowed"),
    [
        ("mudmai.pages.views", "mudmai.people.queries.persons", True),
        ("mudmai.pages.views", "mudmai.people.models", False),
        ("mudmai.people.services.fold", "mudmai.people.models", True),
        ("mudmai.access.queries", "mudmai.accounts.models", True),
        ("mudmai.access.queries", "mudmai.kernel.clock", True),
        ("mudmai.site.demo", "mudmai.intake.tasks", False),
    ],
)
def test_only_doors_are_open(importer, imported, allowed):
    kind = importlib.import_module("tools.doors").DoorsContract
    doors = kind.__new__(kind)
    options = CONTRACTS["doors"]
    doors.root, doors.doors = options["root"], set(options["doors"])
    doors.open_rooms, doors.open_modules = set(options["open_rooms"]), set(options["open_modules"])

    assert doors.is_allowed(importer.split("."), imported.split(".")) is allowed


def test_relations_between_tables_point_down_and_leave_no_trace_above():
    height = levels()
    wrong = []
    for model in apps.get_models():
        home = model.__module__.split(".")
        if home[0] != "mudmai":
            continue
        for field in model._meta.get_fields():
            if not (field.is_relation and field.concrete and field.related_model):
                continue
            other = field.related_model.__module__.split(".")
            if other[0] != "mudmai" or other[1] == home[1]:
                continue
            if height[other[1]] >= height[home[1]] or not field.remote_field.hidden:
                wrong.append(str(field))
    assert wrong == []
