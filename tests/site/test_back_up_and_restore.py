"""mudmai backup and mudmai restore, each in a home of its own and in processes of their own."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


def mudmai(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "MUDMAI_TODAY"}}
    environment |= {
        "MUDMAI_HOME": str(home),
        "MUDMAI_LANGUAGE": "en",
        "DJANGO_SETTINGS_MODULE": "mudmai.site.settings",
    }
    return subprocess.run(
        [sys.executable, "-m", "mudmai.site.cli", *words],
        env=environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with one user and one uploaded file."""
    home = tmp_path_factory.mktemp("office")
    assert mudmai(home, "migrate", "-v0").returncode == 0
    added = mudmai(home, "user", "add", "somsri", "--role", "registrar", "--area", "520306")
    assert "Password: " in added.stdout, added.stderr
    (home / "files").mkdir(exist_ok=True)
    (home / "files/upload.bin").write_bytes(b"sealed")
    (home / "keyring.json").write_text("{}")
    return home


@pytest.fixture(scope="module")
def backup(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("stick") / "backup.zip"
    done = mudmai(office, "backup", str(file))
    assert done.returncode == 0, done.stderr
    return file


def names_of(home: Path) -> list[str]:
    return [user["username"] for user in json.loads(mudmai(home, "user", "list", "--json").stdout)]


def test_a_backup_names_every_part_and_is_for_its_owner_only(backup):
    with zipfile.ZipFile(backup) as archive:
        manifest = json.loads(archive.read("manifest.json"))

    assert set(manifest["parts"]) == {"database.sqlite3", "keyring.json", "secret-key", "files/upload.bin"}
    assert backup.stat().st_mode & 0o077 == 0


def test_a_backup_goes_into_an_empty_home(backup, tmp_path):
    done = mudmai(tmp_path, "restore", str(backup))

    assert done.returncode == 0, done.stderr
    assert names_of(tmp_path) == ["somsri"]
    assert (tmp_path / "files/upload.bin").read_bytes() == b"sealed"
    assert (tmp_path / "keyring.json").stat().st_mode & 0o077 == 0


def test_data_that_is_there_is_not_overwritten_without_a_word(office, backup):
    refused = mudmai(office, "restore", str(backup))

    assert refused.returncode == 1
    assert "--force" in refused.stderr


def test_with_force_the_present_data_is_moved_aside(backup, tmp_path):
    mudmai(tmp_path, "restore", str(backup))
    mudmai(tmp_path, "user", "add", "noi", "--role", "volunteer", "--area", "52030601")

    assert mudmai(tmp_path, "restore", str(backup), "--force").returncode == 0

    assert names_of(tmp_path) == ["somsri"]
    assert list(tmp_path.glob("before-restore-*/mudmai.sqlite3"))


def test_a_damaged_backup_changes_nothing(backup, tmp_path):
    damaged = tmp_path / "damaged.zip"
    with zipfile.ZipFile(backup) as good, zipfile.ZipFile(damaged, "w") as bad:
        for part in good.namelist():
            bad.writestr(part, good.read(part) + (b"!" if part == "database.sqlite3" else b""))
    home = tmp_path / "home"

    refused = mudmai(home, "restore", str(damaged))

    assert refused.returncode == 1
    assert "Nothing was changed" in refused.stderr
    assert names_of(home) == []


@pytest.mark.parametrize("content", [b"", b"no zip at all"])
def test_something_else_is_refused_in_a_sentence(content, tmp_path):
    other = tmp_path / "other.zip"
    other.write_bytes(content)

    refused = mudmai(tmp_path, "restore", str(other))

    assert refused.returncode == 1
    assert "is no backup of Mudmai" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_backup_never_overwrites_a_file(office, backup):
    refused = mudmai(office, "backup", str(backup))

    assert refused.returncode == 1
    assert "exists already" in refused.stderr
