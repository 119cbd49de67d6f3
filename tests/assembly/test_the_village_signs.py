"""A list is frozen, gone through, closed, signed and certified; the registry then shows the village behind it."""

import json

import pytest
from tests.assembly.meetings import ROUND, closed, frozen, signed, villagers
from tests.people.town import person, row, tell

from mudmai.access.services import DutyDoesNotAllow, OutsideYourAreas
from mudmai.accounts.models import User
from mudmai.assembly import queries, services
from mudmai.assembly.models import Assembly, SigningPin, Step
from mudmai.assembly.rules.minutes import StepIncomplete, StepRefused
from mudmai.linkage.models import Question
from mudmai.people.models import Person
from mudmai.people.services import withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _villagers() -> None:
    villagers()


def test_the_list_holds_those_of_the_village_by_house_and_names_no_illness(somsri: User) -> None:
    minutes = queries.minutes_of(frozen(somsri))

    assert [(each.no, each.name, each.house) for each in minutes.rows.values()] == [
        (1, "คำ แสนดี", "9"),
        (2, "มาลี ใจดี", "12/3"),
    ]
    assert minutes.rows[2].reasons == []  # bedridden is health, and the list is read out


def test_the_list_stays_as_it_was_frozen_whatever_the_registry_learns(somsri: User) -> None:
    held = frozen(somsri)
    tell(row("แก้ว", "ใหม่มา", house="12/3", id="5" * 32, disability_registered=True), links={"5" * 32: "4" * 32})

    assert len(queries.minutes_of(held).rows) == 2


def test_a_village_without_anybody_on_these_lists_has_nothing_to_freeze(somsri: User) -> None:
    with pytest.raises(services.NothingToFreeze):
        services.freeze(
            by=somsri, area_code="52030603", title="x", held_on=frozen(somsri).held_on, facts=["bedridden"]
        )  # fmt: skip


def test_a_tambon_is_no_village(somsri: User) -> None:
    with pytest.raises(services.NoSuchVillage):
        services.freeze(by=somsri, area_code="520306", title="x", held_on=frozen(somsri).held_on, facts=["bedridden"])


def test_who_may_not_run_an_assembly_freezes_nothing(noi: User, stranger: User, nayok: User) -> None:
    for user, refusal in ((noi, DutyDoesNotAllow), (stranger, OutsideYourAreas), (nayok, DutyDoesNotAllow)):
        with pytest.raises(refusal):
            frozen(user)
    assert not Assembly.objects.exists()


def test_a_list_is_closed_only_when_every_name_was_spoken_of(somsri: User) -> None:
    held = frozen(somsri)
    services.add_step(held, "attended", {"name": "ดำ", "position": "headman"}, by=somsri)
    services.add_step(held, "kept", {"rows": [1]}, by=somsri)

    with pytest.raises(StepRefused):
        services.add_step(held, "closed", {}, by=somsri)

    services.add_step(held, "struck", {"row": 2, "why": "ย้ายไปอยู่กับลูกที่ลำพูน"}, by=somsri)
    assert services.add_step(held, "closed", {}, by=somsri).phase == "closed"


def test_a_name_is_struck_only_with_a_reason(somsri: User) -> None:
    held = frozen(somsri)

    with pytest.raises(StepIncomplete):
        services.add_step(held, "struck", {"row": 1, "why": "  "}, by=somsri)
    assert held.steps_count == 1


def test_an_objection_wants_an_answer_before_the_list_is_closed(somsri: User) -> None:
    held = frozen(somsri)
    services.add_step(held, "kept", {"rows": [1, 2]}, by=somsri)
    services.add_step(held, "attended", {"name": "ดำ"}, by=somsri)
    services.add_step(held, "objected", {"row": 2, "who": "ลุงมี", "words": "เดินได้แล้ว"}, by=somsri)
    with pytest.raises(StepRefused):
        services.add_step(held, "closed", {}, by=somsri)

    services.add_step(held, "answered", {"objection": 1, "answer": "อสม. จะไปดูวันจันทร์"}, by=somsri)

    assert services.add_step(held, "closed", {}, by=somsri).objections[0].answer == "อสม. จะไปดูวันจันทร์"


def test_nothing_is_changed_in_a_closed_list_and_opening_it_voids_the_signatures(somsri: User) -> None:
    held = closed(somsri)
    services.sign(held, name="ดำ ดีงาม", position="headman", strokes=ROUND, by=somsri)
    with pytest.raises(StepRefused):
        services.add_step(held, "struck", {"row": 1, "why": "ผิดคน"}, by=somsri)

    services.add_step(held, "reopened", {"why": "ลืมป้าแก้ว"}, by=somsri)

    minutes = services.add_step(held, "added", {"name": "แก้ว ใหม่มา", "person": "4" * 32, "why": "ป่วย"}, by=somsri)
    assert (minutes.signatures, [each.name for each in minutes.standing][-1]) == ([], "แก้ว ใหม่มา")


def test_a_list_is_certified_once_every_position_has_signed(somsri: User) -> None:
    held = closed(somsri)
    with pytest.raises(StepRefused, match="ผู้ใหญ่บ้าน"):
        services.certify(held, by=somsri)

    done = signed(somsri)
    services.certify(done, by=somsri)

    assert done.phase == "certified"
    with pytest.raises(StepRefused):
        services.add_step(done, "struck", {"row": 1, "why": "สาย"}, by=somsri)


