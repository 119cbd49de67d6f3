"""site.env: settings from the environment, with sentences for nonsense."""

from pathlib import Path

import pytest

from mudmai.site import env


@pytest.mark.parametrize(("written", "read"), [("1", True), ("Yes", True), ("off", False), ("", False)])
def test_yes_and_no_are_read_as_people_write_them(monkeypatch, written, read):
    monkeypatch.setenv("MUDMAI_X", written)

    assert env.flag("MUDMAI_X") is read


@pytest.mark.parametrize("reader", [env.flag, lambda name: env.whole(name, 3), lambda name: env.one_of(name, ["th"])])
def test_nonsense_names_the_setting_and_the_cure(monkeypatch, reader):
    monkeypatch.setenv("MUDMAI_X", "ใช่มั้ง")

    with pytest.raises(env.WrongSetting, match=r"MUDMAI_X.*Write"):
        reader("MUDMAI_X")


def test_without_a_url_the_database_is_a_file_in_the_home(tmp_path):
    settings = env.database("", tmp_path)

    assert settings["NAME"] == str(tmp_path / "mudmai.sqlite3")


def test_a_postgres_url_is_taken_apart():
    settings = env.database("postgres://noi:p%40ss@db:5433/town?sslmode=require", Path("/"))

    assert [settings[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "town",
        "noi",
        "p@ss",
        "db",
        "5433",
    ]
    assert settings["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize(
    ("url", "name"), [("sqlite:///town.db", "town.db"), ("sqlite:////srv/town.db", "/srv/town.db")]
)
def test_a_sqlite_url_names_a_file(url, name):
    assert env.database(url, Path("/home"))["NAME"] == name


def test_another_kind_of_database_is_refused():
    with pytest.raises(env.WrongSetting, match="mysql"):
        env.database("mysql://x/y", Path("/"))


def test_words_are_separated_by_commas(monkeypatch):
    monkeypatch.setenv("MUDMAI_X", " a.go.th , b.go.th,")

    assert env.words("MUDMAI_X", []) == ["a.go.th", "b.go.th"]


def test_a_home_that_cannot_be_made_is_told(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("MUDMAI_HOME", str(tmp_path / "file/home"))

    with pytest.raises(env.WrongSetting, match="Set MUDMAI_HOME"):
        env.made_home()


def test_a_new_home_is_closed_to_other_users(monkeypatch, tmp_path):
    monkeypatch.setenv("MUDMAI_HOME", str(tmp_path / "home"))

    assert env.made_home().stat().st_mode & 0o007 == 0
