"""How often linkage is right where the truth is known: three hard lists, each met with a registry of invented people.

What is measured, over all rows of the three lists:

linked      the row was taken for a person of the registry, or for an earlier row of its list, without asking
right       … and both are one person in truth
findable    rows whose person is in the registry or in an earlier row
asked       rows about which a question is put to somebody
precision   right / linked
recall      right / findable
F1 answered the same after every question was answered from the truth: a candidate who is the person is linked to,
            a row without a right candidate becomes a new person
"""

import csv
import json
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import figures

AS_OF = date(2026, 11, 1)
COMPARED = ("key", "cid", "given", "family", "sex", "birth_date", "phone", "area", "house_no")


def main() -> None:
    people, rows, seed = (int(argument) for argument in sys.argv[1:4])
    misses = sys.argv[4] if len(sys.argv) > 4 else ""
    figures.start()
    from django.conf import settings

    import mudmai.linkage.services.many  # noqa: F401 - both sides have their libraries at hand before the clock runs
    from mudmai.linkage.services import link
    from mudmai.site.demo.hard import build_hard_set

    begun = time.monotonic()
    hard = build_hard_set(seed=seed, people=people, rows=rows, as_of=AS_OF)
    figures.tell("country invented", round(time.monotonic() - begun, 1), "s")
    begun = time.monotonic()
    registry = fill(hard.country)
    figures.tell("registry filled", round(time.monotonic() - begun, 1), "s")

    lists = {name: read(told) for name, told in hard.lists.items()}
    for name, told in hard.lists.items():
        keep(settings.HOME / f"truth-list-{name}.parquet", lists[name], [row.person.number for row in told])
    keep_register(settings.HOME / "truth-register.parquet", hard.country, registry)
    # Machines grow quicker and slower by the minute: the peer runs before and after, and its mean counts.
    subprocess.run([sys.executable, "-m", "benchmarks.plain_splink"], check=True)

    total, seconds, processor, wrongs = Score(), 0.0, 0.0, []
    by_kind: dict[str, Score] = defaultdict(Score)
    for name, told in hard.lists.items():
        subjects = lists[name]
        begun, begun_work = time.monotonic(), time.process_time()
        matches = link(subjects)
        seconds, processor = seconds + time.monotonic() - begun, processor + time.process_time() - begun_work
        of_list = Score()
        for row, judged in zip(told, judge(subjects, told, matches, registry), strict=True):
            for score in (total, of_list, *(by_kind[kind] for kind in kinds_of(row, judged, hard.country))):
                score.count(judged)
            if judged.trouble:
                wrongs.append(
                    [
                        name,
                        judged.trouble,
                        ";".join(row.errors),
                        *row.cells,
                        told_by(hard.country, row.person),
                        judged.told,
                    ]
                )
        by_kind[f"list: {name}"] = of_list

    tell(total, seconds, processor)
    for kind, score in sorted(by_kind.items()):
        measures = score.measures()
        figures.tell(f"found: {kind}", measures["found"], "", kind={"kind": kind} | measures)
    if misses:
        write_misses(Path(misses), wrongs)


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one row, against the truth."""

    findable: bool
    linked: bool
    right: bool
    asked: bool
    answered: bool  # asked, and one of the candidates is the person
    told: str = ""

    @property
    def trouble(self) -> str:
        """What went wrong, "" for nothing."""
        if self.linked:
            return "" if self.right else "wrong"
        if self.asked:
            return "asked" if self.answered or not self.findable else "asked about others"
        return "missed" if self.findable else ""


@dataclass
class Score:
    """Sums over rows, and the measures that follow from them."""

    n: Counter[str] = field(default_factory=Counter)

    def count(self, judged: Judged) -> None:
        self.n["rows"] += 1
        for name in ("findable", "linked", "right", "asked"):
            self.n[name] += getattr(judged, name)
        self.n["answered"] += judged.answered and not judged.linked

    def measures(self) -> dict[str, float]:
        n = self.n
        precision, recall = n["right"] / max(1, n["linked"]), n["right"] / max(1, n["findable"])
        right, linked = n["right"] + n["answered"], n["linked"] + n["answered"]
        after = 2 * right / max(1, linked + n["findable"])
        asked = n["asked"] / max(1, n["rows"])
        found = right / max(1, n["findable"])
        told = {"precision": precision, "recall": recall, "asked": asked, "found": found, "f1_answered": after}
        return {"rows": n["rows"], "wrong": n["linked"] - n["right"]} | {k: round(v, 4) for k, v in told.items()}


def kinds_of(row: Any, judged: Judged, country: Any) -> Iterator[str]:
    yield from row.errors
    if row.person in country.alike:
        yield f"person: {country.alike[row.person]}"
    if not judged.findable:
        yield "person: not in the registry"
    yield "any error" if row.errors else "no error"
    yield "with id" if row.cells[0] else "without id"


def fill(country: Any) -> dict[str, int]:
    """Tell the register to the registry as a civil register is; {person id: number of the true person}."""
    from mudmai.people import services

    source = services.ensure_source(code="truth", kind="civil_register", name="truth")
    batch = services.open_batch(by=None, source=source, label="truth", as_of=country.register_on, area_code="")
    truth = {}
    people = iter(country.registered)
    while part := list(islice(people, 2000)):
        records = [record_of(country, person) for person in part]
        services.add_records(batch, records)
        truth |= {record.id: person.number for record, person in zip(records, part, strict=True)}
    services.close_batch(batch)
    return truth


def record_of(country: Any, person: Any) -> Any:
    from mudmai.kernel.addresses import house_no_key
    from mudmai.kernel.phones import phones
    from mudmai.people.rules.addressing import household_key
    from mudmai.people.services import NewRecord

    day = country.register_on
    house = person.house_on(day)
    area, phone = country.area_of(house), country.phone_of.get(person, "")
    said: dict[str, Any] = {
        "title": person.title_on(day), "given_name": person.given_on(day), "family_name": person.family_on(day),
        "sex": person.sex.lower(), "birth_date": born(person), "house_no": house.house_no, "moo": house.moo,
        "area": area, "in_civil_register": True,
    }  # fmt: skip
    if phone:
        said["phone"] = phones(phone).value
    key = household_key(area=area, house_no_key=house_no_key(house.house_no))
    return NewRecord(said=said, cid=person.cid or None, household_key=key, area_code=area)


def born(person: Any) -> str:
    return str(person.birth.year) if person.birth_known == "year" else str(person.birth.isoformat())


def read(rows: list[Any]) -> list[Any]:
    """The rows as import reads them: the same readers, the same subjects."""
    from mudmai.intake.rules.layout import ColumnUse, Shape
    from mudmai.intake.rules.reading import RowReader, Setting
    from mudmai.intake.rules.tables import Row
    from mudmai.intake.services.guessing import locate
    from mudmai.intake.services.preview import subject_of
    from mudmai.kernel import uuid7
    from mudmai.people.rules.catalogue import catalogue
    from mudmai.site.demo.hard import COLUMNS

    columns = [ColumnUse(at, heading, code) for at, (code, heading) in enumerate(COLUMNS.items())]
    setting = Setting(catalogue().kinds["volunteer_survey"], AS_OF, AS_OF, locate)
    reader = RowReader(Shape("truth", columns, [0], len(rows)), setting)
    drafts = reader.read([Row(number, list(row.cells)) for number, row in enumerate(rows, 2)], 0)
    for draft, key in zip(drafts, uuid7.many(len(drafts)), strict=True):
        draft.id = key.hex
    return [subject_of(draft) for draft in drafts]


def judge(subjects: list[Any], rows: list[Any], matches: list[Any], registry: dict[str, int]) -> Iterator[Judged]:
    """Each answer against the truth, in the order of the rows."""
    who = registry | {subject.key: row.person.number for subject, row in zip(subjects, rows, strict=True)}
    met = set(registry.values())
    for row, match in zip(rows, matches, strict=True):
        number = row.person.number
        linked = match.outcome == "linked"
        yield Judged(
            findable=number in met,
            linked=linked,
            right=linked and who[match.person] == number,
            asked=bool(match.others),
            answered=any(who[other.person] == number for other in match.others),
            told=json.dumps({code: found["level"] for code, found in match.evidence.items()}),
        )
        met.add(number)


def told_by(country: Any, person: Any) -> str:
    """What the register says of a person, for whoever reads the rows that went wrong."""
    day = country.register_on
    house = person.house_on(day)
    told = (person.cid, person.full_name_on(day), born(person), house.house_no, country.area_of(house))
    where = country.alike.get(person, "")
    return " ".join((*told, country.phone_of.get(person, ""), where)).strip()


def keep(path: Path, subjects: list[Any], numbers: list[int]) -> None:
    """Write the rows as they were read, and the truth, for the peer that runs in a process of its own."""
    columns = {name: [getattr(subject, name) or None for subject in subjects] for name in COMPARED}
    pq.write_table(pa.table(columns | {"person": numbers}), path)


def keep_register(path: Path, country: Any, registry: dict[str, int]) -> None:
    """Write the truth about the register for the peer, and its ids, which are sealed in the database."""
    cids = {person.number: person.cid or None for person in country.registered}
    told = {"key": list(registry), "cid": [cids[number] for number in registry.values()]}
    pq.write_table(pa.table(told | {"person": list(registry.values())}), path)


def tell(total: Score, seconds: float, processor: float) -> None:
    found = total.measures()
    figures.tell("precision of sure links", found["precision"], "", limit=0.995, at_least=True)
    figures.tell("recall of sure links", found["recall"], "")
    figures.tell("rows to review", round(found["asked"] * 100, 2), "%", limit=3.0)
    figures.tell("F1 when reviews are answered", found["f1_answered"], "", limit=0.98, at_least=True)
    figures.tell("three lists linked", round(seconds, 1), "s", limit=1.5, against="plain Splink, reading and predict")
    training, alone = "plain Splink, training, reading and predict", "plain Splink, predict alone"
    figures.tell("  against the peer with its training", round(seconds, 1), "s", against=training)
    figures.tell("  against its predict alone", round(seconds, 1), "s", against=alone)
    figures.tell(
        "  its work on all cores", round(processor, 1), "s", against="  work of reading and predict on all cores"
    )
    figures.tell("its memory", figures.peak_gb(), "GB")


def write_misses(path: Path, wrongs: list[list[str]]) -> None:
    from mudmai.site.demo.hard import COLUMNS

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["list", "trouble", "errors", *COLUMNS, "register", "evidence"])
        writer.writerows(wrongs)


if __name__ == "__main__":
    main()
