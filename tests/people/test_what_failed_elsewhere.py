"""What failed in other registries, told as stories here: merges, imports and exchanges that lost something.

Each story names the issue it comes from.
"""

import os
import subprocess
import sys
from copy import copy
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.people.town import person, row, state, tell

from mudmai.people import queries, services
from mudmai.people.models import Batch, Decision, Fact, Filing, Household, Person, Record, Tally
from mudmai.people.services.standing import apply_withdrawals, refold_target

pytestmark = pytest.mark.django_db


def twice_the_same(**told: Any) -> tuple[Any, Any]:
    """One woman whom two lists founded twice: as Pan, born 1950, in 12/3, and as Pun in 14."""
    left, right = row("ปั้น", birth_date="1950-03-15", **told), row("ปั่น", house="14", phone=["+66822222222"])
    tell(left)
    tell(right, kind="tpmap")
    return left, right


def test_a_merge_is_taken_back_although_both_sides_were_worked_on_since(somsri):
    """hapi-fhir#7146: undoing a merge fails if any of the resources was changed since."""
    left, right = twice_the_same()
    merge = services.merge_persons(person(right.id), person(left.id), by=somsri)
    one = Person.objects.get()
    services.correct_person(one, {"occupation": "ทอผ้า"}, by=somsri)
    services.correct_person(one, {"phone": ["+66833333333"]}, by=somsri, about=right.id)
    visited = row("ปั่น", house="14", marital="widowed")
    tell(visited, kind="home_visit", links={visited.id: right.id})

    services.withdraw(merge, by=somsri)

    pan, pun = person(left.id), person(right.id)
    assert (pan.full_name, pan.birth_date, pan.known["occupation"][0]) == ("ปั้น ใจดี", "1950-03-15", "ทอผ้า")
    assert pan.phone == ""
    assert (pun.full_name, pun.phone, pun.known["marital"][0]) == ("ปั่น ใจดี", "+66833333333", "widowed")
    assert "occupation" not in pun.known


def test_a_correction_that_was_about_the_other_one_is_sent_after_him(somsri):
    """hapi-fhir#7146, the other half: which of the two a later change was about, only a person knows."""
    left, right = twice_the_same()
    merge = services.merge_persons(person(right.id), person(left.id), by=somsri)
    services.correct_person(Person.objects.get(), {"occupation": "ทอผ้า"}, by=somsri)
    edit = services.foresee(merge).edits[0]
    assert edit.person == left.id

    services.withdraw(merge, by=somsri)
    services.move_edit(edit.record, right.id, by=somsri)

    assert "occupation" not in person(left.id).known
    assert person(right.id).known["occupation"][0] == "ทอผ้า"


def test_only_a_correction_by_hand_can_be_sent_elsewhere_and_only_to_this_person(somsri):
    left, right = twice_the_same()

    with pytest.raises(services.NotAnEdit):
        services.move_edit(Record.objects.get(pk=right.id), left.id, by=somsri)
    with pytest.raises(services.NotThisPerson):
        services.correct_person(person(left.id), {"occupation": "ทอผ้า"}, by=somsri, about=right.id)


def test_what_hung_on_the_one_that_gave_way_hangs_on_the_other_and_goes_back_with_him(somsri):
    """SORMAS-Project#7452, #8229: what belonged to the person that gave way was lost when two were merged.

    Other modules attach by key: one attached something to each of the two before, one to the one person meanwhile.
    """
    left, right = twice_the_same()
    attached = {"vaccination": right.id, "visit": left.id}
    merge = services.merge_persons(person(left.id), person(right.id), by=somsri)
    one = Person.objects.get()
    attached["plan"] = one.pk.hex
    hanging = {key.hex for key in queries.keys_of_person(one.pk)}

    assert set(attached.values()) <= hanging
    assert set(queries.persons_by_key(attached.values()).values()) == {one.pk.hex}

    services.withdraw(merge, by=somsri)

    owner = queries.persons_by_key(attached.values())
    assert (owner[attached["vaccination"]], owner[attached["visit"]]) == (right.id, left.id)
    assert owner[attached["plan"]] == one.pk.hex
    assert {key.hex for key in queries.keys_of_person(person(right.id).pk)} == {right.id}


