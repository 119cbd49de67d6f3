"""site.doctor: each wrong setting is found, with its cure."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mudmai.places.services import load_national_codes
from mudmai.site import doctor
from mudmai.site.doctor import safety
from mudmai.site.models import WorkerSign


def states(found):
    return {finding.code: finding.state for finding in found}


@pytest.mark.django_db
def test_a_good_installation_has_nothing_to_put_right(settings, monkeypatch, admin, capsys):
    monkeypatch.delenv("MUDMAI_TODAY")
    load_national_codes()
    assets = {"assets"}  # the tests do not need them built

    found = doctor.examine()

    assert {finding.code for finding in found if finding.state == "wrong"} - assets == set()
    assert states(found)["users"] == "ok"


@pytest.mark.django_db
def test_a_script_reads_findings_as_json(capsys):
    with pytest.raises(SystemExit) as end:
        call_command("doctor", "--json")

    found = json.loads(capsys.readouterr().out)
    assert end.value.code == 1
    assert all(entry["cure"] for entry in found if entry["state"] != "ok")


@pytest.mark.django_db
def test_a_day_held_for_tests_is_found_out():
    assert states(doctor.examine())["clock_fixed"] == "wrong"


@pytest.mark.parametrize(
    ("hosts", "https", "code", "state"),
    [
        (["localhost"], False, "https", "ok"),
        (["town.go.th"], False, "https", "wrong"),
        (["town.go.th"], True, "https", "ok"),
        (["*"], True, "hosts", "wrong"),
    ],
)
def test_a_public_address_wants_https(settings, hosts, https, code, state):
    settings.ALLOWED_HOSTS, settings.HTTPS = hosts, https

    assert states(safety.https_when_public()) == {code: state}


def test_keys_that_others_can_read_are_found(settings, tmp_path):
    settings.KEYRING = tmp_path / "keyring.json"
    assert states(safety.keyring()) == {"keyring": "warning"}

    safety.Keyring.create(settings.KEYRING)
    assert states(safety.keyring()) == {"keyring": "ok"}

    settings.KEYRING.chmod(0o644)
    assert states(safety.keyring())["keyring_mode"] == "wrong"

    settings.KEYRING.write_text("scribble")
    assert states(safety.keyring())["keyring"] == "wrong"


def test_a_weak_signing_key_is_found(settings):
    settings.SECRET_KEY = "short"

    assert states(safety.secret_key()) == {"secret_key": "wrong"}


@pytest.mark.django_db
def test_jobs_that_wait_for_nobody_are_found():
    job = {"status": "READY", "args_kwargs": {}, "task_path": "x", "backend_name": "default"}
    DBTaskResult.objects.create(**job, run_after=timezone.now())
    assert states(doctor.examine())["worker"] == "wrong"

    now = timezone.now()
    WorkerSign.objects.create(id="w", host="another-pc", pid=1, started_at=now, seen_at=now)
    assert states(doctor.examine())["worker"] == "ok"

    WorkerSign.objects.update(seen_at=now - timedelta(hours=1))
    assert states(doctor.examine())["worker"] == "wrong"


@pytest.mark.django_db
def test_a_check_that_breaks_is_a_finding_too(settings):
    settings.HOME = "/nowhere/at/all"

    broken = {finding.code: finding for finding in doctor.examine()}

    assert broken["disk_space"].state == "wrong"
    assert "FileNotFoundError" in broken["disk_space"].sentence


@pytest.mark.django_db
def test_an_old_database_is_found():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'audit' AND name = '0002_only_added_to'")

    found = states(doctor.examine())

    assert found["migrations"] == "wrong"
    assert "areas" not in found
