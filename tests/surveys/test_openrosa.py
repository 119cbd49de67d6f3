"""Raw exchanges of OpenRosa as ODK Collect makes them: sign in, list, form, manifest, media, submission."""

import base64
import hashlib
import io
import json
import re
import uuid
import zlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from lxml import etree
from tests.surveys.filling import PICTURE, TODAY, fill_in, media_for
from tests.surveys.forms import house_workbook, real_forms

from mudmai.accounts.models import User
from mudmai.accounts.services import switch_off
from mudmai.kernel import clock
from mudmai.surveys import services
from mudmai.surveys.models import Attachment, Device, FormVersion, Submission
from mudmai.surveys.queries.files import bytes_of_file
from mudmai.surveys.queries.problems import troubles_of
from mudmai.surveys.rules.instances import fill
from mudmai.surveys.rules.openrosa import secret_hash
from mudmai.surveys.rules.xform import Group, XForm
from mudmai.surveys.services.devices import lock_phone
from mudmai.surveys.services.openrosa import NewKey, make_collect_key
from mudmai.surveys.services.settling import look_for_files, settle_received

pytestmark = pytest.mark.django_db
LIST = {"l": "http://openrosa.org/xforms/xformsList"}
MANIFEST = {"m": "http://openrosa.org/xforms/xformsManifest"}
RESPONSE = "{http://openrosa.org/http/response}"
PUN: Group = {"given_name": "ปั้น", "birth_date": "1950-03-15", "adl_score": "11"}


@pytest.fixture
def house(somsri: User) -> FormVersion:
    """The house form, published and given to all who visit in Ko Kha."""
    version = services.receive_form(house_workbook(), "house.xlsx", by=somsri, area_code="520306")
    services.publish(version, by=somsri)
    services.assign(version.form, area_code="520306", by=somsri)
    return version


@pytest.fixture
def key(noi: User) -> NewKey:
    return make_collect_key(noi, name="โทรศัพท์ของน้อย")


class Collect:
    """ODK Collect with its key in the address."""

    def __init__(self, key: NewKey) -> None:
        self.client = Client(raise_request_exception=True)
        self.door = f"/openrosa/key/{key.secret}"

    def get(self, path: str, **kwargs: Any) -> Any:
        return self.client.get(path if path.startswith("http") else f"{self.door}/{path}", **kwargs)

    def send(self, xml: bytes, **parts: Any) -> Any:
        named = {name.replace("__", "*"): value for name, value in parts.items()}
        told = {"xml_submission_file": SimpleUploadedFile("house.xml", xml, "text/xml"), **named}
        return self.client.post(f"{self.door}/submission", told)


@pytest.fixture
def collect(key: NewKey) -> Collect:
    return Collect(key)


def a_house(version: FormVersion, **house: Any) -> bytes:
    answers: Group = {"house_number": "12/3", "members": [PUN], **house}
    return fill(XForm.parse(version.xform), {"visit_outcome": "done", "house": answers}, today=TODAY)


def number_of(xml: bytes) -> uuid.UUID:
    return uuid.UUID(re.search(rb"uuid:([0-9a-f-]+)", xml)[1].decode())


def said(answer: Any) -> str:
    root = etree.fromstring(answer.content)
    assert root.tag == f"{RESPONSE}OpenRosaResponse"
    return root.findtext(f"{RESPONSE}message")


def picture(name: str, content: bytes = PICTURE) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")


# ---- signing in


def digest(username: str, password: str, challenge: str, uri: str, method: str = "GET", **changed: str) -> str:
    """The answer to a challenge as RFC 7616 §3.4 tells to make it."""
    nonce = re.search(r'nonce="([^"]+)"', challenge)[1]
    ha1 = secret_hash(username, password)
    ha2 = hashlib.md5(f"{method}:{uri}".encode()).hexdigest()
    made = hashlib.md5(f"{ha1}:{nonce}:00000001:0a4f113b:auth:{ha2}".encode()).hexdigest()
    parts = {"username": username, "realm": "mudmai", "nonce": nonce, "uri": uri, "response": made, **changed}
    quoted = ", ".join(f'{name}="{value}"' for name, value in parts.items())
    return f'Digest {quoted}, qop=auth, nc=00000001, cnonce="0a4f113b", algorithm=MD5'


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


# ---- forms


