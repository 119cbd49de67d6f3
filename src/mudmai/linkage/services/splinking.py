"""Splink on DuckDB, in memory, with our own weights: nothing is trained here and nothing leaves the process."""

import logging
from collections.abc import Iterator, Sequence
from typing import Any

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker

from mudmai.linkage.rules.comparisons import BLOCKING, COMPARISONS, UNKNOWN, Comparison, Levels
from mudmai.linkage.rules.model import Model, Shares, Weight
from mudmai.linkage.rules.sides import Side, columns
from mudmai.linkage.services.scoring import Scored

_TYPES = {name: pa.int16() if name == "birth_year" else pa.string() for name in Side._fields}
# A row meets the registry, the rows that are settled, and the open rows before it: each pair once.
_EACH_ONCE = "(r.settled OR r.unique_id < l.unique_id)"


def score_many(
    open_rows: Sequence[int], settled: Sequence[bool], sides: Sequence[Side], shares: Shares, model: Model, least: float
) -> Iterator[Scored]:
    """Pairs of these rows with everybody else whom a blocking rule brings together with them.

    `settled[place]` is false for the open rows themselves. Only pairs of at least `least` bits.
    """
    # Splink speaks of its progress at level INFO and warns that nothing was trained: both are as they should be.
    logging.getLogger("splink").setLevel(logging.ERROR)
    with duckdb.connect(":memory:") as connection:
        api = DuckDBAPI(connection=connection)
        everybody = _table(range(len(sides)), sides, settled)
        rows = everybody.take(pa.array(open_rows, pa.int32()))
        # Splink takes the table whose name comes first as the left one.
        tables = [
            api.register(rows, dataset_display_name="a_rows"),
            api.register(everybody, dataset_display_name="b_all"),
        ]
        linker = Linker(tables, _settings(model, len(sides)), log_level=None, validate_settings=False)
        for column, known in shares.items():
            lookup = pa.table({column: list(known), f"tf_{column}": list(known.values())})
            linker.table_management.register_term_frequency_lookup(api.register(lookup), column)
        found = linker.inference.predict(threshold_match_weight=least, warning_mode="never")
        names = ", ".join(f"gamma_{comparison.name}" for comparison in COMPARISONS)
        sql = f"SELECT unique_id_l, unique_id_r, match_weight, {names} FROM {found.physical_name}"
        result = connection.sql(sql).fetchall()
    codes = [_codes(comparison) for comparison in COMPARISONS]
    for left, right, bits, *gammas in result:
        yield Scored(left, right, bits, Levels(*(of[gamma] for of, gamma in zip(codes, gammas, strict=True))))


def _table(places: Sequence[int], sides: Sequence[Side], settled: Sequence[bool]) -> pa.Table:
    arrays = {name: pa.array(values, _TYPES[name]) for name, values in columns(sides).items()}
    return pa.table({"unique_id": pa.array(places, pa.int32()), "settled": pa.array(settled, pa.bool_()), **arrays})


def _settings(model: Model, people: int) -> dict[str, Any]:
    rules = (" AND ".join(f"l.{name} = r.{name}" for name in rule) for rule in BLOCKING)
    return {
        "link_type": "link_only",
        "probability_two_random_records_match": model.prior(people),
        "comparisons": [_comparison(comparison, model.weights[comparison.name]) for comparison in COMPARISONS],
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": f"{rule} AND {_EACH_ONCE}", "sql_dialect": "duckdb"} for rule in rules
        ],
        "additional_columns_to_retain": [],
        "retain_matching_columns": True,  # without them, Splink leaves the findings out
    }


def _comparison(comparison: Comparison, weights: dict[str, Weight]) -> dict[str, Any]:
    missing = {"sql_condition": comparison.missing.sql, "label_for_charts": UNKNOWN, "is_null_level": True}
    levels = [_level(level.sql, level.code, weights[level.code], level.frequency_of) for level in comparison.levels]
    last = _level("ELSE", comparison.otherwise, weights[comparison.otherwise], "")
    return {"output_column_name": comparison.name, "comparison_levels": [missing, *levels, last]}


def _level(sql: str, code: str, weight: Weight, frequency_of: str) -> dict[str, Any]:
    level: dict[str, Any] = {
        "sql_condition": sql, "label_for_charts": code, "m_probability": weight.m, "u_probability": weight.u,
    }  # fmt: skip
    if weight.frequency:
        level |= {"tf_adjustment_column": frequency_of, "tf_minimum_u_value": weight.least}
    return level


def _codes(comparison: Comparison) -> dict[int, str]:
    """{Splink's number of a finding: our code}: it counts from the last level up, and -1 is "nothing to compare"."""
    named = [comparison.otherwise, *(level.code for level in reversed(comparison.levels))]
    return {-1: UNKNOWN, **dict(enumerate(named))}
