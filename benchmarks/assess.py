"""Who is entitled to what and who needs what, of a whole province: rules, reading and writing, pages, one record.

The peer is plain pandas working out the same three programmes from the same columns in this process; both are run
five times and their best counts, and the answers must be the same.
"""

import random
import sys
import time
from collections.abc import Callable
from datetime import date
from statistics import median

from benchmarks import figures

PEER = "  plain pandas, three programmes"


def main() -> None:
    count = int(sys.argv[1])
    figures.start()
    large = count >= figures.MILLION
    rules(large)
    needs(large)
    rights(large)
    one_tambon()
    one_record()
    pages()


def tell_time(name: str, action: Callable[[], object], limit: float | None) -> None:
    """How long an action takes, by the clock and by the processor: on a busy machine the two are far apart."""
    begun, worked = time.perf_counter(), time.process_time()
    action()
    seconds, cpu = time.perf_counter() - begun, time.process_time() - worked
    figures.tell(name, round(seconds, 1), "s", limit=limit)
    figures.tell("  its processor time", round(cpu, 1), "s")


def best(action: Callable[[], object], times: int = 5) -> float:
    seconds = []
    for _ in range(times):
        begun = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - begun)
    return min(seconds)


def rules(large: bool) -> None:
    """All programmes from columns that lie ready, and three of them beside plain pandas."""
    from benchmarks import plain_pandas
    from mudmai.people.queries import Frame, frame
    from mudmai.rights.rules import engine

    read: list[Frame] = []
    tell_time("everybody as columns", lambda: read.append(frame(engine.codes_needed())), 20 if large else None)
    everybody = read.pop()
    figures.tell("  people, houses", len(everybody.persons), f"people in {len(everybody.houses):,} houses")
    figures.tell("  memory after that", figures.peak_gb(), "GB")
    seconds = best(lambda: engine.evaluate(everybody))
    name = f"all {len(engine.evaluate(everybody))} programmes worked out"
    figures.tell(name, round(seconds, 2), "s", limit=1.0 if large else None)
    three = plain_pandas.PROGRAMMES
    persons, houses = plain_pandas.table(everybody)
    plain = best(lambda: plain_pandas.entitled(persons, houses, everybody.on))
    ours = best(lambda: engine.evaluate(everybody, programmes=three))
    figures.tell(PEER, round(plain, 2), "s")
    figures.tell("  the same three, with receipt, amount and why", round(ours, 2), "s", limit=1.0, against=PEER)
    found = engine.evaluate(everybody, programmes=three)
    for code, (yes, no) in plain_pandas.entitled(persons, houses, everybody.on).items():
        differing = int((found[code].entitled != yes.to_numpy().astype("i1") - no.to_numpy().astype("i1")).sum())
        figures.tell(f"  {code}: answers that differ from pandas", differing, "", limit=0)
        figures.tell(f"  {code}: entitled", int(yes.sum()), "")


def needs(large: bool) -> None:
    from mudmai.needs import services

    for what in ("needs of all houses, for the first time", "needs of all houses, nothing new"):
        tell_time(what, services.assess_all, 60 if large else None)
    figures.tell("  memory after that", figures.peak_gb(), "GB")


def rights(large: bool) -> None:
    from mudmai.rights import services

    for what in ("everybody read, evaluated and written, for the first time", "the same, nothing new"):
        tell_time(what, services.evaluate_all, 30 if large else None)
    figures.tell("  memory after that", figures.peak_gb(), "GB")


def one_tambon() -> None:
    """Everybody of one tambon, read and worked out; and with what is stored."""
    from mudmai.people.queries import frame
    from mudmai.rights import services
    from mudmai.rights.rules import engine

    tambon = some_tambons(1)[0]
    people = frame(engine.codes_needed(), areas=[tambon])
    seconds = [best(lambda: engine.evaluate(frame(engine.codes_needed(), areas=[tambon])), 1) for _ in range(9)]
    figures.tell(
        f"one tambon of {len(people.persons):,} read and worked out", round(median(seconds), 3), "s", limit=0.2
    )
    seconds = [best(lambda: services.evaluate_all([tambon]), 1) for _ in range(5)]
    figures.tell("  and stored", round(median(seconds), 3), "s")


