"""A hundred phones come into the signal at once: 20 forms of 40 questions and 2 photos each, within 15 seconds.

They speak the protocol of docs/sync.md to the web server and worker that `mudmai serve` runs, on this one machine, with
the registry on its disk. Then what became of it, and how long an area of 10,000 people takes to reach a phone.
"""

import hashlib
import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections import deque
from datetime import date
from itertools import islice
from typing import Any

from benchmarks import figures
from benchmarks.openrosa import answers, wait_for

PHONES, FORMS, PHOTOS = 100, 20, 2
WITHIN_SECONDS = 15.0
PHOTO_BYTES = 210_000
AREA = "520306"
PEOPLE = 10_000
PASSWORD = "a-long-word-for-phones"
# Beside the 40 questions: which house, two answers that the registry keeps, and the photos.
ABOUT_A_HOUSE = [
    ["hidden", "household_key", "", "", "", "", ""],
    ["text", "drinking_water", "น้ำดื่มพอไหม", "", "", "", ""],
    ["date", "visit_date", "วันที่เยี่ยม", "", "", "", ""],
    *(["image", f"photo_{n}", f"รูป {n}", "", "", "", ""] for n in range(PHOTOS)),
]
# Each phone has a thread and a connection of its own.
THREADS = PHONES


def main() -> None:
    figures.start()
    token = prepared()
    tell_first_sync()
    forms = list(made(PHONES * FORMS))
    server, port = started()
    try:
        seconds, taken, refused = arrive(port, token, forms)
        arrived = f"{PHONES} phones x {FORMS} forms with {PHOTOS} photos, begun within {WITHIN_SECONDS:.0f} s: all here"
        figures.tell(arrived, round(taken, 1), "s")
        figures.tell("  requests", len(seconds), "")
        figures.tell("  one request, p95", round(percentile(seconds, 0.95) * 1000), "ms", limit=1000)
        figures.tell("  one request, the slowest", round(max(seconds) * 1000), "ms")
        figures.tell("  refused", refused, "", limit=0)
        begun = time.perf_counter()
        left = settled(forms)
        figures.tell("  all in the registry after another", round(time.perf_counter() - begun, 1), "s")
        figures.tell("  forms lost", left, "", limit=0)
        figures.tell("  photos lost", photos_lost(forms), "", limit=0)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=90)


def prepared() -> str:
    """A registry of one tambon, a form, and a phone; returns its token."""
    from benchmarks.openrosa import published
    from mudmai.access.models import Duty
    from mudmai.accounts.models import User
    from mudmai.places.services import ensure_national_codes
    from mudmai.surveys.services import sign_in_phone

    ensure_national_codes()
    published(*ABOUT_A_HOUSE)
    settle_people()
    user, _new = User.objects.get_or_create(username="phone", defaults={"full_name": "phone"})
    Duty.objects.get_or_create(user=user, role="volunteer", area_code=AREA, defaults={"starts_on": date(2026, 1, 1)})
    _device, secret = sign_in_phone(user, device_id=uuid.uuid4(), name="benchmark")
    return secret


def settle_people() -> None:
    """People of the benchmark, moved into the tambon: 3,000 houses in 12 villages."""
    from benchmarks.population import people
    from mudmai.people import services
    from mudmai.people.rules.addressing import household_key
    from mudmai.people.services import NewRecord

    source = services.ensure_source(code="benchmark-tambon", kind="civil_register", name="benchmark")
    batch = services.open_batch(by=None, source=source, label="benchmark", as_of=date(2026, 10, 1), area_code=AREA)
    chance, rows = random.Random(7), []
    for number, one in enumerate(islice(people(PEOPLE), PEOPLE)):
        house = number * 3 // 10
        area, number_told = f"{AREA}{house % 12 + 1:02d}", f"{house // 12 + 1}"
        said: dict[str, Any] = {
            "title": "นาย" if one.sex == "m" else "นาง", "given_name": one.given, "family_name": one.family,
            "sex": one.sex, "birth_date": one.birth_date, "house_no": number_told, "moo": int(area[6:]), "area": area,
            "phone": [f"+668{chance.randrange(10**8):08d}"], "lat": round(18.1 + chance.random() / 9, 6),
            "lon": round(99.3 + chance.random() / 9, 6), "relation_to_head": "head" if number % 3 == 0 else "child",
        }  # fmt: skip
        rows.append(
            NewRecord(said=said, household_key=household_key(area=area, house_no_key=number_told), area_code=area)
        )
    services.add_records(batch, rows)
    services.close_batch(batch)


