"""Raw exchanges of OpenRosa as ODK Collect makes them: sign in, list, form, manifest, media, submission."""

import hashlib
import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from lxml import etree
from tests.surveys.collect import LIST, MANIFEST, Collect, a_house, number_of, picture, said
from tests.surveys.filling import PICTURE, fill_in, media_for
from tests.surveys.forms import real_forms

from mudmai.accounts.models import User
from mudmai.kernel import clock
from mudmai.surveys import services
from mudmai.surveys.models import Attachment, FormVersion, Submission
from mudmai.surveys.queries.files import bytes_of_file
from mudmai.surveys.queries.problems import troubles_of
from mudmai.surveys.rules.xform import XForm
from mudmai.surveys.services.openrosa import NewKey, make_collect_key
from mudmai.surveys.services.settling import look_for_files, settle_received

pytestmark = pytest.mark.django_db


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
