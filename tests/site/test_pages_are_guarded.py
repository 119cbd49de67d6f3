"""site.middleware: language, read-only GET, refusals in words, no copies kept."""

import json

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from mudmai.accounts.models import User
from mudmai.audit.models import Entry
from mudmai.audit.services import looked_at
from mudmai.kernel.errors import Conflict, NotAllowed
from mudmai.site.middleware import WriteInGet, reads_only
from mudmai.site.urls import urlpatterns as every_page


def write(request):
    User.objects.filter(pk=request.user.pk).update(position="x")
    return HttpResponse("written")


def look(request):
    looked_at(request.user, "p1", {"health"}, "visit")
    return HttpResponse("seen")


def refuse(request):
    raise NotAllowed("ไม่ได้ครับ")


def clash(request):
    raise Conflict("somebody else was quicker")


@login_not_required
def speak(request):
    return HttpResponse(_("full name"))


urlpatterns = [
    *every_page,
    path("write", write),
    path("look", look),
    path("refuse", refuse),
    path("clash", clash),
    path("speak", speak),
]
pytestmark = pytest.mark.urls(__name__)


def test_a_page_that_is_only_shown_cannot_write(client_of, somsri):
    with pytest.raises(WriteInGet, match="accounts_user"):
        client_of(somsri).get("/write")


def test_the_same_view_may_write_when_something_is_sent(client_of, somsri):
    assert client_of(somsri).post("/write").status_code == 200


def test_who_looked_at_whom_may_be_written_while_showing(client_of, somsri):
    assert client_of(somsri).get("/look").status_code == 200
    assert Entry.objects.get().details == {"classes": ["health"]}


@pytest.mark.parametrize(
    ("sql", "reads"),
    [
        ("SELECT 1", True),
        ("  (SELECT 1) UNION SELECT 2", True),
        ("/* note */ SELECT 1", True),
        ('SAVEPOINT "a"', True),
        ("INSERT INTO t VALUES (1)", False),
        ("delete from t", False),
        ("/* SELECT */ UPDATE t SET a = 1", False),
        ("", False),
    ],
)
def test_reading_is_told_from_writing(sql, reads):
    assert reads_only(sql) is reads


def test_a_refusal_is_a_page_with_its_sentence(client_of, somsri):
    page = client_of(somsri).get("/refuse")

    assert page.status_code == 403
    assert "ไม่ได้ครับ" in page.content.decode()


def test_a_refusal_without_a_page_of_its_own_gets_the_common_one(client_of, somsri):
    assert client_of(somsri).get("/clash").status_code == 409


def test_a_refusal_to_a_program_is_json(client_of, somsri):
    answer = client_of(somsri).get("/refuse", headers={"accept": "application/json"})

    assert json.loads(answer.content) == {"code": "not_allowed", "message": "ไม่ได้ครับ"}


def test_thai_is_spoken_until_somebody_chooses(anonymous, client_of, somsri):
    english_windows = {"accept-language": "en-US,en"}
    assert anonymous.get("/speak", headers=english_windows).content.decode() == "ชื่อและนามสกุล"

    anonymous.cookies["mudmai_language"] = "en"
    assert anonymous.get("/speak").content.decode() == "full name"

    somsri.language = "en"
    somsri.save()
    assert client_of(somsri).get("/speak").headers["Content-Language"] == "en"


def test_browsers_keep_no_copy_of_what_a_user_saw(client_of, somsri):
    assert client_of(somsri).get("/speak").headers["Cache-Control"] == "private, no-store"


def test_a_stranger_is_asked_to_sign_in(anonymous):
    answer = anonymous.get("/look")

    assert answer.status_code == 302
    assert answer.url.startswith("/account/login/")


@pytest.mark.usefixtures("db")
def test_a_monitor_sees_that_the_database_answers(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get("/healthz")

    assert answer.content == b"ok"
    assert connection.execute_wrappers == []
