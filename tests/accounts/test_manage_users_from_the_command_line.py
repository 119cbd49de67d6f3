"""mudmai user: add, give, end, password, off, on, list."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from mudmai.access.queries import scope_for
from mudmai.accounts.models import User
from mudmai.accounts.services import new_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(capsys):
    def run(*words):
        call_command("user", *words)
        return capsys.readouterr().out

    return run


def test_the_first_user_gets_a_password_that_works(user, client):
    said = user("add", "somsri", "--role", "registrar", "--area", "520306", "--full-name", "สมศรี ใจงาม")

    password = said.split(": ")[1].split(" ")[0]
    assert client.login(username="somsri", password=password)
    assert scope_for(User.objects.get()).allows("intake.import", "520306")


def test_a_password_given_is_not_printed(user):
    secret = new_password()

    assert secret not in user("add", "noi", "--role", "volunteer", "--area", "52030601", "--password", secret)


def test_a_duty_is_given_and_ended(user, noi):
    user("give", "noi", "--role", "viewer", "--area", "52")
    assert scope_for(noi).allows("counts.view", "5201")

    user("end", "NOI", "--role", "viewer", "--area", "52")
    assert not scope_for(noi).allows("counts.view", "5201")


def test_an_account_is_closed_and_opened(user, noi):
    user("off", "noi")
    assert [entry["active"] for entry in json.loads(user("list", "--json"))] == [False]

    user("on", "noi")
    assert "(ปิดใช้งาน)" not in user("list")


def test_another_password_is_set(user, noi):
    user("password", "noi", "--password", "another-good-one-9")

    noi.refresh_from_db()
    assert noi.check_password("another-good-one-9")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["off", "nobody"], "ไม่มีผู้ใช้ชื่อ “nobody”"),
        (["add", "x", "--role", "viewer", "--area", "5"], "ไม่ใช่รหัสพื้นที่"),
        (["add", "x", "--role", "viewer", "--password", "1234"], "รหัสผ่าน"),
        (["end", "noi", "--role", "auditor"], "noi ไม่มีหน้าที่นี้"),
    ],
)
def test_refusals_are_thai_sentences(user, noi, words, sentence):
    with pytest.raises(CommandError, match=sentence):
        user(*words)
