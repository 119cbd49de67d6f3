"""Phones with wrong clocks send in any order, twice, cut in the middle; they are killed and brought back from backups.

Their users change and move, the server is killed at its work. In the end every form is in the registry once, every
photo is whole, and all phones of an area hold what the server holds.
"""

import copy
import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import UUID

import hypothesis
import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.conftest import OTHER_VILLAGE, PASSWORD, VILLAGE
from tests.people.town import row, tell
from tests.surveys.field import PHOTO, filled, published_survey, village, volunteer
from tests.surveys.phones import Answer, Ask, Phone, Refused, through

from mudmai.access.models import Duty
from mudmai.kernel import clock
from mudmai.people import services as registry
from mudmai.people.models import Batch, Record
from mudmai.surveys import queries, services
from mudmai.surveys.models import Attachment, Submission
from mudmai.surveys.services import settling

HOUSES = ("12/3", "45", "99", "100/1")
NAMES = ("มาลี", "บุญมี", "สายใจ", "ดวงดี", "ทองคำ")
TAKEN = {Submission.State.SETTLED, Submission.State.FLAGGED}


class Killed(BaseException):
    """A process is gone, without a word."""


class Network:
    """Django's test client with an unsteady line: the next request may not arrive, or not whole, or its answer not."""

    def __init__(self) -> None:
        self.client = Client(raise_request_exception=True)
        self.steady = through(self.client)
        self.faults: list[str] = []

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "request":
            raise ConnectionError
        if fault == "body" and len(body) > 1:
            broken: Ask = through(_Cut(self.client, body))
            broken(method, path, body, headers)
            raise ConnectionError
        answer = self.steady(method, path, body, headers)
        if fault == "answer":
            raise ConnectionError
        return answer


class _Broken:
    """A body that ends before its time: the connection is gone."""

    def __init__(self, body: bytes) -> None:
        self.rest = body

    def read(self, size: int = -1) -> bytes:
        if not self.rest:
            raise OSError
        size = len(self.rest) if size < 0 else size
        piece, self.rest = self.rest[:size], self.rest[size:]
        return piece

    readline = read


