"""The model as Splink is told it, which weighs everybody with everybody: nothing is trained."""

from collections.abc import Callable
from typing import Any

from mudmai.linkage.rules.model import Model, Weight
from mudmai.linkage.rules.schemes import UNKNOWN, Comparison

Said = Callable[[str], str]


def as_it_is(sql: str) -> str:
    """Our conditions are written for DuckDB."""
    return sql


def settings_of(
    model: Model, people: int, *, link_type: str = "link_only", dialect: str = "duckdb", said: Said = as_it_is
) -> dict[str, Any]:
    """The model as Splink is told it. `said` turns conditions into another dialect."""
    rules = (
        " AND ".join(f"l.{left} = r.{right}" for left, right in zip(block.left, block.right, strict=True))
        for block in model.scheme.blocking
    )
    return {
        "link_type": link_type,
        "probability_two_random_records_match": model.prior(people),
        "comparisons": [
            _comparison(comparison, model.weights[comparison.name], said) for comparison in model.scheme.comparisons
        ],
        "blocking_rules_to_generate_predictions": [{"blocking_rule": rule, "sql_dialect": dialect} for rule in rules],
        "retain_matching_columns": True,  # without them, Splink leaves the findings out
    }


def _comparison(comparison: Comparison, weights: dict[str, Weight], said: Said) -> dict[str, Any]:
    missing = {"sql_condition": said(comparison.missing.sql), "label_for_charts": UNKNOWN, "is_null_level": True}
    levels = [
        _level(said(level.sql), level.code, weights[level.code], level.frequency_of) for level in comparison.levels
    ]
    last = _level("ELSE", comparison.otherwise, weights[comparison.otherwise], "")
    return {"output_column_name": comparison.name, "comparison_levels": [missing, *levels, last]}


def _level(sql: str, code: str, weight: Weight, frequency_of: str) -> dict[str, Any]:
    level: dict[str, Any] = {
        "sql_condition": sql, "label_for_charts": code, "m_probability": weight.m, "u_probability": weight.u,
    }  # fmt: skip
    if weight.frequency:
        level |= {"tf_adjustment_column": frequency_of, "tf_minimum_u_value": weight.least}
    return level
