"""Another program asks whether people are known: it is told that and no more, and every question is kept."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from tests.conftest import MONDAY, VILLAGE
from tests.linkage.folk import cid
from tests.people.town import row, tell

from mudmai.access.models import Duty
from mudmai.access.services import give_token, revoke_token
from mudmai.accounts.models import Token
from mudmai.accounts.services import switch_off
from mudmai.audit.models import Entry
from mudmai.integrations import services
from mudmai.people.models import Person, person_code

pytestmark = pytest.mark.django_db

MALI, FAR = "1" * 32, "2" * 32
ABOUT_MALI = {"given": "มาลี", "family": "ใจดี", "birth": "15/3/2493"}
ABOUT_FAR = {"given": "พิมพา", "family": "ไกลบ้าน", "birth": "4/5/2503"}
KNOWN = "/api/v1/persons/known"


@pytest.fixture(autouse=True)
def _town(db):
    tell(
        row("มาลี", id=MALI, title="นาง", sex="f", birth_date="1950-03-15", cid=cid(1)),
        row("แดง", title="นาย", sex="m", birth_date="1975-01-02"),
    )
    tell(row("พิมพา", "ไกลบ้าน", id=FAR, area="50010101", house="5", birth_date="1960-05-04", cid=cid(2)), area="50")


@pytest.fixture
def ask(somsri):
    """Asks as Somsri's program; `ask([person, …])` gives the answer."""
    token, secret = give_token(by=None, user=somsri, name="ระบบเบี้ยยังชีพ", days=30)

    def question(persons, *, purpose="allowance", secret=secret):
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        body = json.dumps({"purpose": purpose, "persons": persons})
        return Client(headers=headers).post(KNOWN, body, content_type="application/json")

    question.token = token
    return question


def test_who_is_known_is_told_with_the_code_and_nothing_else(ask):
    answer = ask([ABOUT_MALI, {"given": "สมหมาย", "family": "ใครรู้จัก", "birth": "2500"}])

    assert answer.status_code == 200
    assert answer.json() == {"answers": [{"answer": "known", "code": person_code(MALI)}, {"answer": "unknown"}]}


def test_an_id_with_its_name_is_known_and_a_mistyped_one_finds_it(ask):
    mistyped = cid(1)[:6] + cid(1)[7] + cid(1)[6] + cid(1)[8:]
    told = ask([{"given": "มาลี", "cid": cid(1)}, ABOUT_MALI | {"cid": mistyped}]).json()["answers"]

    assert [each["answer"] for each in told] == ["known", "known"]


def test_two_of_one_name_are_unsure_and_nobody_is_named(ask):
    tell(row("บุญมี", birth_date="1950", house="8"), row("บุญมี", birth_date="1950", house="9"))

    told = ask([{"given": "บุญมี", "family": "ใจดี", "birth": "2493"}]).json()["answers"]

    assert told == [{"answer": "unsure"}]


def test_somebody_outside_the_areas_is_as_unknown_as_nobody(ask):
    never = {"given": "สมหมาย", "family": "ใครรู้จัก", "birth": "4/5/2503", "cid": cid(7)}
    told = ask([ABOUT_FAR | {"cid": cid(2)}, ABOUT_FAR, never]).json()["answers"]

    assert told == [{"answer": "unknown"}] * 3


def test_a_rival_outside_the_areas_does_not_make_an_answer_unsure(ask):
    tell(row("มาลี", birth_date="1950-03-15", area="50010101", house="6"), area="50")

    assert ask([ABOUT_MALI]).json()["answers"][0]["answer"] == "known"


def test_the_same_question_of_another_province_finds_its_own(stranger):
    _token, secret = give_token(by=None, user=stranger, name="อีกระบบ", days=1)
    body = json.dumps({"purpose": "help", "persons": [ABOUT_FAR, ABOUT_MALI]})
    answer = Client(headers={"Authorization": f"Bearer {secret}"}).post(KNOWN, body, content_type="application/json")

    assert [each["answer"] for each in answer.json()["answers"]] == ["known", "unknown"]


def test_each_question_is_kept_with_its_purpose_and_without_personal_data(ask, somsri):
    ask([ABOUT_MALI, ABOUT_FAR])

    first, second = Entry.objects.filter(action=services.ASKED).order_by("id")
    assert (first.who, first.purpose, first.object_id) == (somsri, "allowance", MALI)
    assert first.details == {"answer": "known", "program": "ระบบเบี้ยยังชีพ"}
    assert (second.object_id, second.details["answer"]) == ("", "unknown")
    assert "พิมพา" not in str(second.details)


def test_a_purpose_must_be_told_and_be_one_of_those_known(ask):
    answer = ask([ABOUT_MALI], purpose="curiosity")

    assert answer.status_code == 400
    assert "allowance" in answer.json()["message"]
    assert Entry.objects.filter(action=services.ASKED).count() == 0


