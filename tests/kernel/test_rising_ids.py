"""Ids that sort by time (kernel.uuid7), and the clock (kernel.clock)."""

import os
import threading
import time
from datetime import date, timedelta
from uuid import RFC_4122

from hypothesis import given
from hypothesis import strategies as st

from mudmai.kernel import clock, uuid7


def test_ids_rise_within_a_process_also_when_the_clock_goes_back(monkeypatch):
    first = uuid7.uuid7()
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    batch = uuid7.many(1000)
    last = uuid7.uuid7()

    everything = [first, *batch, last]
    assert sorted(everything) == everything
    assert sorted(map(str, everything)) == list(map(str, everything))
    assert len(set(everything)) == 1002


def test_an_id_tells_its_version_and_its_time():
    made = uuid7.uuid7()

    assert (made.version, made.variant) == (7, RFC_4122)
    assert abs(uuid7.made_at_ms(made) - time.time() * 1000) < 60_000


def test_threads_never_share_an_id():
    made: list[object] = []
    threads = [threading.Thread(target=lambda: made.extend(uuid7.many(500))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(made)) == 2000


def test_a_forked_worker_makes_other_ids():
    uuid7.uuid7()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, uuid7.uuid7().bytes)
        os._exit(0)
    os.waitpid(child, 0)

    assert os.read(reader, 16) != uuid7.uuid7().bytes
    os.close(reader)
    os.close(writer)


def test_tests_may_say_what_day_it_is(monkeypatch):
    monkeypatch.setenv("MUDMAI_TODAY", "2026-03-02")

    assert clock.today() == date(2026, 3, 2)
    assert clock.now().utcoffset() == timedelta(hours=7)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_every_day_lies_in_its_fiscal_year(day):
    first, last = clock.fiscal_year_range(clock.fiscal_year(day))

    assert first <= day <= last
    assert (first.month, first.day, last.month, last.day) == (10, 1, 9, 30)
