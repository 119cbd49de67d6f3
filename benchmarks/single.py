"""One record at a time against a registry of many: with an id, without, misspelt, and of somebody unknown."""

import gc
import random
import sys
import time
from itertools import islice

from benchmarks import figures
from benchmarks.population import Someone, people

TIMES = 200
LIMIT_MS = 50


def main() -> None:
    count = int(sys.argv[1])
    figures.start()
    from mudmai.linkage.services import match_one

    chance = random.Random(3)
    known = list(islice(people(count), 0, None, max(1, count // TIMES)))[:TIMES]
    kinds = {
        "with an id": [subject_of(one, cid=one.cid) for one in known],
        "without an id": [subject_of(one) for one in known],
        "misspelt": [subject_of(one, given=misspelt(one.given, chance), house=False) for one in known],
        "unknown": [subject_of(one) for one in islice(people(count + TIMES), count, None)],
    }
    match_one(kinds["unknown"][0])  # the first question counts the people and reads the model
    # What prepared the subjects is not the concern of what is measured.
    gc.collect()
    gc.freeze()
    for kind, subjects in kinds.items():
        found: list[str] = []
        busy: list[float] = []

        def ask(number: int, subjects: list["Subject"] = subjects, found=found, busy=busy) -> None:  # type: ignore[no-untyped-def]  # noqa: F821
            begun = time.process_time()
            found.append(match_one(subjects[number]).outcome)
            busy.append(time.process_time() - begun)

        figures.tell(f"one record, {kind}, p95", figures.p95_ms(ask, len(subjects)), "ms", limit=LIMIT_MS)
        # Others at work on the machine do not count here; with PostgreSQL, neither does the database.
        figures.tell("  its own processor time, p95", round(sorted(busy)[int(len(busy) * 0.95)] * 1000, 1), "ms")
        figures.tell(f"  linked of {len(subjects)}", found.count("linked"), "")
        figures.tell(f"  to review of {len(subjects)}", found.count("review"), "")
    figures.tell("memory of the process", figures.peak_gb(), "GB")


def subject_of(one: Someone, *, cid: str | None = None, given: str = "", house: bool = True) -> "Subject":  # noqa: F821
    from mudmai.kernel.addresses import house_no_key
    from mudmai.kernel.uuid7 import uuid7
    from mudmai.linkage.services import Subject
    from mudmai.people.rules.addressing import household_key

    return Subject(
        key=uuid7().hex, cid=cid, given=given or one.given, family=one.family, sex=one.sex, birth_date=one.birth_date,
        area=one.area, house_no=one.house_no if house else "",
        household_key=household_key(area=one.area, house_no_key=house_no_key(one.house_no)) if house else None,
    )  # fmt: skip


def misspelt(name: str, chance: random.Random) -> str:
    """One letter left out, or two swapped."""
    at = chance.randrange(1, max(2, len(name) - 1))
    return (
        name[:at] + name[at + 1 :]
        if chance.random() < 0.5
        else name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :]
    )


if __name__ == "__main__":
    main()