def test_two_first_phone_numbers_and_two_heads_become_one(somsri):
    """SORMAS-Project#4926: after a merge two contact details were "primary", and the directories broke."""
    mother = row("ปั้น", relation_to_head="head", phone=["+66811111111"])
    father = row("ดี", house="12-3", relation_to_head="head", birth_date="1948")
    again = row("ปั้น", house="12-3", phone=["+66822222222"])
    tell(mother, father)
    tell(again, kind="home_visit")

    services.merge_persons(person(mother.id), person(again.id), by=somsri)
    services.merge_households(*Household.objects.order_by("id"), by=somsri)

    one = Person.objects.get(given_name="ปั้น")
    assert one.phone == "+66822222222"  # the visit outranks the register on phones
    told = {trace.attribute.code: trace.told for trace in queries.trace_of_person(one, {"contact"})}
    assert [value.wins for value in told["phone"]] == [True, False]
    house = Household.objects.get()
    assert (house.member_count, house.head_name) == (2, "ดี ใจดี")  # of two heads the elder, whatever the order


def test_the_one_that_survived_is_as_it_was_too(somsri):
    """hmis, pull request 21228: undoing a merge put the merged one back, but not the one that had survived."""
    left, right = twice_the_same()
    before = state()

    merge = services.merge_persons(person(right.id), person(left.id), by=somsri)
    survivor = Person.objects.get()
    assert (survivor.pk.hex, survivor.phone) == (left.id, "+66822222222")
    services.withdraw(merge, by=somsri)

    assert state() == before
    assert person(left.id).phone == ""

    services.restore(merge, by=somsri)
    assert Person.objects.get().phone == "+66822222222"


def test_rows_that_share_one_made_up_id_do_not_overwrite_each_other(somsri):
    """OpenSID#1032: people without an id got one and the same, and each row overwrote the one before."""
    from mudmai.linkage.services import Subject, link

    told = [
        Subject(key=f"{n:032x}", given=given, family=family, area="52030601", house_no=str(n), cid="1100701110019")
        for n, (given, family) in enumerate((("มาลี", "ใจดี"), ("สมชาย", "คำแสน"), ("บุญมี", "แก้วมา")), 1)
    ]

    found = link(told)

    assert {match.outcome for match in found} <= {"new", "review"}
    tell(*(row(each.given, each.family, id=each.key, house=each.house_no, cid=each.cid) for each in told))
    assert Person.objects.count() == 3


def test_the_same_list_told_again_muddles_nothing_and_leaves_corrections_alone(somsri):
    """OpenSID#10523: importing people who were stored already changed their data to something else for good."""
    malee = row(birth_date="1950-03-15", relation_to_head="head")
    tell(malee)
    services.correct_person(person(malee.id), {"given_name": "มาลัย"}, by=somsri)
    before = state()
    again = row(birth_date="1950-03-15", relation_to_head="child")  # the second sending was muddled

    batch = tell(again, as_of=date(2026, 10, 2), links={again.id: malee.id})

    assert person(malee.id).given_name == "มาลัย"
    assert person(malee.id).relation == "child"
    services.withdraw(batch, by=somsri)
    assert state() == before


class Parcel:
    """Everything one registry holds, as another one receives it."""

    def __init__(self) -> None:
        self.batches = list(Batch.objects.all())
        self.records = list(Record.objects.all())
        self.decisions = list(Decision.objects.all())

    def pieces(self) -> list[list[Any]]:
        """What is sent in one go: a batch with its records, or one decision."""
        lists = [[batch, *(r for r in self.records if r.batch_id == batch.pk)] for batch in self.batches]
        return lists + [[decision] for decision in self.decisions]


def forget() -> None:
    for model in (Fact, Tally, Filing, Person, Household, Decision, Record, Batch):
        model.objects.all().delete()