def some_tambons(number: int) -> list[str]:
    from mudmai.people.models import Household

    areas = Household.objects.order_by("area_code").values_list("area_code", flat=True).distinct()
    found = sorted({area[:6] for area in areas if len(area) == 8})
    return random.Random(3).sample(found, min(number, len(found)))


def one_record() -> None:
    """What follows from one correction of one person: its needs and its rights, and the whole correction."""
    from mudmai.accounts.models import User
    from mudmai.needs import services as needs
    from mudmai.people import services as people
    from mudmai.people.models import Person
    from mudmai.rights import services as rights

    user, _ = User.objects.get_or_create(username="benchmark", defaults={"full_name": "benchmark"})
    everybody = Person.objects.filter(status="alive", household__isnull=False)
    some = list(everybody[: 100 * step : step] if (step := everybody.count() // 200) else everybody)
    each = [(person.pk.hex, person.household_id.hex) for person in some]
    needs.assess_houses([each[0][1]])
    rights.evaluate_persons([each[0][0]])

    def follow(number: int) -> None:
        needs.assess_houses([each[number][1]])
        rights.evaluate_persons([each[number][0]])

    def correct(number: int) -> None:
        people.correct_person(some[number], {"chronic_ill": number % 2 == 0}, by=user, on=date(2026, 11, 20))

    correct(99)
    figures.tell("needs of one house anew, p95", figures.p95_ms(lambda n: needs.assess_houses([each[n][1]])), "ms")
    figures.tell(
        "rights of one person anew, p95", figures.p95_ms(lambda n: rights.evaluate_persons([each[n][0]])), "ms"
    )
    figures.tell("both, as after each record that arrives, p95", figures.p95_ms(follow), "ms", limit=50)
    figures.tell("  a correction with all that follows, p95", figures.p95_ms(correct), "ms")
    listening, people.stirred.receivers = people.stirred.receivers, []
    figures.tell("  a correction that nobody listens to, p95", figures.p95_ms(lambda n: correct(n + 1)), "ms")
    people.stirred.receivers = listening


def pages() -> None:
    """Drill-down through all middleware and templates, with nothing kept from before."""
    from django.conf import settings
    from django.core.cache import cache
    from django.test import Client
    from django.urls import reverse

    from mudmai.access.models import Duty
    from mudmai.accounts.models import User

    settings.ALLOWED_HOSTS = ["testserver"]
    user, _ = User.objects.get_or_create(username="benchmark", defaults={"full_name": "benchmark"})
    Duty.objects.get_or_create(user=user, role="registrar", area_code="50", defaults={"starts_on": date(2026, 1, 1)})
    client = Client()
    client.force_login(user)
    tambons = some_tambons(20)

    def get(path: str) -> None:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)

    def area(number: int, length: int) -> str:
        return tambons[number % len(tambons)][:length] + ("01" if length == 8 else "")

    for length, level in ((2, "province"), (4, "district"), (6, "tambon"), (8, "village")):
        for name, url in (("needs", "needs:area_of"), ("rights", "rights:missed_of")):
            get(reverse(url, args=[area(0, length)]))
            figures.tell(
                f"{name} of a {level}, p95",
                figures.p95_ms(lambda n, u=url, d=length: get(reverse(u, args=[area(n, d)])), 40, cache.clear),
                "ms",
                limit=200,
            )
        for name, path in (("houses ranked", "needs:ranked"), ("work list", "rights:worklist")):
            figures.tell(
                f"{name} of a {level}, p95",
                figures.p95_ms(lambda n, p=path, d=length: get(f"{reverse(p)}?area={area(n, d)}"), 40, cache.clear),
                "ms",
                limit=200,
            )


if __name__ == "__main__":
    main()