def test_the_list_names_what_the_user_is_to_fill_in(
    collect: Collect, house: FormVersion, published: FormVersion
) -> None:
    answer = collect.get("formList")
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    assert answer["X-OpenRosa-Version"] == "1.0"
    assert answer["Date"].endswith("GMT")
    root = etree.fromstring(answer.content)
    assert root.tag == "{http://openrosa.org/xforms/xformsList}xforms"
    assert {one.text for one in root.iterfind("l:xform/l:formID", LIST)} == {"house_test", "house_visit"}
    [one] = [form for form in root if form.findtext("l:formID", namespaces=LIST) == "house_test"]
    told = {child.tag.partition("}")[2]: child.text for child in one}
    assert set(told) == {"formID", "name", "version", "hash", "downloadUrl"}
    assert (told["name"], told["version"]) == ("แบบสำรวจบ้าน", "2569-11")
    form = collect.get(told["downloadUrl"])
    assert told["hash"] == "md5:" + hashlib.md5(form.content).hexdigest()
    assert XForm.parse(form.content.decode()).id == "house_test"
    verbose = etree.fromstring(collect.get("formList?verbose=true&formID=house_test").content)
    [described] = verbose
    assert described.findtext("l:descriptionText", namespaces=LIST)
    assert len(etree.fromstring(collect.get("formList?formID=nothing").content)) == 0


def test_what_is_not_given_to_the_user_is_not_there(
    collect: Collect, somsri: User, stranger: User, received: Callable[..., FormVersion], house: FormVersion
) -> None:
    draft = received()
    assert "house_visit" not in collect.get("formList").content.decode()
    assert collect.get(f"forms/{draft.pk}.xml").status_code == 404
    away = Collect(make_collect_key(stranger, name=""))
    assert len(etree.fromstring(away.get("formList").content)) == 0
    answer = away.get(f"forms/{house.pk}.xml")
    assert answer.status_code == 404
    assert said(answer)
    assert away.get(f"forms/{house.pk}/manifest").status_code == 404
    assert away.get(f"forms/{house.pk}/media/x.png").status_code == 404


def test_the_manifest_names_the_files_of_a_form(collect: Collect, somsri: User, shared_data: Any) -> None:
    folder = shared_data("xlsforms")
    xml = real_forms(folder, "hot_religious.xls")["hot_religious.xls"]
    made = media_for(xml)
    version = services.receive_form(
        (folder / "hot_religious.xls").read_bytes(), "hot_religious.xls", by=somsri, area_code="520306", media=made
    )
    services.publish(version, by=somsri)
    services.assign(version.form, area_code="520306", by=somsri)
    [listed] = etree.fromstring(collect.get("formList").content)
    root = etree.fromstring(collect.get(listed.findtext("l:manifestUrl", namespaces=LIST)).content)
    assert root.tag == "{http://openrosa.org/xforms/xformsManifest}manifest"
    [file] = root.iterfind("m:mediaFile", MANIFEST)
    assert file.findtext("m:filename", namespaces=MANIFEST) == "religious.geojson"
    content = collect.get(file.findtext("m:downloadUrl", namespaces=MANIFEST)).content
    assert content == made["religious.geojson"]
    assert file.findtext("m:hash", namespaces=MANIFEST) == "md5:" + hashlib.md5(content).hexdigest()
    assert collect.get(f"forms/{version.pk}/media/nothing.png").status_code == 404


# ---- submissions


def test_before_sending_a_client_asks_where_to_and_how_much(collect: Collect, key: NewKey) -> None:
    answer = collect.client.head(f"{collect.door}/submission?deviceID=collect%3Ax")
    assert answer.status_code == 204
    assert answer["Location"] == f"http://testserver/openrosa/key/{key.secret}/submission"
    assert int(answer["X-OpenRosa-Accept-Content-Length"]) >= 10_000_000
    assert answer["X-OpenRosa-Version"] == "1.0"


def test_a_filled_form_is_kept_and_reaches_the_registry(collect: Collect, house: FormVersion, noi: User) -> None:
    xml = a_house(house)
    answer = collect.send(xml)
    assert answer.status_code == 201
    assert "ได้รับ" in said(answer)
    kept = Submission.objects.get(pk=number_of(xml))
    assert (kept.channel, kept.by, kept.version) == ("openrosa", noi, house)
    assert kept.device.name == "โทรศัพท์ของน้อย"
    settle_received()
    kept.refresh_from_db()
    assert (kept.state, troubles_of(kept)) == ("settled", [])


def test_photos_come_in_the_same_request_or_in_later_ones(collect: Collect, house: FormVersion) -> None:
    xml = a_house(house, photo="1732.png")
    first = collect.send(xml, **{"*isIncomplete*": "yes"})
    assert first.status_code == 202
    assert Submission.objects.get().state == "waiting"
    second = collect.send(xml, **{"1732.png": picture("1732.png")})
    assert second.status_code == 201
    [kept] = Submission.objects.all()
    assert kept.state == "received"
    assert bytes_of_file(kept, "1732.png") == PICTURE
    assert Attachment.objects.get().mime == "image/png"


