"""Every decision on one page in a sentence with its evidence, and taking one back after a look at what changes."""

from datetime import date
from importlib import import_module

import pytest
from django.urls import reverse
from tests.linkage.folk import bring, somebody
from tests.pages.conftest import MALI, dashed
from tests.people.town import person, row, state, tell

from mudmai.audit.models import Entry
from mudmai.linkage.models import Question
from mudmai.linkage.services import answer
from mudmai.people import services
from mudmai.people.models import Decision, Household, Person

decisions = import_module("mudmai.people.queries.decisions")
PAGE = "/decisions/"


@pytest.fixture
def merged(town, somsri):
    """แดง of the register and แดง whom a volunteer met in 99 were put together by somsri."""
    tell(row("แดง", id="7" * 32, house="99", phone=["+66899999999"], title="นาย"), kind="volunteer_survey")
    return services.merge_persons(person(town.daeng), person("7" * 32), by=somsri, reason="พบตัวแล้ว")


def sentences(answered):
    return [each["sentence"] for each in answered.context["rows"]]


def test_each_decision_is_a_sentence_with_its_ground(client_of, somsri, merged):
    found = client_of(somsri).get(PAGE)

    assert sentences(found) == [
        "สมศรี ใจงาม ตัดสินว่า นายแดง ใจดี (แถว 1!1 ของ “civil_register”) กับ "
        "นายแดง ใจดี (แถว 1!1 ของ “volunteer_survey”) เป็นคนเดียวกัน",
        "มาลี ใจดี (แถว 1!1 ของ “bedridden_list”) คือ นางมาลี ใจดี เพราะเลขประจำตัวประชาชนและชื่อตรงกัน",
    ]
    assert "พบตัวแล้ว" in found.content.decode()


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("kind=merge", ["merge"]),
        ("basis=cid", ["link"]),
        ("about=batch", ["withdraw"]),
        ("stands=no", []),
        ("band=0.999", ["link"]),
        ("band=0.9", []),
        ("area=52030602", []),
        ("area=52030601&kind=link", ["link"]),
        ("since=3/11/2569", []),
        ("until=2/11/2569&kind=merge", ["merge"]),
        (f"person={dashed(MALI)}", ["link"]),
    ],
)
def test_filters_keep_what_they_say(client_of, somsri, town, merged, query, kinds):
    services.withdraw(town.survey, by=somsri)

    found = client_of(somsri).get(f"{PAGE}?{query}")

    assert [each["decision"].kind for each in found.context["rows"]] == kinds


def test_who_decided_and_which_list_are_filters_too(client_of, somsri, town, merged):
    client = client_of(somsri)

    mine = client.get(f"{PAGE}?by={somsri.pk}").context["rows"]
    of_list = client.get(f"{PAGE}?batch={town.health.pk}").context["rows"]

    assert [each["decision"].pk for each in mine] == [merged.pk]
    assert [each["decision"].batch for each in of_list] == [town.health]


def test_a_day_that_is_none_is_said_to_be_none(client_of, somsri, merged):
    found = client_of(somsri).get(f"{PAGE}?since=วันไหนสักวัน")

    assert found.status_code == 422
    assert "15/11/2569" in found.content.decode()


def test_many_decisions_are_walked_page_by_page_and_back(client_of, somsri, town, monkeypatch):
    monkeypatch.setattr(decisions, "decisions_page", decisions.decisions_page)
    for n in range(7):
        tell(row(f"คน{n}", id=f"{n + 90:032x}"), kind="tpmap", links={f"{n + 90:032x}": MALI})
    seen, after = [], ""
    while True:
        page = decisions.decisions_page(somsri, decisions.DecisionFilter(), after=after, size=3)
        seen += [each.decision.pk for each in page.rows]
        if not page.after:
            break
        after = page.after
    back = decisions.decisions_page(somsri, decisions.DecisionFilter(), before=page.before, size=3)

    assert seen == list(Decision.objects.order_by("-decided_at", "-id").values_list("pk", flat=True))
    assert [each.decision.pk for each in back.rows] == seen[len(seen) - len(page.rows) - 3 : len(seen) - len(page.rows)]
    assert decisions.decisions_page(somsri, decisions.DecisionFilter(), after="nonsense").rows == []


