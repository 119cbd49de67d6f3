"""What came in, and taking it back."""

from importlib import import_module

import pytest
from tests.pages.conftest import MALI, crowd
from tests.people.town import row, state, tell

from mudmai.audit.models import Entry
from mudmai.people.models import Batch, Person

views = import_module("mudmai.pages.views.batches")


def pull_the_plug(*_told):
    raise KeyboardInterrupt


def test_lists_are_shown_newest_first_with_who_and_when(client_of, somsri, town):
    answer = client_of(somsri).get("/batches/")

    assert [each["batch"] for each in answer.context["rows"]] == [town.survey, town.health, town.register]
    assert "ทะเบียนราษฎร" in answer.content.decode()


def test_corrections_of_staff_are_no_lists(client_of, somsri, town):
    tell(row("มาลี", id="9" * 32), kind="staff", links={"9" * 32: MALI})

    assert len(client_of(somsri).get("/batches/").context["rows"]) == 3


def test_many_lists_are_paged(client_of, somsri, monkeypatch):
    monkeypatch.setattr(views, "PAGE", 2)
    made = [tell(row(f"คน{n}", house=str(n)), kind="other_list") for n in range(1, 6)]
    client, seen, url = client_of(somsri), [], "/batches/"
    while url:
        answer = client.get(url)
        seen += [each["batch"] for each in answer.context["rows"]]
        following = answer.context["page"]["next_url"]
        url = following and "/batches/" + following

    assert seen == made[::-1]


def test_a_list_shows_whom_its_rows_are_about(client_of, somsri, town):
    text = client_of(somsri).get(f"/batches/{town.register.pk}/").content.decode()

    assert "นางมาลี ใจดี" in text
    assert "นายแดง ใจดี" not in text or "แดง" in text


def test_the_rows_of_a_long_list_are_paged(client_of, somsri):
    crowd(120)
    page, seen = f"/batches/{Batch.objects.get().pk}/", []
    url = page
    while url:
        answer = client_of(somsri).get(url)
        seen += [each.person.given_name for each in answer.context["rows"]]
        url = answer.context["page"]["next_url"] and page + answer.context["page"]["next_url"]

    assert len(set(seen)) == len(seen) == 120


def test_before_taking_back_one_sees_what_that_changes(client_of, somsri, town):
    before = state()
    answer = client_of(somsri).get(f"/batches/{town.health.pk}/undo/")

    shown = answer.context["changes"]
    assert (shown["counts"].records, shown["counts"].persons_gone) == (1, 0)
    assert [each["name"] for each in shown["persons"]] == ["นางมาลี ใจดี"]
    fields = {(each["label"], each["old"], each["new"]) for each in shown["persons"][0]["fields"]}
    assert ("โทรศัพท์", "081 234 5678", "") in fields
    assert "081 234 5678" in answer.content.decode()
    assert state() == before


def test_a_list_is_taken_back_with_the_reason_and_put_back_as_it_was(client_of, somsri, town):
    before, client, address = state(), client_of(somsri), f"/batches/{town.health.pk}/undo/"

    assert client.post(address, {"reason": "ไฟล์ผิดเดือน"}).url == f"/batches/{town.health.pk}/"
    assert "adl_group" not in Person.objects.get(pk=town.mali).known
    page = client.get(f"/batches/{town.health.pk}/").content.decode()
    assert "ถอนคืนแล้ว" in page
    assert "ไฟล์ผิดเดือน" in page
    assert "สมศรี ใจงาม" in page

    assert not client.get(address).context["changes"]["counts"].withdrawn
    client.post(address, {})
    assert state() == before
    assert [line.action for line in Entry.objects.order_by("id")] == ["intake.list.undone", "intake.list.restored"]


def test_a_large_list_is_taken_back_by_a_job(client_of, somsri, town, monkeypatch):
    monkeypatch.setattr(views, "AT_ONCE_ROWS", 1)

    answer = client_of(somsri).post(f"/batches/{town.register.pk}/undo/", {}, follow=True)

    assert answer.redirect_chain == [(f"/batches/{town.register.pk}/", 302)]
    assert answer.context["batch"].withdrawn
    assert Person.objects.filter(pk=town.daeng).count() == 0


def test_a_job_that_was_killed_after_the_decision_is_finished_by_the_next_try(somsri, town, monkeypatch):
    from mudmai.pages.tasks import turn_batch

    with monkeypatch.context() as patch:
        patch.setattr("mudmai.people.services.standing.refold_target", pull_the_plug)
        with pytest.raises(KeyboardInterrupt):
            turn_batch.call(str(town.health.pk), somsri.pk, True)
    assert "adl_group" in Person.objects.get(pk=town.mali).known

    turn_batch.call(str(town.health.pk), somsri.pk, True)

    assert "adl_group" not in Person.objects.get(pk=town.mali).known


def test_while_the_job_runs_the_page_says_so_and_asks_again(client_of, somsri, town, settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    monkeypatch.setattr(views, "AT_ONCE_ROWS", 1)
    client = client_of(somsri)

    sent = client.post(f"/batches/{town.register.pk}/undo/", {})
    page = client.get(sent.url)

    assert 'hx-trigger="every 1s"' in page.content.decode()
    assert "กำลังถอนคืนรายชื่อ" in page.content.decode()
    assert client.get(f"/batches/{town.health.pk}/undo/?job={sent.url.partition('job=')[2]}").status_code == 302
    assert client.get(f"/batches/{town.register.pk}/undo/?job=nonsense").status_code == 302


@pytest.mark.parametrize(("member", "status"), [("noi", 404), ("wichai", 403), ("nayok", 404), ("stranger", 404)])
def test_others_take_nothing_back(client_of, town, member, status, request):
    user = request.getfixturevalue(member)

    assert client_of(user).post(f"/batches/{town.health.pk}/undo/", {}).status_code == status
    assert not Batch.objects.filter(withdrawn=True).exists()


def test_of_a_very_long_list_the_values_are_not_counted_one_by_one(client_of, somsri, town, monkeypatch):
    monkeypatch.setattr("mudmai.people.services.foresight.TOLD_PERSONS", 1)
    monkeypatch.setattr("mudmai.people.services.foresight.COUNTED_PERSONS", 1)

    answer = client_of(somsri).get(f"/batches/{town.register.pk}/undo/")

    shown = answer.context["changes"]
    assert shown["counts"].fields is None
    assert (shown["counts"].persons, shown["counts"].persons_gone) == (4, 3)
    assert len(shown["persons"]) == 1
    assert shown["more"] == 3
