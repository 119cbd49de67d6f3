"""How ODK Collect is let in: digest, basic, a key in the address; and how it is shut out again."""

import base64
import json
import re
import zlib

import pytest
from django.test import Client
from tests.surveys.collect import Collect, digest, said

from mudmai.accounts.models import User
from mudmai.accounts.services import switch_off
from mudmai.surveys.models import Device, FormVersion
from mudmai.surveys.rules.openrosa import secret_hash
from mudmai.surveys.services.devices import lock_phone
from mudmai.surveys.services.openrosa import NewKey

pytestmark = pytest.mark.django_db


def test_a_stranger_is_asked_to_sign_in_by_digest(client: Client, house: FormVersion) -> None:
    answer = client.get("/openrosa/formList")
    assert answer.status_code == 401
    assert answer["X-OpenRosa-Version"] == "1.0"
    assert answer["WWW-Authenticate"].startswith('Digest realm="mudmai", nonce="')
    assert "Basic" not in answer["WWW-Authenticate"], "nobody sends a password in the clear"
    assert "รหัสผ่าน" in said(answer)


def test_digest_sign_in_opens_the_list_and_nothing_else_does(key: NewKey, house: FormVersion, client: Client) -> None:
    uri = "/openrosa/formList?formID=house_test"
    challenge = client.get(uri)["WWW-Authenticate"]
    good = digest("noi", key.password, challenge, uri)
    assert client.get(uri, headers={"Authorization": good}).status_code == 200
    for bad in (
        digest("noi", "wrong", challenge, uri),
        digest("somsri", key.password, challenge, uri),
        digest("noi", key.password, challenge, "/openrosa/formList"),
        digest("noi", key.password, challenge, uri, method="POST"),
        digest("noi", key.password, 'nonce="made-up"', uri),
        digest("noi", key.password, challenge, uri, realm="elsewhere"),
        "Digest",
        "Digest username=noi",
        "Basic !!!",
        "Bearer x",
    ):
        assert client.get(uri, headers={"Authorization": bad}).status_code == 401


def test_an_old_answer_to_a_challenge_is_asked_for_anew_without_the_user(
    key: NewKey, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    challenge = client.get("/openrosa/formList")["WWW-Authenticate"]
    told = digest("noi", key.password, challenge, "/openrosa/formList")
    monkeypatch.setattr("mudmai.surveys.views.openrosa.NONCE_SECONDS", -1)
    answer = client.get("/openrosa/formList", headers={"Authorization": told})
    assert answer.status_code == 401
    assert "stale=true" in answer["WWW-Authenticate"]


def test_basic_sign_in_works_only_where_nobody_listens(key: NewKey, client: Client) -> None:
    for password in (key.password, key.secret):
        told = "Basic " + base64.b64encode(f"noi:{password}".encode()).decode()
        assert client.get("/openrosa/formList", headers={"Authorization": told}).status_code == 401
        assert client.get("/openrosa/formList", headers={"Authorization": told}, secure=True).status_code == 200
    challenge = client.get("/openrosa/formList", secure=True)["WWW-Authenticate"]
    assert 'Basic realm="mudmai"' in challenge


def test_a_browser_that_is_signed_in_is_not_let_in(client: Client, noi: User) -> None:
    client.force_login(noi)
    assert client.get("/openrosa/formList").status_code == 401


def test_a_key_that_was_taken_back_opens_nothing(collect: Collect, key: NewKey, noi: User, client: Client) -> None:
    assert collect.get("formList").status_code == 200
    lock_phone(key.device, by=noi)
    assert collect.get("formList").status_code == 401
    challenge = client.get("/openrosa/formList")["WWW-Authenticate"]
    told = digest("noi", key.password, challenge, "/openrosa/formList")
    assert client.get("/openrosa/formList", headers={"Authorization": told}).status_code == 401


def test_a_user_who_is_switched_off_is_not_let_in(collect: Collect, noi: User) -> None:
    switch_off(user=noi)
    assert collect.get("formList").status_code == 401


def test_who_has_no_duty_to_fill_forms_gets_no_key_and_no_list(
    nayok: User, noi: User, key: NewKey, client: Client
) -> None:
    client.force_login(nayok)
    assert client.post("/phones/collect/", {"name": "x"}).status_code == 403
    assert not Device.objects.filter(user=nayok).exists()
    Device.objects.filter(pk=key.device.pk).update(user=nayok)
    type(key.device.token).objects.update(user=nayok)
    assert Collect(key).get("formList").status_code == 403


def test_the_secrets_stand_nowhere_in_the_database(key: NewKey) -> None:
    device = Device.objects.select_related("token").get(pk=key.device.pk)
    held = bytes(device.ha1) + device.token.hashed.encode()
    for secret in (key.secret, key.password, secret_hash("noi", key.password)):
        assert secret.encode() not in held


def test_the_page_shows_a_key_once_with_a_code_that_collect_reads(
    client: Client, noi: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    from mudmai.surveys.views import phones

    real = phones.segno.make
    monkeypatch.setattr(phones.segno, "make", lambda told, **kwargs: drawn.append(told) or real(told, **kwargs))
    client.force_login(noi)
    page = client.post("/phones/collect/", {"name": "Redmi"})
    assert page.status_code == 200
    told = json.loads(zlib.decompress(base64.b64decode(drawn[0])))
    assert set(told) == {"general", "admin", "project"}
    assert told["general"]["protocol"] == "odk_default"
    server = told["general"]["server_url"]
    assert client.get(f"{server}/formList").status_code == 200
    password = re.search(r"<code>([a-z0-9-]{19})</code>", page.content.decode())[1]
    uri = "/openrosa/formList"
    answer = digest("noi", password, client.get(uri)["WWW-Authenticate"], uri)
    assert client.get(uri, headers={"Authorization": answer}).status_code == 200
    listing = client.get("/phones/").content.decode()
    assert "Redmi" in listing
    assert password not in listing
    device = Device.objects.get(user=noi)
    assert client.post(f"/phones/{device.pk}/lock/").status_code == 302
    assert client.get(f"{server}/formList").status_code == 401