@pytest.mark.parametrize(
    ("person", "field"),
    [
        ({"given": "มาลี"}, "given"),
        ({"given": "มาลี", "family": "ใจดี"}, "given"),
        ({"cid": cid(1)}, "given"),
        ({"given": "มาลี", "cid": "123"}, "cid"),
        (ABOUT_MALI | {"birth": "เมื่อวาน"}, "birth"),
        (ABOUT_MALI | {"area": "12345"}, "area"),
        (ABOUT_MALI | {"house": "ข้างวัด"}, "house"),
    ],
)
def test_a_row_that_cannot_be_answered_is_named_in_thai_and_nothing_is_answered(ask, person, field):
    answer = ask([ABOUT_MALI, person])

    problem = answer.json()["problems"][0]
    assert answer.status_code == 400
    assert (problem["row"], problem["field"]) == (2, field)
    assert any("ก" <= letter <= "๛" for letter in problem["message"])
    assert Entry.objects.filter(action=services.ASKED).count() == 0


@pytest.mark.parametrize("persons", [[], [ABOUT_MALI] * 101])
def test_nobody_or_too_many_at_once_is_refused(ask, persons):
    assert ask(persons).json()["code"] == "too_many_rows"


def test_what_is_no_question_is_refused_with_the_place(ask):
    answer = ask([{"given": ["มาลี"]}])

    assert answer.status_code == 422
    assert "persons.0.given" in answer.json()["message"]


def test_who_asks_too_often_is_told_to_wait(ask, monkeypatch):
    monkeypatch.setattr(services, "LIMITS", ((timedelta(minutes=1), 3), (timedelta(days=1), 100)))
    assert ask([ABOUT_MALI] * 2).status_code == 200

    answer = ask([ABOUT_MALI] * 2)

    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60
    assert ask([ABOUT_MALI]).status_code == 200


def test_without_a_standing_token_nothing_is_answered(ask, somsri, monkeypatch):
    assert ask([ABOUT_MALI], secret="").status_code == 401
    assert ask([ABOUT_MALI], secret="mudmai_wrong").status_code == 401
    monkeypatch.setenv("MUDMAI_TODAY", (MONDAY + timedelta(days=29)).isoformat())
    assert ask([ABOUT_MALI]).status_code == 200
    monkeypatch.setenv("MUDMAI_TODAY", (MONDAY + timedelta(days=30)).isoformat())
    assert ask([ABOUT_MALI]).status_code == 401


def test_a_revoked_token_and_one_of_a_closed_account_open_nothing(ask, somsri):
    switch_off(user=somsri)
    assert ask([ABOUT_MALI]).status_code == 401
    somsri.is_active = True
    somsri.save()
    assert ask([ABOUT_MALI]).status_code == 200
    revoke_token(by=None, token=ask.token)
    assert ask([ABOUT_MALI]).status_code == 401


def test_a_token_may_no_more_than_its_user(ask, somsri, nayok):
    Duty.objects.filter(user=somsri).update(ends_on=MONDAY - timedelta(days=1))
    assert ask([ABOUT_MALI]).status_code == 403
    _token, secret = give_token(by=None, user=nayok, name="แผน", days=1)
    assert ask([ABOUT_MALI], secret=secret).status_code == 403


def test_signing_in_is_no_token(client_of, somsri):
    body = json.dumps({"purpose": "help", "persons": [ABOUT_MALI]})

    assert client_of(somsri).post(KNOWN, body, content_type="application/json").status_code == 401


def test_only_the_hash_of_a_token_is_kept_and_its_last_day_of_use(ask):
    ask([ABOUT_MALI])

    token = Token.objects.get()
    assert len(token.hashed) == 64
    assert not token.hashed.startswith("mudmai_")
    assert token.last_used_on == MONDAY


def test_tokens_are_given_listed_and_revoked_on_the_command_line(somsri, capsys):
    call_command("user", "token", "give", "somsri", "--for", "ระบบเบี้ย", "--days", "7")
    said = capsys.readouterr().out
    secret = next(word for word in said.split() if word.startswith("mudmai_"))
    body = json.dumps({"purpose": "help", "persons": [ABOUT_MALI]})
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    assert client.post(KNOWN, body, content_type="application/json").status_code == 200

    call_command("user", "token", "list", "somsri")
    listed = capsys.readouterr().out
    assert "ระบบเบี้ย" in listed
    assert secret not in listed
    call_command("user", "token", "revoke", str(Token.objects.get().pk))

    assert client.post(KNOWN, body, content_type="application/json").status_code == 401
    assert list(Entry.objects.filter(object_kind="token").values_list("action", flat=True)) == [
        "accounts.token.given",
        "accounts.token.revoked",
    ]


def test_the_description_is_for_those_who_signed_in_and_names_no_other_site(anonymous, client_of, somsri):
    assert anonymous.get("/api/v1/openapi.json").status_code == 302

    described = client_of(somsri).get("/api/v1/openapi.json")

    assert list(described.json()["paths"]) == [KNOWN]
    assert "http" not in described.content.decode().replace("https://json-schema", "").replace('"http"', "")


def test_asking_writes_nothing_to_the_registry(ask):
    before = Person.objects.count()
    ask([ABOUT_MALI | {"area": VILLAGE, "house": "99"}])

    assert Person.objects.count() == before