class _Cut:
    """A client whose request breaks in the middle of its body."""

    def __init__(self, client: Client, body: bytes) -> None:
        self.client, self.half = client, body[: len(body) // 2]

    def generic(self, method: str, path: str, body: bytes, **extra: Any) -> Any:
        return self.client.generic(method, path, body, **extra, **{"wsgi.input": _Broken(self.half)})


class Disorder(RuleBasedStateMachine):
    """The phones, and what they were ever told by their users."""

    @initialize()
    def begin(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        village()
        published_survey()
        self.users = [volunteer("nok", VILLAGE), volunteer("pla", VILLAGE), volunteer("mod", OTHER_VILLAGE)]
        self.phones: list[Phone] = []
        self.networks: list[Network] = []
        for user in self.users:
            self.new_phone(user.username)
        self.backups: dict[int, dict[str, Any]] = {}
        self.sent: list[tuple[int, str, Any]] = []
        # Everything that somebody filled in and no phone has lost: {SHA-256 of the XML: (id, xml, files)}.
        self.truth: dict[str, tuple[str, bytes, dict[str, bytes]]] = {}
        self.waits_for_ever: set[str] = set()
        self.number = 0
        self.lists: list[Batch] = []

    def teardown(self) -> None:
        if not hasattr(self, "atomic"):
            return
        try:
            self.in_the_end()
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def new_phone(self, username: str) -> None:
        network = Network()
        phone = Phone(network.ask, username=username, password=PASSWORD, clock=clock.now)
        phone.sign_in()
        phone.sync()
        self.phones.append(phone)
        self.networks.append(network)

    def quietly(self, do: Callable[[], Any]) -> None:
        """A phone whose request is refused, or does not arrive, tries again later."""
        with suppress(ConnectionError, Refused):
            do()

    # ---- what people do

    phone_of = st.integers(0, 20)

    @rule(which=phone_of, house=st.sampled_from(HOUSES), name=st.sampled_from(NAMES), photos=st.integers(0, 2),
          outcome=st.sampled_from(["done", "done", "nobody_home", "refused"]))  # fmt: skip
    def fill(self, which: int, house: str, name: str, photos: int, outcome: str) -> None:
        phone = self.phones[which % len(self.phones)]
        self.number += 1
        answers = self.answers(phone, house, name, photos if outcome == "done" else 0, outcome)
        key, xml = filled(day=(clock.now() + phone.skew).date(), **answers)
        files = self.photos(photos if outcome == "done" else 0)
        phone.queue(xml, files, key=key)
        self.truth[hashlib.sha256(xml).hexdigest()] = (str(key), xml, files)

    def answers(self, phone: Phone, house: str, name: str, photos: int, outcome: str) -> dict[str, Any]:
        known = {area.household(key)["house_no"]: key for area in phone.areas.values() for key in area.households}
        answers: dict[str, Any] = {"visit_outcome": outcome}
        if house in known:
            answers["household_key"] = known[house]
        if outcome == "done":
            names = {f"photo{'_2' if at else ''}": f"{self.number}-{at}.jpg" for at in range(photos)}
            answers["house"] = {"house_no": house, "moo": "1", "drinking_water": "yes"} | names
            answers["members"] = [{"given_name": name, "family_name": "ทดสอบ", "birth_date": "1980-05-06"}]
        elif house not in known:
            answers["visit_outcome"] = "house_gone"
            answers["house"] = {"house_no": house, "moo": "1"}
        return answers

    def photos(self, count: int) -> dict[str, bytes]:
        return {f"{self.number}-{at}.jpg": PHOTO + f"{self.number}-{at}".encode() * 50 for at in range(count)}

    @rule(which=phone_of, faults=st.lists(st.sampled_from(["", "request", "answer", "body"]), max_size=4),
          files_first=st.booleans(), piece=st.sampled_from([3000, 9000, 10**6]))  # fmt: skip
    def send(self, which: int, faults: list[str], files_first: bool, piece: int) -> None:
        at = which % len(self.phones)
        phone = self.phones[at]
        self.networks[at].faults = list(faults)
        for key in list(phone.outbox):
            self.sent.append((at, key, copy.deepcopy(phone.outbox[key])))
            try:
                phone.send(key, files_first=files_first, piece=piece)
            except (ConnectionError, Refused):
                break
        self.networks[at].faults = []

    @precondition(lambda self: self.sent)
    @rule(which=phone_of)
    def send_again_what_was_sent(self, which: int) -> None:
        at, key, going = self.sent[which % len(self.sent)]
        phone = self.phones[at]
        if phone.token:
            phone.outbox.setdefault(key, copy.deepcopy(going))
            self.quietly(lambda: phone.send(key))

    @rule(which=phone_of)
    def kill_the_app(self, which: int) -> None:
        """How far a photo had come is forgotten; what is stored stays."""
        for going in self.phones[which % len(self.phones)].outbox.values():
            going.have = {}

    @rule(which=phone_of, days=st.sampled_from([-4000, -400, -1, 0, 1, 400]))
    def set_the_clock(self, which: int, days: int) -> None:
        self.phones[which % len(self.phones)].skew = timedelta(days=days)

    @rule(which=phone_of)
    def sync(self, which: int) -> None:
        phone = self.phones[which % len(self.phones)]
        self.quietly(phone.sync)

    @rule(which=phone_of)
    def back_up(self, which: int) -> None:
        at = which % len(self.phones)
        phone = self.phones[at]
        self.backups[at] = copy.deepcopy(
            {name: getattr(phone, name) for name in ("areas", "forms", "outbox", "seen", "md5")}
        )

    @precondition(lambda self: self.backups)
    @rule(which=phone_of, edit=st.booleans())
    def bring_back(self, which: int, edit: bool) -> None:
        """What was filled in since and never sent is lost with the phone; what the backup holds may be changed."""
        at = sorted(self.backups)[which % len(self.backups)]
        phone = self.phones[at]
        backup = copy.deepcopy(self.backups[at])
        arrived = {bytes(digest).hex() for digest in Submission.objects.values_list("digest", flat=True)}
        for key, going in phone.outbox.items():
            digest = hashlib.sha256(going.xml).hexdigest()
            kept = key in backup["outbox"] and backup["outbox"][key].xml == going.xml
            if not kept:
                self.lose(digest, arrived)
        for name, value in backup.items():
            setattr(phone, name, value)
        if edit and phone.outbox:
            self.edit(phone, arrived)

    def lose(self, digest: str, arrived: set[str]) -> None:
        """The phone has no copy any more: what had not arrived by then is lost, and the form may wait for its photo."""
        key, xml, files = self.truth.pop(digest, ("", b"", {}))
        if key and digest in arrived:
            here = set(Attachment.objects.filter(submission_id=key).exclude(path="").values_list("name", flat=True))
            self.truth[digest] = key, xml, {name: content for name, content in files.items() if name in here}
            if files.keys() - here:
                self.waits_for_ever.add(key)

    def edit(self, phone: Phone, arrived: set[str]) -> None:
        key, going = next(iter(phone.outbox.items()))
        digest = hashlib.sha256(going.xml).hexdigest()
        self.lose(digest, arrived)
        _key, xml = filled(UUID(key), visit_outcome="house_gone", house={"house_no": "12/3", "moo": "1"})
        going.xml, going.files, going.state, going.have = xml, {}, "queued", {}
        self.truth[hashlib.sha256(xml).hexdigest()] = (key, xml, {})

    @rule(which=st.integers(0, 2), other=st.integers(0, 2))
    def change_user(self, which: int, other: int) -> None:
        """Somebody else signs in on the phone: another vault; the one before stays."""
        if len(self.phones) < 6:
            self.new_phone(self.users[other].username)
        else:
            self.quietly(self.phones[which].sign_in)

    @rule(village=st.sampled_from([VILLAGE, OTHER_VILLAGE]))
    def move_to_another_village(self, village: str) -> None:
        Duty.objects.filter(user=self.users[1]).update(area_code=village)

    @rule(name=st.sampled_from(NAMES), house=st.sampled_from(HOUSES))
    def a_list_comes_in(self, name: str, house: str) -> None:
        self.lists.append(tell(row(name, "ทดสอบ", house=house, birth_date="1980-05-06")))

    @precondition(lambda self: self.lists)
    @rule()
    def a_list_is_taken_back(self) -> None:
        registry.withdraw(self.lists.pop(), by=None)

    # ---- what the server does

    @rule()
    def settle(self) -> None:
        services.settle_received(patience=timedelta(0))

    @rule(where=st.sampled_from(["add_records", "add_decisions", "close_batch", "check_batch"]))
    def settle_and_be_killed(self, where: str) -> None:
        module = settling.linkage if where == "check_batch" else settling.registry
        with mock.patch.object(module, where, side_effect=Killed), suppress(Killed):
            services.settle_received(patience=timedelta(0))

    # ---- what always holds

    @invariant()
    def every_submission_is_in_the_registry_once_at_most(self) -> None:
        if not hasattr(self, "atomic"):
            return
        told = [ref[:32] + ref[33:] for ref in Record.objects.exclude(batch__by=None).values_list("row_ref", flat=True)]
        assert len(told) == len(set(told))

    def in_the_end(self) -> None:
        """The network is steady again, everybody signs in, sends and syncs; the job runs."""
        for phone in self.phones:
            phone.sign_in()
            phone.send_all()
        services.settle_received(patience=timedelta(0))
        for phone in self.phones:
            phone.sync()  # what the server does not know is queued again
            phone.send_all()
        services.settle_received(patience=timedelta(0))
        for phone in self.phones:
            phone.sync()
            assert not phone.outbox, {key: (going.state, going.message) for key, going in phone.outbox.items()}
        self.every_submission_is_in_the_registry_once_at_most()
        self.nothing_is_lost()
        self.all_replicas_are_equal()

    def nothing_is_lost(self) -> None:
        kept = {bytes(each.digest).hex(): each for each in Submission.objects.all()}
        assert self.truth.keys() <= kept.keys()
        for digest, (key, xml, files) in self.truth.items():
            submission = kept[digest]
            assert submission.state in TAKEN or key in self.waits_for_ever
            assert queries.submissions.xml_of(submission) == xml
            for name, content in files.items():
                assert queries.bytes_of_file(submission, name) == content
            if submission.state == Submission.State.SETTLED:
                assert Record.objects.filter(row_ref__startswith=submission.pk.hex, batch=submission.batch).exists()

    def all_replicas_are_equal(self) -> None:
        digests: dict[str, set[str]] = {}
        for phone in self.phones:
            for code, area in phone.areas.items():
                digests.setdefault(code, set()).add(area.digest)
        assert all(len(found) == 1 for found in digests.values()), digests


@pytest.mark.django_db
def test_phones_in_disorder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    # `make bench ARGS=disorder` plays a longer game.
    examples, steps = map(int, os.environ.get("MUDMAI_DISORDER", "12 30").split())
    run_state_machine_as_test(Disorder, settings=_settings(examples, steps))


def _settings(examples: int, steps: int) -> Any:
    return hypothesis.settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck),
        # What failed is told as it was found: to shorten it takes minutes, for each step speaks to a database.
        phases=[Phase.explicit, Phase.reuse, Phase.generate], report_multiple_bugs=False, print_blob=True,
    )  # fmt: skip
