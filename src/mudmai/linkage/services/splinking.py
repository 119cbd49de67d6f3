"""Scored pairs of long lists: Splink on DuckDB, in memory, with our own weights. Nothing is trained or kept."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker

from mudmai.linkage.rules.model import Model, Weight
from mudmai.linkage.rules.schemes import UNKNOWN, Block, Comparison, Scheme
from mudmai.linkage.services.scoring import Scored, Scorer

_ROWS, _OTHERS = "a_rows", "b_others"
_PAIRS = pa.schema([("l", pa.int32()), ("r", pa.int32())])
KINDS = {"text": pa.string(), "number": pa.int32(), "texts": pa.list_(pa.string())}
Said = Callable[[str], str]
# Every set of findings as one number; each comparison has fewer than so many findings.
_RADIX = 16


def as_it_is(sql: str) -> str:
    """Our conditions are written for DuckDB."""
    return sql


class Splinking:
    """One DuckDB in memory with everybody in it; close it after use."""

    def __init__(self, scorer: Scorer) -> None:
        self.scorer = scorer
        self.scheme: Scheme = scorer.model.scheme
        self._connection = duckdb.connect(":memory:", config={"memory_limit": "800MB"})
        self._levels: dict[int, Any] = {}

    def close(self) -> None:
        self._connection.close()

    @cached_property
    def _everybody(self) -> str:
        """The name of the table in DuckDB that holds everybody."""
        columns = self.scorer.table.columns
        kinds = {name: KINDS[kind] for name, kind in self.scheme.kinds.items()}
        places = pa.array(range(len(self.scorer.table)), pa.int32())
        arrays = {name: pa.array(columns[name], kind) for name, kind in kinds.items()}
        self._connection.register("given", pa.table({"unique_id": places} | arrays))
        self._connection.execute("CREATE TABLE everybody AS SELECT * FROM given")
        self._connection.unregister("given")
        return "everybody"

    def of_pairs(self, pairs: Iterable[tuple[int, int]]) -> Iterator[Scored]:
        """These pairs, whatever they weigh."""
        numbers = _as_number(map(number_of, self.scheme.comparisons))
        found = self._connection.sql(
            f"SELECT unique_id_l, unique_id_r, {numbers} FROM ({self._sides(pairs)})"
        ).fetchall()
        for left, right, number in found:
            levels = self._levels_of(number)
            yield Scored(left, right, self.scorer.bits(left, levels), levels)

    def counted(self, pairs: Iterable[tuple[int, int]]) -> dict[tuple[str, str], tuple[int, int]]:
        """{(comparison, finding): (n, of)}: of how many of these pairs it could be made, and of how many it is."""
        comparisons, wanted, keys = self.scheme.comparisons, [], []
        for comparison in comparisons:
            for number, code in enumerate(comparison.codes[1:], 1):
                among = comparison.among.get(code, "true")
                wanted.append(f"count(*) FILTER (f_{comparison.name} = {number})")
                wanted.append(f"count(*) FILTER (f_{comparison.name} > 0 AND coalesce({among}, false))")
                keys.append((comparison.name, code))
        findings = ", ".join(f"{number_of(each)} AS f_{each.name}" for each in comparisons)
        sql = f"SELECT {', '.join(wanted)} FROM (SELECT *, {findings} FROM ({self._sides(pairs)}))"
        counts = self._connection.sql(sql).fetchone() or ()
        return dict(zip(keys, zip(counts[::2], counts[1::2], strict=True), strict=True))

    def _sides(self, pairs: Iterable[tuple[int, int]]) -> str:
        """SQL for these pairs with all columns of both."""
        asked = list(pairs)
        both = pa.table([[pair[at] for pair in asked] for at in (0, 1)], schema=_PAIRS)
        self._connection.register("asked", both)
        names = ("unique_id", *self.scheme.kinds)
        sides = ", ".join(f"{side}.{name} AS {name}_{side}" for side in "lr" for name in names)
        return (
            f"SELECT {sides} FROM asked JOIN {self._everybody} l ON l.unique_id = asked.l "
            f"JOIN {self._everybody} r ON r.unique_id = asked.r"
        )

    def of_rows(self, open_rows: Sequence[int], least: float) -> Iterator[Scored]:
        """The same pairs as `Scorer.of_rows`, weighed by Splink."""
        # Splink tells its progress at level INFO and warns that nothing was trained: both are as they should be.
        logging.getLogger("splink").setLevel(logging.ERROR)
        self._block(open_rows)
        api = DuckDBAPI(connection=self._connection)
        # Splink takes the table whose name comes first as the left one.
        tables = [api.register(name, dataset_display_name=name) for name in (_ROWS, _OTHERS)]
        settings = settings_of(self.scorer.model, self.scorer.everybody)
        linker = Linker(tables, settings, log_level=None, validate_settings=False)
        linker.table_management.register_blocked_pairs_for_predict(api.register("blocked"))
        for column, shares in self.scorer.names.shares.items():
            kinds = pa.schema([(column, pa.string()), (f"tf_{column}", pa.float64())])
            lookup = pa.table([list(shares), list(shares.values())], schema=kinds)
            linker.table_management.register_term_frequency_lookup(api.register(lookup), column)
        found = linker.inference.predict(threshold_match_weight=least, warning_mode="never").physical_name
        number = _as_number(f"(gamma_{comparison.name} + 1)" for comparison in self.scheme.comparisons)
        result = self._connection.sql(f"SELECT unique_id_l, unique_id_r, match_weight, {number} FROM {found}")
        for left, right, bits, findings in result.fetchall():
            yield Scored(left, right, bits, self._levels_of(findings))

    def _block(self, open_rows: Sequence[int]) -> None:
        """Make the pairs to be weighed, and the two tables that hold nobody else.

        Splink could do this, but copies everybody once for each rule: 700 MB for 300,000 people.
        """
        run = self._connection.execute
        self._connection.register("open_rows", pa.table([list(open_rows)], schema=pa.schema([("place", pa.int32())])))
        run(f"CREATE TABLE {_ROWS} AS SELECT e.* FROM {self._everybody} e JOIN open_rows ON place = e.unique_id")
        run("CREATE TABLE together (l INTEGER, r INTEGER)")
        for block in self.scheme.blocking:
            run(f"INSERT INTO together {_block_sql(block, self._everybody, self.scheme.crowd)}")
        run("CREATE TABLE met AS SELECT DISTINCT l, r FROM together")
        run(f"CREATE TABLE {_OTHERS} AS SELECT e.* FROM {self._everybody} e SEMI JOIN met ON met.r = e.unique_id")
        run(
            f"CREATE TABLE blocked AS SELECT '0' AS match_key, '{_ROWS}-__-' || l AS join_key_l, "
            f"'{_OTHERS}-__-' || r AS join_key_r FROM met"
        )

    def _levels_of(self, number: int) -> Any:
        levels = self._levels.get(number)
        if levels is None:
            found = enumerate(self.scheme.comparisons)
            codes = (comparison.codes[number // _RADIX**at % _RADIX] for at, comparison in found)
            levels = self._levels[number] = self.scheme.levels(*codes)
        return levels


def _block_sql(block: Block, everybody: str, crowd: int) -> str:
    """SQL for the pairs of one block, without those of a crowd. Two open rows meet once, the later with the earlier."""
    rights = ", ".join(f"e.{name}" for name in block.right)
    wanted, equal = (
        " AND ".join(f"l.{left} = {of}.{right}" for left, right in zip(block.left, block.right, strict=True))
        for of in "er"
    )
    return (
        f"SELECT l.unique_id, r.unique_id FROM {_ROWS} l JOIN (SELECT e.unique_id, {rights} "
        f"FROM {everybody} e SEMI JOIN {_ROWS} l ON {wanted} "
        f"QUALIFY count(*) OVER (PARTITION BY {rights}) <= {crowd}) r ON {equal} "
        "WHERE r.unique_id < l.unique_id OR r.unique_id NOT IN (SELECT place FROM open_rows)"
    )


def _as_number(findings: Iterable[str]) -> str:
    return " + ".join(f"{finding}::BIGINT * {_RADIX**at}" for at, finding in enumerate(findings))


def number_of(comparison: Comparison) -> str:
    """SQL for the number of the finding, as `Comparison.codes` counts."""
    highest = len(comparison.levels) + 1
    whens = " ".join(f"WHEN {level.sql} THEN {highest - at}" for at, level in enumerate(comparison.levels))
    return f"(CASE WHEN {comparison.missing.sql} THEN 0 {whens} ELSE 1 END)"


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
