"""Photos come in pieces, twice, cut in the middle, too large, or are none: nothing is lost and nothing overwritten."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.conftest import PASSWORD
from tests.surveys.field import PHOTO, filled, published_survey, village
from tests.surveys.phones import Phone, Refused, through
from tests.surveys.test_phones_in_disorder import Network

from mudmai.accounts.models import User
from mudmai.kernel import clock
from mudmai.surveys import queries, services
from mudmai.surveys.models import Attachment, Submission

SHA = hashlib.sha256(PHOTO).digest()


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def phone(noi: User) -> Phone:
    village()
    published_survey()
    phone = Phone(through(Client()), username=noi.username, password=PASSWORD, clock=clock.now)
    phone.sign_in()
    return phone


@pytest.fixture
def queued(phone: Phone) -> str:
    key, xml = filled(house={"house_no": "12/3", "moo": "1", "photo": "a.jpg"})
    return phone.queue(xml, {"a.jpg": PHOTO}, key=key)


def whole(key: str) -> bytes:
    return queries.bytes_of_file(Submission.objects.get(pk=key), "a.jpg")


def head(phone: Phone, key: str) -> tuple[str, str]:
    answer = phone.request("HEAD", f"submissions/{key}/files/a.jpg")
    return answer.headers["upload-offset"], answer.headers["upload-length"]


def refused(do: Callable[[], Any]) -> tuple[int, str]:
    with pytest.raises(Refused) as problem:
        do()
    return problem.value.answer.status, problem.value.body.get("code", "")


def test_a_photo_comes_in_pieces(phone: Phone, queued: str) -> None:
    phone.send(queued, piece=1000)
    assert whole(queued) == PHOTO


def test_a_cut_upload_goes_on_in_the_middle_of_the_photo(noi: User, phone: Phone, queued: str) -> None:
    network = Network()
    phone.ask = network.ask
    network.faults = ["", "body"]
    with pytest.raises(ConnectionError):
        phone.send(queued)
    assert head(phone, queued) == (str(len(PHOTO) // 2), str(len(PHOTO)))
    sent: list[int] = []
    ask = phone.ask
    phone.ask = lambda method, path, body, headers: (sent.append(len(body)), ask(method, path, body, headers))[1]
    phone.send(queued)
    assert max(sent[1:]) == len(PHOTO) - len(PHOTO) // 2
    assert whole(queued) == PHOTO


def test_pieces_sent_twice_or_over_each_other_do_no_harm(phone: Phone, queued: str) -> None:
    for at in (0, 0, 500, 1000, 200):
        phone.outbox[queued].have = {}
        phone.send_piece(queued, "a.jpg", PHOTO, at, 1500)
    phone.send(queued)
    assert whole(queued) == PHOTO


def test_a_gap_is_told_with_what_is_here(phone: Phone, queued: str) -> None:
    assert phone.send_piece(queued, "a.jpg", PHOTO, 5000, 1000) == 0


def test_a_file_that_is_not_what_was_announced_begins_anew(phone: Phone, queued: str) -> None:
    key = f"submissions/{queued}/files/a.jpg"
    told = {"Upload_Offset": "0", "Upload_Length": str(len(PHOTO)), "Mudmai_Sha256": SHA.hex()}
    spoilt = b"\0" + PHOTO[1:]
    assert refused(lambda: phone.request("PUT", key, spoilt, **told)) == (422, "not_the_file")
    phone.send(queued)
    assert whole(queued) == PHOTO


def test_another_photo_of_the_same_name_is_kept_beside(phone: Phone, queued: str, noi: User) -> None:
    phone.send(queued)
    other = PHOTO + b"another"
    kept = services.keep_file(Submission.objects.get().pk, "a.jpg", other, by=noi)
    again = services.keep_file(Submission.objects.get().pk, "a.jpg", other, by=noi)
    assert kept.kept_as == again.kept_as != ""
    assert whole(queued) == PHOTO
    assert queries.bytes_of_file(Submission.objects.get(), kept.kept_as) == other


def test_a_file_of_two_hundred_megabytes_is_refused_before_it_is_read(phone: Phone, queued: str) -> None:
    told = {"Upload_Offset": "0", "Upload_Length": str(200 * 2**20)}
    answer = refused(lambda: phone.request("PUT", f"submissions/{queued}/files/big.jpg", b"x", **told))
    assert answer == (413, "too_large")
    assert not Attachment.objects.exists()


def test_a_form_of_five_megabytes_is_refused_also_when_it_comes_compressed(phone: Phone, queued: str) -> None:
    import zlib

    bomb = zlib.compressobj(9, zlib.DEFLATED, 31)
    body = bomb.compress(b"<a>" + b" " * 50_000_000) + bomb.flush()
    assert len(body) < 100_000
    answer = refused(lambda: phone.request("PUT", f"submissions/{uuid4()}", body, Content_Encoding="gzip"))
    assert answer == (413, "too_large")
    answer = refused(lambda: phone.request("PUT", f"submissions/{uuid4()}", b"x" * 5 * 2**20))
    assert answer == (413, "too_large")


@pytest.mark.parametrize("name", ["a%2Fb.jpg", "..", "%00.jpg", "x" * 201])
def test_a_name_that_no_disk_holds_is_refused(phone: Phone, queued: str, name: str) -> None:
    told = {"Upload_Offset": "0", "Upload_Length": "1"}
    status, _code = refused(lambda: phone.request("PUT", f"submissions/{queued}/files/{name}", b"x", **told))
    assert status in {400, 404}
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(("offset", "length"), [("-1", "5"), ("x", "5"), ("6", "5"), ("0", ""), ("0", "9" * 30)])
def test_a_piece_that_does_not_say_where_it_goes_is_refused(
    phone: Phone, queued: str, offset: str, length: str
) -> None:
    told = {"Upload_Offset": offset, "Upload_Length": length}
    status, _code = refused(lambda: phone.request("PUT", f"submissions/{queued}/files/a.jpg", b"x", **told))
    assert status in {400, 413}


def test_somebody_elses_form_takes_no_file(phone: Phone, queued: str, somsri: User) -> None:
    phone.send(queued)
    other = Phone(phone.ask, username="somsri", password=PASSWORD, clock=clock.now)
    other.sign_in()
    other.queue(b"", {}, key=Submission.objects.get().pk)
    assert refused(lambda: other.send_piece(queued, "b.jpg", PHOTO, 0)) == (404, "not_found")
    assert refused(lambda: other.request("GET", f"submissions/{queued}")) == (404, "not_found")
    assert refused(lambda: other.request("HEAD", f"submissions/{queued}/files/a.jpg"))[0] == 404


def test_photos_are_sealed_on_the_disk(phone: Phone, queued: str, files: Path) -> None:
    phone.send(queued, piece=3000)
    kept = [path.read_bytes() for path in files.rglob("*") if path.is_file()]
    assert len(kept) == 1
    assert b"JFIF" not in kept[0]


def test_a_form_that_did_not_arrive_whole_is_sent_again(phone: Phone, queued: str) -> None:
    xml = phone.outbox[queued].xml
    told = {"Mudmai_Sha256": hashlib.sha256(xml).hexdigest()}
    assert refused(lambda: phone.request("PUT", f"submissions/{queued}", xml[:-9], **told)) == (400, "cut_short")
    assert not Submission.objects.exists()
    phone.send(queued)
    assert Submission.objects.count() == 1


def test_what_is_no_xml_is_kept_where_the_phone_has_nothing_else(phone: Phone, noi: User) -> None:
    key = uuid4()
    broken = b"<data id='field_survey' version='1'><a>"
    assert refused(lambda: phone.request("PUT", f"submissions/{key}", broken)) == (400, "not_a_submission")
    phone.queue(broken, key=key)
    phone.send(str(key))
    services.settle_received()
    sent = Submission.objects.get(pk=key)
    assert (sent.state, [each["kind"] for each in queries.problems_of(sent)]) == ("flagged", ["not_xml"])
    assert queries.submissions.xml_of(sent) == broken


def test_an_entity_bomb_opens_nothing(phone: Phone) -> None:
    bomb = b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><data id="x">&a;</data>'
    assert refused(lambda: phone.request("PUT", f"submissions/{uuid4()}", bomb))[0] == 400


def test_what_the_server_lost_is_sent_again(phone: Phone, queued: str) -> None:
    phone.send(queued)
    Submission.objects.all().delete()
    Attachment.objects.all().delete()
    phone.outbox.setdefault(queued, phone.outbox[queued])
    phone.sync()
    assert phone.outbox[queued].state == "queued"
    phone.send(queued)
    assert whole(queued) == PHOTO


def test_a_reply_to_an_inquiry_is_taken_once(phone: Phone, noi: User, somsri: User) -> None:
    from mudmai.linkage import services as linkage
    from mudmai.linkage.models import Inquiry, Question
    from mudmai.people.models import Household

    house = Household.objects.get(house_no="45").pk.hex
    key, xml = filled(household_key=house, members=[{"given_name": "มาลี", "family_name": "ใจดี"}])
    phone.queue(xml, key=key)
    phone.send(str(key))
    services.settle_received()
    linkage.inquire(Question.objects.get(), note="ถามว่าเป็นคนเดียวกันไหม", by=somsri)
    phone.sync()
    [asked] = phone.inquiries
    assert "มาลี" in asked["sides"][0]["who"]
    for _twice in range(2):
        told = phone.say(f"inquiries/{asked['id']}/reply", {"reply": "คนละคน", "told_by": "ลุงแก้ว"})
        assert told["state"] == "taken"
    inquiry = Inquiry.objects.get()
    assert (inquiry.reply, inquiry.written_by, Question.objects.get().state) == ("คนละคน", noi, "open")
    assert refused(lambda: phone.say(f"inquiries/{asked['id']}/reply", {"reply": "คนเดียวกัน"})) == (409, "not_asked")
    assert refused(lambda: phone.say(f"inquiries/{uuid4()}/reply", {"reply": "ไม่รู้"}))[0] == 404
