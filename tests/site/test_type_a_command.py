"""site.cli: the words that people type."""

import pytest

from mudmai.site import cli


def said(capsys, *words):
    """Exit code, and everything that was printed."""
    code = 0
    try:
        cli.main(list(words))
    except SystemExit as end:
        code = end.code or 0
    out, err = capsys.readouterr()
    return code, out + err


def test_the_word_alone_lists_what_can_be_done_in_both_languages(capsys):
    code, text = said(capsys)

    assert code == 0
    assert "demo" in text
    assert "bring in a list · นำเข้ารายชื่อจากไฟล์" in text


@pytest.mark.parametrize(("typed", "meant"), [("serv", "serve"), ("bakup", "backup"), ("docter", "doctor")])
def test_a_mistyped_word_is_met_with_the_nearest_one(capsys, typed, meant):
    code, text = said(capsys, typed)

    assert code == 2
    assert f"“mudmai {meant}”" in text


def test_the_version_is_told(capsys):
    assert said(capsys, "--version") == (0, "mudmai 0.1.0\n")


def test_a_wrong_setting_stops_with_its_cure(capsys, monkeypatch):
    from mudmai.site import env

    monkeypatch.setenv("MUDMAI_HTTPS", "perhaps")
    with pytest.raises(env.WrongSetting, match="Write MUDMAI_HTTPS=1 or MUDMAI_HTTPS=0"):
        env.flag("MUDMAI_HTTPS")


@pytest.mark.django_db
def test_a_refusal_is_one_sentence_and_no_traceback(capsys):
    code, text = said(capsys, "backup", "/nowhere/backup.zip")

    assert code == 1
    assert "/nowhere" in text
    assert "Traceback" not in text


def test_every_word_of_the_list_is_a_command():
    from django.core.management import get_commands

    missing = {word for word in cli.COMMANDS if cli.ALIASES.get(word, word) not in get_commands()}

    assert missing == set()
