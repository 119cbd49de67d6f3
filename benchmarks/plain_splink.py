"""The peer of `benchmarks.truth`: plain Splink on the very rows that linkage was given.

Splink's own comparisons for names, dates of birth and text, its own training (EM) and its own blocking; nothing of ours
but the rows as they were read, and the register where it is stored: no keys, no fixed rules, no groups. The 13-digit
ids are sealed there; the peer gets them in plain, for nothing.
"""

import logging
import os
import time
import warnings
from pathlib import Path
from typing import Any

import pandas
import pyarrow as pa
import pyarrow.parquet as pq
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink import comparison_library as cl

from benchmarks import figures

BLOCKS = (
    ("cid",),
    ("given", "family"),
    ("given", "birth_date"),
    ("family", "birth_date"),
    ("given", "area"),
    ("family", "area", "house_no"),
    ("given", "phone"),
)
SURE = 0.99


def settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="link_only",
        unique_id_column_name="key",
        comparisons=[
            cl.DamerauLevenshteinAtThresholds("cid", [1, 2]),
            cl.NameComparison("given").configure(term_frequency_adjustments=True),
            cl.NameComparison("family").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("birth_date", input_is_string=True),
            cl.ExactMatch("sex"),
            cl.ExactMatch("area"),
            cl.ExactMatch("house_no"),
            cl.ExactMatch("phone"),
        ],
        blocking_rules_to_generate_predictions=[block_on(*block) for block in BLOCKS],
    )


def main() -> None:
    logging.getLogger("splink").setLevel(logging.ERROR)
    figures.start()
    home = Path(os.environ["MUDMAI_HOME"])
    lists = [pq.read_table(path) for path in sorted(home.glob("truth-list-*.parquet"))]
    people = pq.read_table(home / "truth-register.parquet").to_pandas().set_index("key")
    begun = time.monotonic()
    model = train(register(people["cid"]), lists[0])
    training, reading, predicting, answers = time.monotonic() - begun, 0.0, 0.0, []
    begun_work = time.process_time()
    for rows in lists:
        begun = time.monotonic()
        known = register(people["cid"])
        read = time.monotonic()
        answers.append(predict(known, rows, model))
        reading, predicting = reading + read - begun, predicting + time.monotonic() - read
    figures.tell("  work of reading and predict on all cores", round(time.process_time() - begun_work, 1), "s")
    figures.tell("plain Splink, predict alone", round(predicting, 1), "s")
    figures.tell("plain Splink, reading and predict", round(reading + predicting, 1), "s")
    figures.tell("plain Splink, training, reading and predict", round(training + reading + predicting, 1), "s")
    figures.tell("  its memory", figures.peak_gb(), "GB")
    tell(answers, lists, people["person"].to_dict())


REGISTER = (
    "SELECT p.id AS key, p.given_name AS given, p.family_name AS family, p.sex, p.birth_date, p.phone, "
    "p.area_code AS area, h.house_no FROM people_person p LEFT JOIN people_household h ON h.id = p.household_id"
)


def register(cids: pandas.Series) -> pa.Table:
    """The register from the database, as one reads a table into Splink: by pandas, blank values as nothing."""
    from django.db import connection

    connection.ensure_connection()
    with warnings.catch_warnings(action="ignore", category=UserWarning):  # pandas would rather be given SQLAlchemy
        read = pandas.read_sql_query(REGISTER, connection.connection)
    if connection.vendor == "postgresql":
        read["key"] = [key.hex for key in read["key"]]
    return pa.Table.from_pandas(read.assign(cid=read["key"].map(cids)).replace("", None), preserve_index=False)


def linker(registry: pa.Table, rows: pa.Table, model: Any) -> Linker:
    api = DuckDBAPI()
    tables = [
        api.register(table, dataset_display_name=name)
        for name, table in (("a", rows.drop_columns("person")), ("b", registry))
    ]
    return Linker(tables, model, log_level=None)


def train(registry: pa.Table, rows: pa.Table) -> dict[str, Any]:
    """A model in Splink's own form, learned as its tutorial does."""
    learning = linker(registry, rows, settings())
    sure = [block_on("cid", "given"), block_on("given", "family", "birth_date")]
    learning.training.estimate_probability_two_random_records_match(sure, recall=0.8)
    learning.training.estimate_u_using_random_sampling(max_pairs=1e6)
    learning.training.estimate_parameters_using_expectation_maximisation(block_on("given", "family"))
    learning.training.estimate_parameters_using_expectation_maximisation(block_on("birth_date", "area"))
    told: dict[str, Any] = learning.misc.save_model_to_json()
    return told


def predict(registry: pa.Table, rows: pa.Table, model: dict[str, Any]) -> dict[str, tuple[str, float]]:
    """{row: (the likeliest person, how likely)} of all pairs that are more likely than not."""
    found = linker(registry, rows, model).inference.predict(threshold_match_probability=0.5)
    best: dict[str, tuple[str, float]] = {}
    for left, right, chance in found.as_duckdbpyrelation().project("key_l, key_r, match_probability").fetchall():
        if left not in best or best[left][1] < chance:
            best[left] = right, chance
    return best


def tell(answers: list[dict[str, tuple[str, float]]], lists: list[pa.Table], known: dict[str, int]) -> None:
    """The likeliest person at the sure threshold, and F1 where every pair more likely than not is taken."""
    met = set(known.values())
    who = [dict(zip(rows["key"].to_pylist(), rows["person"].to_pylist(), strict=True)) for rows in lists]
    findable = sum(person in met for people in who for person in people.values())
    for name, least in (("at the sure threshold", SURE), ("taking all above one half", 0.5)):
        taken = [
            people[row] == known[person]
            for people, best in zip(who, answers, strict=True)
            for row, (person, chance) in best.items()
            if chance >= least
        ]
        right = sum(taken)
        figures.tell(f"plain Splink, precision {name}", round(right / len(taken), 4), "")
        figures.tell(f"plain Splink, recall {name}", round(right / findable, 4), "")
        figures.tell(f"plain Splink, F1 {name}", round(2 * right / (len(taken) + findable), 4), "")


if __name__ == "__main__":
    main()
