"""The diagnosis behind the AIDS allowance: told and read by the case manager on the person's page, by nobody else."""

from types import SimpleNamespace

import pytest
from django.test import Client

from mudmai.accounts.models import User
from mudmai.audit.models import Entry
from mudmai.people.models import Person, Record

WORDS = "แพทย์วินิจฉัยว่าป่วยเอดส์"


@pytest.fixture
def told(town: SimpleNamespace, client_of, wichai: User) -> SimpleNamespace:
    """Wichai fills in the one field, and leaves the others as they are."""
    address = f"/persons/{town.mali}/edit/"
    form = client_of(wichai).get(address).context["form"]
    known = {name: told for name in form.fields if (told := form[name].value())}
    answer = client_of(wichai).post(address, {**known, "aids_diagnosed": "ใช่", "reason": "ใบรับรองแพทย์"})
    assert answer.status_code == 302
    return town


def test_the_case_manager_tells_it_and_reads_it(told: SimpleNamespace, client_of, wichai: User) -> None:
    assert Person.objects.get(pk=told.mali).known["aids_diagnosed"][0] is True
    page = client_of(wichai).get(f"/persons/{told.mali}/").content.decode()
    assert WORDS in page
    assert [entry.who for entry in Entry.objects.all() if "guarded" in entry.details.get("classes", [])] == [wichai]


@pytest.mark.parametrize("who", ["somsri", "noi"])
def test_nobody_else_reads_it_anywhere(told: SimpleNamespace, client_of, request, who: str) -> None:
    browser: Client = client_of(request.getfixturevalue(who))
    record = Record.objects.get(said__has_key="aids_diagnosed")
    for address in (
        f"/persons/{told.mali}/",
        f"/records/{record.pk}/",
        "/persons/?area=520306",
        "/decisions/",
        "/batches/",
        "/export/persons/",
    ):
        assert "เอดส์" not in browser.get(address).content.decode(), address


def test_the_form_of_others_does_not_know_the_field(town: SimpleNamespace, client_of, somsri: User) -> None:
    browser = client_of(somsri)
    assert WORDS not in browser.get(f"/persons/{town.mali}/edit/").content.decode()
    browser.post(f"/persons/{town.mali}/edit/", {"aids_diagnosed": "ใช่", "occupation": "ค้าขาย"})
    assert "aids_diagnosed" not in Person.objects.get(pk=town.mali).known


def test_the_case_manager_takes_no_file_with_it(told: SimpleNamespace, client_of, wichai: User) -> None:
    assert WORDS not in client_of(wichai).get("/export/persons/").content.decode()


def test_a_birth_date_that_was_emptied_is_said_to_be_none(town: SimpleNamespace, client_of, somsri: User) -> None:
    """An emptied field says that there is none, also where a day would stand."""
    assert client_of(somsri).post(f"/persons/{town.mali}/edit/", {"given_name": "มาลี"}).status_code == 302
    page = client_of(somsri).get(f"/persons/{town.mali}/")
    assert page.status_code == 200
    assert "ไม่มี" in page.content.decode()
