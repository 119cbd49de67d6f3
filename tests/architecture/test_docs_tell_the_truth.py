"""The documents name only commands, settings, targets and files that exist, and every setting is told."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from mudmai.site.cli import ALIASES

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
SETTING = re.compile(r"\b(MUDMAI_[A-Z_]+|DATABASE_URL)\b")
READ_FROM_ENVIRONMENT = re.compile(
    r"""(?:env\.\w+\(|environ(?:\.get)?[\[(]|text\(|whole\()\s*["'](MUDMAI_[A-Z_]+|DATABASE_URL)["']"""
)
IN_CODE = re.compile(r"`([^`\n]+)`")
BLOCK = re.compile(r"```\w*\n(.*?)```|((?:^    .*\n)+)", re.DOTALL | re.MULTILINE)


def commands_in(text: str) -> set[str]:
    """Words after `mudmai` where a command line is shown."""
    shown = [*IN_CODE.findall(text), *(line for block in BLOCK.findall(text) for line in "".join(block).splitlines())]
    return {found for line in shown for found in re.findall(r"(?:^|\s|bin/)mudmai ([a-z][a-z_-]+)\b", line)}


def settings_in_code() -> set[str]:
    return {name for path in (ROOT / "src").rglob("*.py") for name in READ_FROM_ENVIRONMENT.findall(path.read_text())}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_targets_and_settings_exist(document):
    text = document.read_text()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert {word for word in commands_in(text) if ALIASES.get(word, word) not in get_commands()} == set()
    assert {word for line in IN_CODE.findall(text) for word in re.findall(r"^make ([a-z-]+)", line)} <= targets
    assert set(SETTING.findall(text)) - settings_in_code() == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document):
    links = re.findall(r"\]\(([^)\s#]+)(?:#[^)]*)?\)", document.read_text())
    local = [link for link in links if "://" not in link and not link.startswith("mailto:")]

    assert [link for link in local if not (document.parent / link).exists()] == []


def test_every_setting_is_told():
    told = set(SETTING.findall((ROOT / "docs/settings.md").read_text()))

    assert settings_in_code() - told == set()
