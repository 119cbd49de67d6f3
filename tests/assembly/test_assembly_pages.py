"""The pages of an assembly, and the one behind the QR which anybody may open."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.assembly.meetings import ROUND, closed, frozen, signed, villagers
from tests.conftest import VILLAGE

from mudmai.access.models import Membership, Team
from mudmai.accounts.models import User
from mudmai.assembly import queries, services
from mudmai.assembly.models import Assembly, Photo

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _villagers() -> None:
    cache.clear()
    villagers()


def url(name: str, held: Assembly) -> str:
    return reverse(f"assembly:{name}", args=[held.pk])


def test_somsri_freezes_a_list_and_goes_through_it(client_of: SignIn, somsri: User) -> None:
    browser = client_of(somsri)
    told = {
        "area_code": "52030601", "title": "ผู้เปราะบาง หมู่ 1", "facts": ["bedridden", "disabled"],
        "held_on": "2/11/2569", "place": "ศาลา", "purpose": "help",
    }  # fmt: skip
    answer = browser.post(reverse("assembly:new"), told)
    held = Assembly.objects.get()
    assert answer.headers["Location"] == url("assembly", held)

    browser.post(url("step", held), {"kind": "kept", "row": "1"})
    browser.post(url("step", held), {"kind": "struck", "row": "2", "why": "ย้ายออกแล้ว"})

    page = browser.get(url("assembly", held)).content.decode()
    assert "คำ แสนดี" in page
    assert "ย้ายออกแล้ว" in page


@pytest.mark.parametrize(
    ("field", "value"), [("area_code", "520306"), ("held_on", "วันจันทร์หน้า"), ("facts", []), ("purpose", "")]
)
def test_a_wrong_field_is_named_and_the_rest_stays_as_typed(
    client_of: SignIn, somsri: User, field: str, value: object
) -> None:
    told = {
        "area_code": "52030601", "title": "บัญชีพิเศษ", "facts": ["bedridden"], "held_on": "2/11/2569", "purpose": "help",
    } | {field: value}  # fmt: skip
    answer = client_of(somsri).post(reverse("assembly:new"), told)

    assert answer.status_code == 422
    assert "บัญชีพิเศษ" in answer.content.decode()
    assert not Assembly.objects.exists()


def test_striking_without_a_reason_says_so_and_keeps_the_place(client_of: SignIn, somsri: User) -> None:
    held = frozen(somsri)
    answer = client_of(somsri).post(url("step", held), {"kind": "struck", "row": "1", "why": ""})

    assert answer.status_code == 422
    assert "ใส่เหตุผล" in answer.content.decode()


@pytest.mark.parametrize("kind", ["certified", "frozen", "signed", "dance", ""])
def test_a_page_writes_only_what_a_meeting_does(client_of: SignIn, somsri: User, kind: str) -> None:
    held = closed(somsri)
    before = held.steps_count
    answer = client_of(somsri).post(url("step", held), {"kind": kind, "name": "x", "position": "headman", "way": "pin"})

    assert answer.status_code == 422
    assert Assembly.objects.get().steps_count == before


def test_a_known_person_is_added_by_search_and_a_stranger_by_name(client_of: SignIn, somsri: User) -> None:
    held = frozen(somsri)
    browser = client_of(somsri)
    assert "แก้ว ใหม่มา" in browser.get(url("add", held), {"q": "แก้ว"}).content.decode()

    browser.post(url("add", held), {"q": "แก้ว", "person": "4" * 32, "why": "ไม่มีผู้ดูแล"})
    browser.post(url("add", held), {"q": "x", "name": "นายใหม่ ยังไม่มี", "house": "5", "why": "เพิ่งย้ายมา"})

    assert [row.name for row in queries.minutes_of(held).rows.values() if row.added] == ["แก้ว ใหม่มา", "นายใหม่ ยังไม่มี"]


def test_a_photo_is_kept_sealed_and_a_file_that_is_none_is_refused(client_of: SignIn, somsri: User) -> None:
    held = frozen(somsri)
    browser = client_of(somsri)
    picture = b"\xff\xd8\xff\xe0" + b"the village hall" * 4

    wrong = browser.post(url("add_photo", held), {"photo": SimpleUploadedFile("a.jpg", b"MZ not a picture")})
    assert wrong.status_code == 422
    browser.post(url("add_photo", held), {"photo": SimpleUploadedFile("a.jpg", picture), "caption": "ที่ประชุม"})

    kept = Photo.objects.get()
    assert picture[4:40] not in bytes(kept.sealed)
    shown = browser.get(reverse("assembly:photo", args=[held.pk, kept.sha256]))
    assert shown.content == picture


def test_the_whole_way_to_a_certified_list(client_of: SignIn, somsri: User) -> None:
    held = closed(somsri)
    browser = client_of(somsri)
    for name, position in (("ดำ", "headman"), ("แดง", "assistant"), ("น้อย", "volunteer")):
        told = {"way": "drawn", "name": name, "position": position, "strokes": str(ROUND)}
        assert browser.post(url("sign", held), told).status_code == 302

    browser.post(url("certify", held))

    assert Assembly.objects.get().phase == "certified"
    paper = browser.get(url("paper", held)).content.decode()
    assert queries.fingerprint_of(Assembly.objects.get()) in paper
    assert "<svg" in paper
    assert "คำ แสนดี" in paper


def test_whoever_scans_the_code_sees_the_fingerprint_and_no_name(anonymous: Client, somsri: User) -> None:
    held = signed(somsri)
    services.certify(held, by=somsri)
    page = anonymous.get(reverse("assembly:check", args=[held.token])).content.decode()

    assert queries.fingerprint_of(held) in page
    for name in ("มาลี", "คำ แสนดี", "ดำ ดีงาม", "สมศรี"):
        assert name not in page


@pytest.mark.parametrize(
    ("no", "name", "right"),
    [
        ("2", "มาลี ใจดี", True), ("2", "นาง มาลี  ใจดี", True), ("1", "มาลี ใจดี", False), ("2", "มาลา ใจดี", False),
        ("9", "มาลี ใจดี", False),
    ],
)  # fmt: skip
def test_a_line_of_the_paper_is_checked(anonymous: Client, somsri: User, no: str, name: str, right: bool) -> None:
    held = signed(somsri)
    page = anonymous.post(reverse("assembly:check", args=[held.token]), {"no": no, "name": name}).content.decode()

    assert ("บรรทัดนี้ตรงกับฉบับที่ลงชื่อ" in page) is right


def test_whoever_guesses_names_is_held_back(anonymous: Client, somsri: User) -> None:
    held = closed(somsri)
    address = reverse("assembly:check", args=[held.token])
    codes = [anonymous.post(address, {"no": "1", "name": f"คน {n}"}).status_code for n in range(62)]

    assert codes[:60] == [200] * 60
    assert codes[-1] == 429


def test_a_code_that_nobody_made_tells_nothing(anonymous: Client) -> None:
    assert anonymous.get(reverse("assembly:check", args=["x" * 22])).status_code == 404


def test_those_of_other_places_do_not_see_that_it_exists(client_of: SignIn, somsri: User, stranger: User) -> None:
    held = frozen(somsri)
    browser = client_of(stranger)
    for name in ("assembly", "paper", "chain", "sign"):
        assert browser.get(url(name, held)).status_code == 404
    assert browser.post(url("step", held), {"kind": "kept", "row": "1"}).status_code == 404


def test_a_volunteer_of_the_village_reads_the_list_and_writes_nothing(
    client_of: SignIn, somsri: User, noi: User
) -> None:
    held = frozen(somsri)
    browser = client_of(noi)

    assert browser.get(url("assembly", held)).status_code == 200
    assert browser.post(url("step", held), {"kind": "kept", "row": "1"}).status_code == 403


def test_a_volunteer_with_some_houses_of_the_village_still_signs_its_list(
    client_of: SignIn, somsri: User, noi: User
) -> None:
    held = closed(somsri)
    team = Team.objects.create(name="อสม. หมู่ 1", kind="village", area_code=VILLAGE)
    Membership.objects.create(team=team, user=noi, role="volunteer", starts_on=date(2026, 1, 1))
    services.set_pin(noi, "482915")

    browser = client_of(noi)
    assert browser.get(reverse("assembly:assemblies")).status_code == 200
    browser.post(url("sign", held), {"way": "pin", "position": "volunteer", "pin": "482915"})
    assert [each.name for each in queries.minutes_of(held).signatures] == ["น้อย แก้วมา"]