def test_only_decisions_whose_people_are_all_in_ones_area_are_shown(client_of, somsri, stranger, admin, town, merged):
    far = row("ไกล", id="8" * 32, area="50010101")
    tell(far, area="500101")
    away = services.mark_different(MALI, far.id, by=somsri)

    assert client_of(stranger).get(PAGE).context["rows"] == []
    assert away.pk not in {each["decision"].pk for each in client_of(somsri).get(PAGE).context["rows"]}
    assert client_of(somsri).get(f"{PAGE}{away.pk}/").status_code == 404
    assert client_of(admin).get(PAGE).status_code == 403


def test_before_a_merge_is_taken_back_one_sees_who_parts_and_then_it_parts(client_of, somsri, town, merged):
    before, client = state(), client_of(somsri)

    page = client.get(f"{PAGE}{merged.pk}/")

    shown = page.context["changes"]["persons"]
    assert [(each["kind"], each["name"]) for each in shown] == [("parts", "นายแดง ใจดี"), ("changes", "นายแดง ใจดี")]
    assert ("โทรศัพท์", "089 999 9999", "") in {(f["label"], f["old"], f["new"]) for f in shown[1]["fields"]}
    assert ("อาศัยอยู่ที่", "99", "12/3") in {(f["label"], f["old"], f["new"]) for f in shown[1]["fields"]}
    assert state() == before

    client.post(f"{PAGE}{merged.pk}/", {"reason": "คนละคน"})

    assert Person.objects.filter(given_name="แดง").count() == 2
    again = client.get(f"{PAGE}{merged.pk}/").content.decode()
    assert "ถูกถอนแล้ว" in again
    assert "คนละคน" in again
    client.post(f"{PAGE}{merged.pk}/", {})
    assert state() == before
    assert [line.action for line in Entry.objects.order_by("id")] == [
        "linkage.decision.withdrawn", "linkage.decision.restored",
    ]  # fmt: skip


def test_a_correction_made_meanwhile_goes_with_the_one_that_was_chosen(client_of, somsri, town, merged):
    services.correct_person(Person.objects.get(pk=town.daeng), {"occupation": "ทำนา"}, by=somsri)
    client = client_of(somsri)
    form = client.get(f"{PAGE}{merged.pk}/").context["form"]
    (name,) = form.edits

    client.post(f"{PAGE}{merged.pk}/", {name: "7" * 32})

    assert "occupation" not in Person.objects.get(pk=town.daeng).known
    assert Person.objects.get(pk="7" * 32).known["occupation"][0] == "ทำนา"


def test_a_correction_names_which_of_several_it_is_about(client_of, somsri, town, merged):
    page = f"/persons/{town.daeng}/edit/"
    client = client_of(somsri)
    form = client.get(page).context["form"]

    assert [key for key, _label in form.fields["about"].choices] == [town.daeng.replace("-", ""), "7" * 32]
    sent = {field.name: field.value() for field in form if field.value()}
    client.post(page, sent | {"about": "7" * 32, "occupation": "ค้าขาย"})
    services.withdraw(merged, by=somsri)

    assert Person.objects.get(pk="7" * 32).known["occupation"][0] == "ค้าขาย"
    assert "occupation" not in Person.objects.get(pk=town.daeng).known


def test_two_houses_put_together_are_named_as_they_were_and_part_again(client_of, somsri, town):
    before, client = state(), client_of(somsri)
    houses = Household.objects.filter(house_no__in=["12/3", "13"]).order_by("house_no")
    merge = services.merge_households(*houses, by=somsri)

    page = client.get(f"{PAGE}{merge.pk}/")

    assert page.context["row"]["sentence"] == "สมศรี ใจงาม ตัดสินว่า บ้านเลขที่ 12/3 กับ บ้านเลขที่ 13 เป็นบ้านหลังเดียวกัน"
    members = [each for each in page.context["changes"]["houses"] if each["how"]]
    assert len(members) == 1
    client.post(f"{PAGE}{merge.pk}/", {})
    assert state() == before


def test_an_answer_taken_back_here_opens_its_question_again(client_of, somsri, town):
    bring(somebody("มาลี", "ใจดี", house=None))
    asked = Question.objects.get()
    answer(asked, "same", by=somsri)
    decision = Question.objects.get().decision
    assert decision is not None

    client_of(somsri).post(f"{PAGE}{decision.pk}/", {})

    assert Question.objects.get().state == Question.State.OPEN


