"""Filled forms of 40 questions as ODK Collect sends them, to the web server and worker that `mudmai serve` runs.

The floor is the same forms sealed and inserted one by one in one process, without any web around.
"""

import http.client
import io
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
import uuid
from datetime import date

from benchmarks import figures

PHONES = 8
AREA = "520306"
BOUNDARY = "----mudmai"


def main() -> None:
    count = int(sys.argv[1])
    figures.start()
    from mudmai.access.models import Duty
    from mudmai.accounts.models import User
    from mudmai.kernel.clock import today
    from mudmai.places.services import ensure_national_codes
    from mudmai.surveys.services.openrosa import make_collect_key

    ensure_national_codes()
    user, _ = User.objects.get_or_create(username="phone", defaults={"full_name": "phone"})
    Duty.objects.get_or_create(user=user, role="volunteer", area_code=AREA, defaults={"starts_on": date(2026, 1, 1)})
    form = published()
    from mudmai.surveys.rules.instances import fill

    forms = [fill(form, answers(number), today=today(), instance_id=uuid.uuid4()) for number in range(count)]
    figures.tell("  one filled form", round(len(forms[0]) / 1000, 1), "kB")
    figures.tell("  re-check of one, p95", figures.p95_ms(lambda n: form.check(forms[n], today=today()), 200), "ms")
    figures.tell("plain sealed inserts", floor(forms[:500], user), "a second")
    key = make_collect_key(user, name="benchmark")
    rate, slowest = sent(forms, f"/openrosa/key/{key.secret}/submission")
    figures.tell("OpenRosa: forms of 40 questions received", rate, "a second", limit=100, at_least=True)
    figures.tell("  one request, p95", slowest, "ms")
    figures.tell("  lost", count - kept(), "", limit=0)


def published(*more: list[str]) -> "XForm":  # type: ignore[name-defined]  # noqa: F821
    """A form of 40 questions and the rows of `more`, published."""
    import openpyxl

    from mudmai.surveys import services
    from mudmai.surveys.rules.xform import XForm

    book = openpyxl.Workbook()
    survey = book.active
    survey.title = "survey"
    survey.append(["type", "name", "label", "required", "constraint", "relevant", "calculation"])
    for row in (*questions(), *more):
        survey.append(row)
    choices = book.create_sheet("choices")
    for row in (("list_name", "name", "label"), *(("level", str(n), f"ระดับ {n}") for n in range(5))):
        choices.append(row)
    settings = book.create_sheet("settings")
    for row in (("form_id", "version", "form_title"), ("benchmark_40", "1", "แบบวัดความเร็ว")):
        settings.append(row)
    stream = io.BytesIO()
    book.save(stream)
    version = services.receive_form(stream.getvalue(), "benchmark.xlsx", by=None, area_code=AREA)
    services.publish(version, by=None)
    services.assign(version.form, area_code=AREA, by=None)
    return XForm.parse(version.xform)


def questions() -> list[list[str]]:
    rows = [["start", "start", "", "", "", "", ""], ["end", "end", "", "", "", "", ""]]
    rows += [["select_one level", f"level_{n}", f"ข้อ {n}", "yes", "", "", ""] for n in range(10)]
    rows += [["integer", f"number_{n}", f"ข้อ {n}", "", ". >= 0 and . <= 500", "", ""] for n in range(10)]
    rows += [["text", f"words_{n}", f"ข้อ {n}", "", "string-length(.) < 200", "", ""] for n in range(10)]
    rows += [["text", f"more_{n}", f"ข้อ {n}", "", "", f"${{level_{n}}} != '0'", ""] for n in range(10)]
    total = " + ".join(f"${{level_{n}}}" for n in range(10))
    return [*rows, ["calculate", "total", "", "", "", "", total]]


def answers(number: int) -> dict[str, str]:
    told = {f"level_{n}": str((number + n) % 5) for n in range(10)} | {f"number_{n}": str(n * 7) for n in range(10)}
    return told | {f"words_{n}": "หลังคารั่ว ต้องซ่อมก่อนฝน" for n in range(10)} | {f"more_{n}": "ใช่" for n in range(10)}


def floor(forms: list[bytes], user: "User") -> float:  # type: ignore[name-defined]  # noqa: F821
    """Forms a second when nothing is done but to seal and insert each, durably, one by one."""
    from mudmai.kernel import clock
    from mudmai.people.services import seal_file
    from mudmai.surveys.models import Submission

    begun = time.perf_counter()
    for xml in forms:
        Submission.objects.create(
            id=uuid.uuid4(), form_id="floor", channel="openrosa", by=user, state="left", sealed=seal_file(xml),
            digest=secrets.token_bytes(32), received_at=clock.now(),
        )  # fmt: skip
    return round(len(forms) / (time.perf_counter() - begun))


def sent(forms: list[bytes], path: str) -> tuple[float, float]:
    """Forms a second, and the 95th percentile of a request in milliseconds, as several phones send at once."""
    from mudmai.site.serving import free_port

    port = free_port(first=8700)
    command = [sys.executable, "-m", "mudmai.site.cli", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=os.environ | {"MUDMAI_HOSTS": "127.0.0.1"}, stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        seconds: list[float] = []
        begun = time.perf_counter()
        phones = [
            threading.Thread(target=_send, args=(port, path, forms[place::PHONES], seconds)) for place in range(PHONES)
        ]
        for phone in phones:
            phone.start()
        for phone in phones:
            phone.join()
        taken = time.perf_counter() - begun
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=90)
    assert len(seconds) == len(forms), "some requests were refused"
    return round(len(forms) / taken), round(sorted(seconds)[int(len(seconds) * 0.95)] * 1000)


def wait_for(port: int) -> None:
    for _attempt in range(200):
        try:
            asked = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            asked.request("GET", "/healthz")
            if asked.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("the server did not start")


def _send(port: int, path: str, forms: list[bytes], seconds: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="a.xml"\r\n'
    for xml in forms:
        body = f"{head}Content-Type: text/xml\r\n\r\n".encode() + xml + f"\r\n--{BOUNDARY}--\r\n".encode()
        begun = time.perf_counter()
        connection.request(
            "POST",
            path,
            body,
            {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "X-OpenRosa-Version": "1.0"},
        )
        answer = connection.getresponse()
        answer.read()
        if answer.status == 201:
            seconds.append(time.perf_counter() - begun)


def kept() -> int:
    from mudmai.surveys.models import Submission

    return Submission.objects.filter(form_id="benchmark_40").count()


if __name__ == "__main__":
    main()