def test_sending_twice_is_harmless(collect: Collect, house: FormVersion) -> None:
    xml = a_house(house, photo="1732.png")
    for _time in range(3):
        assert collect.send(xml, **{"1732.png": picture("1732.png")}).status_code == 201
    settle_received()
    assert collect.send(xml, **{"1732.png": picture("1732.png")}).status_code == 201
    [kept] = Submission.objects.all()
    assert kept.state == "settled"


def test_another_form_under_the_same_number_is_kept_beside_and_flagged(collect: Collect, house: FormVersion) -> None:
    xml = a_house(house)
    collect.send(xml)
    other = xml.replace(b"12/3", b"99/9")
    answer = collect.send(other)
    assert answer.status_code == 201
    assert collect.send(other).status_code == 201
    assert {one.state for one in Submission.objects.all()} == {"received", "flagged"}
    assert Submission.objects.count() == 2
    first = Submission.objects.get(pk=number_of(xml))
    assert bytes(first.digest) == hashlib.sha256(xml).digest()


def test_a_form_nobody_published_is_refused_in_words(collect: Collect, house: FormVersion) -> None:
    answer = collect.send(a_house(house).replace(b'id="house_test"', b'id="made_up"'))
    assert answer.status_code == 404
    assert "made_up" in said(answer)
    assert not Submission.objects.exists()


def test_an_unknown_version_is_kept_and_flagged(collect: Collect, house: FormVersion) -> None:
    assert collect.send(a_house(house).replace(b"2569-11", b"2568-01")).status_code == 201
    settle_received()
    [kept] = Submission.objects.all()
    assert kept.state == "flagged"


def test_a_tampered_answer_is_kept_and_flagged(collect: Collect, house: FormVersion) -> None:
    xml = a_house(house)
    assert b"<age>76</age>" in xml
    assert collect.send(xml.replace(b"<age>76</age>", b"<age>12</age>")).status_code == 201
    settle_received()
    [kept] = Submission.objects.all()
    assert kept.state == "flagged"
    assert ("calculate", "/data/house/members[1]/age") in {(one.kind, one.path) for one in troubles_of(kept)}


def test_a_form_without_a_number_is_kept_once_and_flagged(collect: Collect, house: FormVersion) -> None:
    xml = re.sub(rb"uuid:[0-9a-f-]+", b"", a_house(house))
    for _time in range(2):
        assert collect.send(xml).status_code == 201
    settle_received()
    [kept] = Submission.objects.all()
    assert kept.state == "flagged"


def test_a_picture_that_is_none_is_kept_and_flagged(collect: Collect, house: FormVersion) -> None:
    xml = a_house(house, photo="1732.png")
    assert collect.send(xml, **{"1732.png": picture("1732.png", b"#!/bin/sh\nrm -rf /")}).status_code == 201
    settle_received()
    [kept] = Submission.objects.all()
    assert kept.state == "flagged"
    assert bytes_of_file(kept, "1732.png").startswith(b"#!/bin/sh")


def test_a_photo_that_never_comes_is_asked_about_after_a_day(collect: Collect, house: FormVersion) -> None:
    collect.send(a_house(house, photo="1732.png"))
    Submission.objects.update(received_at=clock.now() - timedelta(days=2))
    look_for_files()
    assert Submission.objects.get().state == "flagged"


def test_encrypted_forms_are_refused_in_words(collect: Collect, house: FormVersion) -> None:
    sealed = b"""<data xmlns="http://opendatakit.org/submissions" id="house_test" encrypted="yes" version="2569-11">
      <base64EncryptedKey>abc=</base64EncryptedKey><encryptedXmlFile>submission.xml.enc</encryptedXmlFile>
      <meta xmlns="http://openrosa.org/xforms"><instanceID>uuid:5b9cf8d1-106f-4004-844f-c072d76762ed</instanceID></meta>
      </data>"""
    answer = collect.send(sealed, **{"submission.xml.enc": picture("submission.xml.enc", b"\0\1")})
    assert answer.status_code == 400
    assert "เข้ารหัส" in said(answer)
    assert not Submission.objects.exists()
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    "xml",
    [b"", b"not xml", b"<data", b"<!DOCTYPE d [<!ENTITY a 'b'>]><data id='house_test'>&a;</data>", b"\xff\xfe\x00"],
)
def test_what_is_no_form_gets_a_sentence(collect: Collect, house: FormVersion, xml: bytes) -> None:
    answer = collect.send(xml)
    assert answer.status_code == 400
    assert said(answer)
    assert not Submission.objects.exists()