def test_the_registry_shows_the_assembly_as_the_source_of_its_confirmation(somsri: User) -> None:
    held = signed(somsri)
    services.certify(held, by=somsri)

    value, *_rest = person("1" * 32).known["assembly_confirmed_on"]
    assert value == "2026-11-02"
    assert held.batch is not None
    assert "ผู้เปราะบางหมู่ 1" in held.batch.label
    assert "assembly_confirmed_on" not in person("3" * 32).known


def test_withdrawing_what_the_assembly_told_takes_it_all_back(somsri: User) -> None:
    held = signed(somsri)
    services.certify(held, by=somsri)
    assert held.batch is not None
    withdraw(held.batch, by=somsri, reason="ประชุมใหม่")
    held.batch.refresh_from_db()

    assert "assembly_confirmed_on" not in person("1" * 32).known
    assert queries.paper_of(held).withdrawn


def test_an_added_name_that_nobody_knew_is_compared_with_everybody_first(somsri: User) -> None:
    held = frozen(somsri)
    services.add_step(held, "kept", {"rows": [1, 2]}, by=somsri)
    services.add_step(held, "attended", {"name": "ดำ"}, by=somsri)
    services.add_step(held, "added", {"name": "นางแก้ว ใหม่มา", "house": "12/3", "why": "ไม่มีใครดูแล"}, by=somsri)
    services.add_step(held, "added", {"name": "นายทองดี ไม่มีใครรู้จัก", "house": "88", "why": "เพิ่งมา"}, by=somsri)
    services.add_step(held, "closed", {"signers": ["headman", "volunteer"]}, by=somsri)
    for position in ("headman", "volunteer"):
        services.sign(held, name=position, position=position, strokes=ROUND, by=somsri)
    services.certify(held, by=somsri)

    known = "assembly_confirmed_on" in person("4" * 32).known
    assert known or Question.objects.filter(right_id=person("4" * 32).pk).exists()
    assert Person.objects.filter(given_name="ทองดี", household__house_no="88").count() == 1


def test_somebody_on_the_list_is_not_added_twice(somsri: User) -> None:
    held = frozen(somsri)
    with pytest.raises(StepRefused):
        services.add_step(held, "added", {"name": "มาลี ใจดี", "person": "1" * 32, "why": "ลืม"}, by=somsri)


def test_a_signature_is_drawn_and_not_a_dot(somsri: User) -> None:
    held = closed(somsri)
    for nothing in ([], [[5, 5]], [[0, 0, 99999, 1]], "M0 0", [["<svg>", 1]]):
        with pytest.raises(StepIncomplete):
            services.sign(held, name="ดำ", position="headman", strokes=nothing, by=somsri)  # type: ignore[arg-type]


def test_a_volunteer_signs_with_her_own_pin_only(somsri: User, noi: User) -> None:
    held = closed(somsri)
    with pytest.raises(services.NoPin):
        services.sign_by_pin(held, position="volunteer", pin="482915", by=noi)
    services.set_pin(noi, "๔๘๒๙๑๕")  # Thai digits are digits

    with pytest.raises(services.WrongPin):
        services.sign_by_pin(held, position="volunteer", pin="111111", by=noi)

    minutes = services.sign_by_pin(held, position="volunteer", pin="482915", by=noi)
    assert [(each.name, each.way) for each in minutes.signatures] == [("น้อย แก้วมา", "pin")]


def test_five_wrong_pins_lock_it_for_a_while_even_for_the_right_one(somsri: User, noi: User) -> None:
    held = closed(somsri)
    services.set_pin(noi, "482915")
    for _try in range(5):
        with pytest.raises(services.WrongPin):
            services.sign_by_pin(held, position="volunteer", pin="000001", by=noi)

    with pytest.raises(services.PinLocked):
        services.sign_by_pin(held, position="volunteer", pin="482915", by=noi)


@pytest.mark.parametrize("pin", ["12345", "123456", "654321", "777777", "48291a", "", "1234567"])
def test_a_pin_that_everybody_tries_first_is_refused(noi: User, pin: str) -> None:
    with pytest.raises(services.PinTooSimple):
        services.set_pin(noi, pin)
    assert not SigningPin.objects.exists()


def test_what_was_written_is_sealed_at_rest(somsri: User) -> None:
    frozen(somsri)

    assert "มาลี".encode() not in bytes(Step.objects.get().sealed)


def test_a_step_changed_behind_our_back_breaks_the_chain(somsri: User) -> None:
    held = signed(somsri)
    assert queries.is_whole(held)
    from mudmai.people.services import open_file, seal_file

    second = held.steps.get(n=2)
    text = open_file(bytes(second.sealed)).decode()
    held.steps.filter(n=2).update(sealed=seal_file(text.replace('"rows":[1,2]', '"rows":[1]').encode()))

    assert not queries.is_whole(held)
    assert not queries.paper_of(held).whole


def test_a_step_that_is_dropped_breaks_the_chain(somsri: User) -> None:
    held = signed(somsri)
    held.steps.filter(n=held.steps_count).delete()

    assert not queries.is_whole(held)


def test_the_text_of_a_step_says_who_did_what_when(somsri: User) -> None:
    (link,) = queries.links_of(frozen(somsri))
    step = json.loads(link.text)

    assert (step["n"], step["kind"], step["by"]) == (1, "frozen", "สมศรี ใจงาม")
    assert len(step["salt"]) == 32
