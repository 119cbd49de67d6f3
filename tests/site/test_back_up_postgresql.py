"""mudmai backup and mudmai restore with PostgreSQL's own programs; runs in `make pg-test`."""

import json
import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

URL = os.environ.get("DATABASE_URL", "")
pytestmark = pytest.mark.skipif(not URL.startswith("postgres"), reason="DATABASE_URL names no PostgreSQL")


def url_of(name: str) -> str:
    return urlunsplit(urlsplit(URL)._replace(path=f"/{name}"))


@pytest.fixture
def databases():
    """The URLs of two empty databases, dropped afterwards."""
    names = [f"mudmai_{purpose}_{os.getpid()}" for purpose in ("office", "other")]
    with psycopg.connect(url_of("postgres"), autocommit=True) as server:
        for name in names:
            server.execute(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
        yield [url_of(name) for name in names]
        for name in names:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def mudmai(home, url, *words):
    environment = dict(os.environ, MUDMAI_HOME=str(home), DATABASE_URL=url, MUDMAI_LANGUAGE="en")
    environment["DJANGO_SETTINGS_MODULE"] = "mudmai.site.settings"
    command = [sys.executable, "-m", "mudmai.site.cli", *words]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )


def test_a_backup_goes_into_another_database_and_refuses_sqlite(databases, tmp_path):
    office, other = databases
    file = str(tmp_path / "backup.zip")
    added = mudmai(tmp_path / "a", office, "user", "add", "somsri", "--role", "registrar", "--area", "520306")
    assert added.returncode == 0, added.stderr
    kept = mudmai(tmp_path / "a", office, "backup", file)
    assert kept.returncode == 0, kept.stderr

    restored = mudmai(tmp_path / "b", other, "restore", file)

    assert restored.returncode == 0, restored.stderr
    listed = json.loads(mudmai(tmp_path / "b", other, "user", "list", "--json").stdout)
    assert [user["username"] for user in listed] == ["somsri"]
    assert "Set DATABASE_URL to match" in mudmai(tmp_path / "c", "", "restore", file).stderr
    assert "--force" in mudmai(tmp_path / "b", other, "restore", file).stderr
    assert mudmai(tmp_path / "b", other, "restore", file, "--force").returncode == 0