def test_requests_that_are_none_get_a_sentence(collect: Collect, house: FormVersion) -> None:
    door = f"{collect.door}/submission"
    plain = collect.client.post(door, b"<data/>", content_type="text/xml")
    no_part = collect.client.post(door, {"something": "else"})
    cut = collect.client.generic("POST", door, b"--BoUnDaRyStRiNg\r\nContent-Disp", content_type=MULTIPART_CONTENT)
    no_boundary = collect.client.generic("POST", door, b"x", content_type="multipart/form-data")
    for answer in (plain, no_part, cut, no_boundary):
        assert answer.status_code == 400
        assert said(answer)
    assert collect.get("submission").status_code == 405
    assert collect.client.post(f"{collect.door}/formList").status_code == 405


def test_the_form_may_come_as_a_field_instead_of_a_file(collect: Collect, house: FormVersion) -> None:
    xml = a_house(house)
    answer = collect.client.post(f"{collect.door}/submission", {"xml_submission_file": xml.decode()})
    assert answer.status_code == 201
    assert Submission.objects.get().pk == number_of(xml)


def test_two_hundred_megabytes_are_refused_before_they_are_read(collect: Collect, house: FormVersion) -> None:
    class Body(io.RawIOBase):
        """Would be read for ever."""

        taken = 0

        def read(self, size: int = -1) -> bytes:
            Body.taken += max(size, 0)
            return b"x" * max(size, 0)

    answer = collect.client.post(
        f"{collect.door}/submission", {}, CONTENT_LENGTH=str(200 * 2**20), **{"wsgi.input": Body()}
    )
    assert answer.status_code == 413
    assert "MB" in said(answer)
    assert Body.taken == 0


def test_too_much_without_saying_so_is_cut_off(
    collect: Collect, house: FormVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mudmai.surveys.views.openrosa.MOST_REQUEST", 100_000)
    monkeypatch.setattr("mudmai.surveys.views.openrosa.HttpRequest.headers", {})
    answer = collect.send(a_house(house), **{"b.png": picture("b.png", b"x" * 200_000)})
    assert answer.status_code == 413
    assert not Submission.objects.exists()


def test_a_photo_that_was_cut_short_on_the_way_is_not_taken_for_a_whole_one(
    collect: Collect, house: FormVersion
) -> None:
    told = {"xml_submission_file": picture("a.xml", a_house(house)), "b.png": picture("b.png", b"x" * 5000)}
    body = encode_multipart(BOUNDARY, told)[:-3000]
    answer = collect.client.generic("POST", f"{collect.door}/submission", body, content_type=MULTIPART_CONTENT)
    assert answer.status_code == 400
    assert said(answer)
    assert not Submission.objects.exists()
    assert not Attachment.objects.exists()


def test_names_of_files_cannot_lead_out_of_their_folder(collect: Collect, house: FormVersion) -> None:
    xml = a_house(house)
    raw = encode_multipart(BOUNDARY, {"xml_submission_file": picture("a.xml", xml), "f": picture("evil.png")})
    raw = raw.replace(b'filename="evil.png"', b'filename="../../../evil.png"')
    answer = collect.client.generic("POST", f"{collect.door}/submission", raw, content_type=MULTIPART_CONTENT)
    assert answer.status_code == 201
    assert Attachment.objects.get().name == "evil.png"


def test_every_real_form_is_fetched_filled_sent_and_settled_without_a_flag(
    shared_data: Callable[[str], Path], somsri: User, collect: Collect
) -> None:
    folder = shared_data("xlsforms")
    made = {}
    for name, xml in real_forms(folder).items():
        version = services.receive_form(
            (folder / name).read_bytes(), name, by=somsri, area_code="520306", media=media_for(xml)
        )
        services.publish(version, by=somsri)
        services.assign(version.form, area_code="520306", by=somsri)
    for listed in etree.fromstring(collect.get("formList").content):
        told = {child.tag.partition("}")[2]: child.text for child in listed}
        media = {}
        if "manifestUrl" in told:
            for file in etree.fromstring(collect.get(told["manifestUrl"]).content):
                address = file.findtext("m:downloadUrl", namespaces=MANIFEST)
                media[file.findtext("m:filename", namespaces=MANIFEST)] = collect.get(address).content
        form = XForm.parse(collect.get(told["downloadUrl"]).content.decode(), media)
        filled = fill_in(form, seed=len(made), blank=0.2)
        files = {name: picture(name, content) for name, content in filled.files.items()}
        assert collect.send(filled.xml, **files).status_code == 201, form.id
        made[filled.id] = form.id
    assert len(made) >= 15
    settle_received()
    for kept in Submission.objects.all():
        assert (kept.state, troubles_of(kept)) == ("settled", []), made[kept.pk]
    assert Submission.objects.count() == len(made)