def receive(piece: list[Any]) -> None:
    """Take in what another registry sent; what came before is left alone. Flags are made from decisions, not sent."""
    for thing in map(copy, piece):
        thing.withdrawn = False
        type(thing).objects.bulk_create([thing], ignore_conflicts=True)
    for batch in (thing for thing in piece if isinstance(thing, Batch)):
        services.close_batch(Batch.objects.get(pk=batch.pk))
    for turn in Decision.objects.filter(kind__in=["withdraw", "restore"]):
        apply_withdrawals(turn.about, turn.left.hex)
    for thing in piece:
        refold_target(type(thing).objects.get(pk=thing.pk), lambda done, total: None)
    for turn in Decision.objects.filter(kind__in=["withdraw", "restore"]):
        model = {"batch": Batch, "record": Record, "decision": Decision}[turn.about]
        for target in model.objects.filter(pk=turn.left):
            refold_target(target, lambda done, total: None)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_two_registries_that_hold_the_same_count_the_same(somsri, chance):
    """OpenDK#462: after exchange the district counted 2,747 people where the village counted 2,741.

    Whatever comes first, and however often it is sent: lists, links, a merge, an answer, corrections, withdrawals.
    """
    with transaction.atomic():
        left, right = twice_the_same()
        other = row("ดี", house="14")
        wrong = tell(other, row("ผี", house="99"), kind="tpmap")
        linked = row("ปั้น", adl_score=3)
        tell(linked, kind="bedridden_list", links={linked.id: right.id})
        merge = services.merge_persons(person(left.id), person(right.id), by=somsri)
        services.correct_person(person(left.id), {"death_date": "2026-10-30"}, by=somsri)
        services.mark_different(other.id, left.id, by=somsri)
        services.withdraw(wrong, by=somsri)
        services.withdraw(merge, by=somsri)
        services.restore(merge, by=somsri)
        ours, counted, digests = state(), queries.area_numbers(["520306"], date(2026, 11, 2)), queries.digests()
        parcel = Parcel()
        forget()

        pieces = parcel.pieces()
        sent = pieces + chance.sample(pieces, len(pieces) // 2)
        chance.shuffle(sent)
        for piece in sent:
            receive(piece)

        assert queries.digests() == digests
        assert queries.area_numbers(["520306"], date(2026, 11, 2)) == counted
        assert state()["persons"] == ours["persons"]
        assert state() == ours
        transaction.set_rollback(True)


SENT_THREE_TIMES = """
import django
django.setup()
from datetime import date
from mudmai.people import services
from mudmai.people.services import NewRecord

source = services.ensure_source(code="phone", kind="home_visit", name="phone")
for _ in range(5):
    batch = services.open_batch(by=None, source=source, label="visit", as_of=date(2026, 11, 2), area_code="520306")
    sent = [
        NewRecord(said={"given_name": name}, id=f"{number:032x}", household_key="f" * 32, area_code="52030601")
        for number, name in enumerate(("ปั้น", "ดี"), 1)
    ]
    services.add_records(batch, sent)
    services.close_batch(batch)
"""
COUNTED = """
import django
django.setup()
from mudmai.people.models import Household, Person, Record

people = sorted(Person.objects.values_list("given_name", flat=True))
print(Record.objects.count(), *people, Household.objects.get().member_count)
"""


def test_what_is_sent_again_and_again_at_the_same_time_is_told_once(tmp_path):
    """opencrvs-core#7477: on a slow connection the same record was sent again and again, and stood there as often.

    Three processes, as a server has them, take the same visit of a phone five times each, at once.
    """
    database = os.environ.get("DATABASE_URL", "")
    name = f"sent_at_once_{os.getpid()}"
    home = {"MUDMAI_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "mudmai.site.settings", "MUDMAI_TODAY": ""}
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"} | home
    if database.startswith("postgres"):
        environment["DATABASE_URL"] = f"{database.rpartition('/')[0]}/{name}"
        in_server(database, f'CREATE DATABASE "{name}"')

    def python(*words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *words], env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    try:
        assert python("-m", "mudmai.site.cli", "migrate", "-v0").communicate()[1] == ""
        sending = [python("-c", SENT_THREE_TIMES) for _ in range(3)]
        complaints = [process.communicate()[1][-500:] for process in sending]
        assert [process.returncode for process in sending] == [0, 0, 0], complaints

        assert python("-c", COUNTED).communicate()[0].split() == ["2", "ดี", "ปั้น", "2"]
    finally:
        if database.startswith("postgres"):
            in_server(database, f'DROP DATABASE "{name}"')


def in_server(database: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(f"{database.rpartition('/')[0]}/postgres", autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]  # the name is our own