def tell_first_sync() -> None:
    """The first sync of the whole tambon: size and time, cold and from the cache."""
    from django.conf import settings
    from django.test import Client
    from tests.surveys.phones import Phone, through

    from mudmai.access.models import Duty
    from mudmai.accounts.models import User
    from mudmai.kernel import clock

    settings.ALLOWED_HOSTS = ["testserver"]
    user, _new = User.objects.get_or_create(username="officer", defaults={"full_name": "officer"})
    user.set_password(PASSWORD)
    user.save()
    Duty.objects.get_or_create(user=user, role="registrar", area_code=AREA, defaults={"starts_on": date(2026, 1, 1)})
    for name, limit in (("cold", 2.0), ("from the cache", 0.3)):
        phone = Phone(through(Client()), username="officer", password=PASSWORD, clock=clock.now)
        phone.sign_in()
        begun = time.perf_counter()
        answer = phone.request("POST", "sync", b"{}", Content_Type="application/json")
        taken = time.perf_counter() - begun
        figures.tell(f"first sync of {PEOPLE:,} people, {name}", round(taken, 2), "s", limit=limit)
    households = answer.json["areas"][0]["households"]
    figures.tell("  households in it", len(households), "")
    figures.tell("  its size, compressed", round(len(answer.content) / 2**20, 2), "MB", limit=2)
    phone.sync()
    begun = time.perf_counter()
    phone.sync()
    figures.tell("  a sync where nothing is new", round(time.perf_counter() - begun, 2), "s")


def made(count: int) -> "list[tuple[str, bytes, dict[str, bytes]]]":
    """Filled forms, each with its photos."""
    from mudmai.kernel.clock import today
    from mudmai.people.models import Household
    from mudmai.surveys.models import FormVersion
    from mudmai.surveys.rules.instances import fill
    from mudmai.surveys.rules.xform import XForm

    form = XForm.parse(FormVersion.objects.get(form__form_id="benchmark_40").xform)
    chance, found = random.Random(9), []
    head = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
    houses = list(Household.objects.order_by("pk").values_list("pk", flat=True))
    for number in range(count):
        key = uuid.uuid4()
        names = {f"photo_{n}": f"{number}-{n}.jpg" for n in range(PHOTOS)}
        about = {"household_key": houses[number % len(houses)].hex, "drinking_water": "yes", "visit_date": f"{today()}"}
        xml = fill(form, answers(number) | names | about, today=today(), instance_id=key)
        photos = {name: head + chance.randbytes(PHOTO_BYTES) for name in names.values()}
        found.append((str(key), xml, photos))
    return found


def started() -> "tuple[subprocess.Popen[bytes], int]":
    from mudmai.site.serving import free_port

    port = free_port(first=8800)
    command = [sys.executable, "-m", "mudmai.site.cli", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=os.environ | {"MUDMAI_HOSTS": "127.0.0.1"}, stdout=subprocess.DEVNULL)
    wait_for(port)
    return server, port


def arrive(port: int, token: str, forms: list[Any]) -> tuple[list[float], float, int]:
    """Every phone begins at its own moment within the 15 s, and sends its forms one after the other."""
    phones = deque(sorted((random.Random(n).random() * WITHIN_SECONDS, n) for n in range(PHONES)))
    seconds: list[float] = []
    refused: list[int] = []
    begun = time.perf_counter()
    threads = [
        threading.Thread(target=_phones, args=(port, token, phones, forms, begun, seconds, refused))
        for _ in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seconds, time.perf_counter() - begun, len(refused)


def _phones(
    port: int, token: str, phones: Any, forms: list[Any], begun: float, seconds: list[float], refused: list[int]
) -> None:
    while phones:
        try:
            at, number = phones.popleft()
        except IndexError:
            return
        time.sleep(max(0.0, begun + at - time.perf_counter()))
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        for key, xml, photos in forms[number * FORMS : (number + 1) * FORMS]:
            path = f"/field/api/v1/submissions/{key}"
            _put(connection, token, path, xml, {"Content-Type": "application/xml"}, seconds, refused)
            for name, photo in photos.items():
                told = {
                    "Upload-Offset": "0",
                    "Upload-Length": str(len(photo)),
                    "Content-Type": "application/octet-stream",
                }
                _put(connection, token, f"{path}/files/{name}", photo, told, seconds, refused)
        connection.close()


def _put(
    connection: http.client.HTTPConnection, token: str, path: str, body: bytes, told: dict[str, str],
    seconds: list[float], refused: list[int],
) -> None:  # fmt: skip
    headers = told | {
        "Authorization": f"Bearer {token}", "Mudmai-Protocol": "1", "Mudmai-Sha256": hashlib.sha256(body).hexdigest(),
    }  # fmt: skip
    begun = time.perf_counter()
    connection.request("PUT", path, body, headers)
    answer = connection.getresponse()
    answer.read()
    seconds.append(time.perf_counter() - begun)
    if answer.status not in (200, 201):
        refused.append(answer.status)


def settled(forms: list[Any]) -> int:
    """Wait until the worker has taken all in; returns how many are not in the registry."""
    from mudmai.surveys.models import Submission

    done = 0
    for _attempt in range(1200):
        done = Submission.objects.filter(state="settled").count()
        if done >= len(forms):
            break
        time.sleep(0.25)
    return len(forms) - done


def photos_lost(forms: list[Any]) -> int:
    from mudmai.surveys.models import Submission
    from mudmai.surveys.queries import bytes_of_file

    lost = 0
    kept = Submission.objects.in_bulk([uuid.UUID(key) for key, _xml, _photos in forms])
    for key, _xml, photos in forms:
        lost += sum(bytes_of_file(kept[uuid.UUID(key)], name) != photo for name, photo in photos.items())
    return lost


def percentile(seconds: list[float], share: float) -> float:
    return sorted(seconds)[int(len(seconds) * share)]


if __name__ == "__main__":
    main()