def test_a_decision_in_doubt_leads_to_its_question(client_of, somsri, town):
    from mudmai.linkage.services import check_persons

    merge = services.merge_persons(person(town.mali), person(town.daeng), by=somsri)
    check_persons([MALI])

    found = client_of(somsri).get(PAGE).context["rows"][0]

    assert found["decision"] == merge
    assert found["doubt_url"] == reverse("linkage:question", args=[Question.objects.get().pk])


def test_a_taking_back_leads_to_what_it_is_about_and_is_not_taken_back_itself(client_of, somsri, town):
    services.withdraw(town.health, by=somsri)
    turn = Decision.objects.get(kind="withdraw")
    client = client_of(somsri)

    page = client.get(f"{PAGE}{turn.pk}/")

    assert page.context["target_url"] == f"/batches/{town.health.pk}/undo/"
    assert "รายชื่อ “bedridden_list”" in page.content.decode()
    assert client.post(f"{PAGE}{turn.pk}/", {}).status_code == 400


def test_those_who_do_not_review_read_a_decision_and_change_nothing(client_of, wichai, town, merged):
    client = client_of(wichai)

    assert "ถอนการตัดสินนี้" not in client.get(f"{PAGE}{merged.pk}/").content.decode()
    assert client.post(f"{PAGE}{merged.pk}/", {}).status_code == 403
    merged.refresh_from_db()
    assert not merged.withdrawn


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_needs_a_purpose_and_is_logged(client_of, somsri, town, merged, form):
    client = client_of(somsri)

    assert client.post(f"{PAGE}export/?kind=merge", {"format": form}).status_code == 422
    sent = client.post(f"{PAGE}export/?kind=merge", {"format": form, "purpose": "correction"})

    content = b"".join(sent.streaming_content)
    if form == "csv":
        lines = content.decode("utf-8-sig").splitlines()
        assert len(lines) == 2
        assert "เป็นคนเดียวกัน" in lines[1]
    assert sent.headers["Content-Disposition"].startswith("attachment")
    line = Entry.objects.get()
    assert (line.action, line.purpose, line.details["filter"]) == (
        "linkage.decisions.exported", "correction", {"kind": "merge"},
    )  # fmt: skip


def test_a_row_is_shown_as_it_came_and_is_taken_back(client_of, somsri, town):
    before, client = state(), client_of(somsri)
    address = f"/records/{dashed('5' * 32)}/"

    page = client.get(address)

    assert [each["value"] for each in page.context["said"] if each["label"] == "โทรศัพท์"] == ["081 234 5678"]
    assert page.context["person"].pk.hex == MALI
    assert [each["name"] for each in page.context["changes"]["persons"]] == ["นางมาลี ใจดี"]
    assert page.context["others"] == []
    assert [each["decision"].kind for each in page.context["decisions"]] == ["link"]
    client.post(address, {"reason": "พิมพ์ผิด"})
    assert "phone" not in Person.objects.get(pk=town.mali).known
    assert client.get(address).context["record"].withdrawn
    client.post(address, {})
    assert state() == before


def test_before_a_row_is_parted_from_a_person_one_sees_what_changes(client_of, somsri, town):
    address = reverse("pages:not_this_person", args=[town.mali, dashed("5" * 32)])
    client = client_of(somsri)

    page = client.get(address)

    assert {each["kind"] for each in page.context["changes"]["persons"]} == {"parts", "changes"}
    assert Person.objects.count() == 4
    client.post(address)
    assert Person.objects.count() == 5
    assert client.get(address).status_code == 302  # there is nothing to part any more


def test_the_history_of_a_person_tells_the_same_sentences(client_of, somsri, town, merged):
    listed = sentences(client_of(somsri).get(f"{PAGE}?kind=merge"))

    page = client_of(somsri).get(f"/persons/{town.daeng}/")

    assert [each["sentence"] for each in page.context["decisions"]] == listed


def test_pages_stay_quick_when_there_are_many_decisions(somsri, town, django_assert_max_num_queries):
    tell(
        *(row(f"คน{n}", id=f"{n + 900:032x}") for n in range(60)),
        kind="tpmap", as_of=date(2026, 10, 2), links={f"{n + 900:032x}": MALI for n in range(60)},
    )  # fmt: skip

    with django_assert_max_num_queries(9):
        page = decisions.decisions_page(somsri, decisions.DecisionFilter())

    assert len(page.rows) == 50
