"""Everybody compared with everybody, from a lake of Parquet files: by DuckDB on one machine, by Spark on many.

Statements are written for DuckDB once; an engine that speaks another dialect turns them.
"""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
from splink import DuckDBAPI, Linker

from mudmai.linkage.rules.model import Model, Names, bits_of
from mudmai.linkage.rules.people import PEOPLE
from mudmai.linkage.rules.schemes import Block, Comparison, Scheme
from mudmai.linkage.services.everyone import KINDS, as_array, table_of_everyone
from mudmai.linkage.services.people import Table
from mudmai.linkage.services.splinking import settings_of

# Who is known to live nowhere.
NOWHERE = "00"


class Engine(Protocol):
    """Where tables lie and statements run."""

    def in_dialect(self, sql: str) -> str:
        """A statement or condition of ours as this engine says it."""

    def read(self, name: str, folder: str) -> None:
        """Give the Parquet files of a folder a name."""

    def make(self, name: str, sql: str) -> None:
        """Keep what a statement finds under a name."""

    def keep(self, name: str, columns: dict[str, str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Keep a small table of ours under a name; {column: kind}, "text" or "share"."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a statement finds, here."""

    def write(self, sql: str, folder: str) -> None:
        """Write what a statement finds as Parquet files."""

    def splink(self) -> Any:
        """Splink's own door to this engine."""

    def close(self) -> None:
        """Let go of it and of all that was kept."""


class OnDuckDB:
    """DuckDB in this process."""

    def __init__(self, memory: str = "2GB") -> None:
        self._connection = duckdb.connect(":memory:", config={"memory_limit": memory})

    def in_dialect(self, sql: str) -> str:
        return sql

    def read(self, name: str, folder: str) -> None:
        self._connection.execute(
            f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet('{folder}/**/*.parquet')"
        )

    def make(self, name: str, sql: str) -> None:
        self._connection.execute(f"CREATE OR REPLACE TABLE {name} AS {sql}")

    def keep(self, name: str, columns: dict[str, str], rows: Sequence[tuple[Any, ...]]) -> None:
        kinds = {"text": pa.string(), "share": pa.float64()}
        schema = pa.schema([(column, kinds[kind]) for column, kind in columns.items()])
        told = pa.table([[row[at] for row in rows] for at in range(len(columns))], schema=schema)
        self._connection.register("told", told)
        self._connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM told")
        self._connection.unregister("told")

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self._connection.sql(sql).fetchall()

    def write(self, sql: str, folder: str) -> None:
        Path(folder).mkdir(parents=True, exist_ok=True)
        self._connection.execute(f"COPY ({sql}) TO '{folder}/pairs.parquet' (FORMAT parquet)")

    def splink(self) -> Any:
        return DuckDBAPI(connection=self._connection)

    def close(self) -> None:
        self._connection.close()


def write_lake(folder: Path) -> int:
    """Write the registry as it is compared, one folder of Parquet files a province; returns how many people.

    Ids stand there as keyed hashes: registries sealed with different keys cannot meet by id.
    """
    return write_table(table_of_everyone(), PEOPLE, folder)


def write_table(table: Table, scheme: Scheme, folder: Path) -> int:
    """The same for people at hand; returns how many."""
    columns = {name: as_array(table.columns[name], KINDS[kind]) for name, kind in scheme.kinds.items()}
    province = [tambon[:2] if tambon else NOWHERE for tambon in table.listed("tambon")]
    ds.write_dataset(
        pa.table({"unique_id": table.keys, "province": province} | columns),
        folder,
        format="parquet",
        partitioning=["province"],
        partitioning_flavor="hive",
        existing_data_behavior="delete_matching",
    )
    return len(table)


def compare_all(engine: Engine, model: Model, source: str, target: str) -> int:
    """Weigh all pairs of a lake that a block brings together; returns how many may be the same person.

    Those are written to `target` as Parquet files: unique_id_l, unique_id_r, bits, and the finding of each comparison.
    """
    # Splink tells its progress at level INFO and warns that nothing was trained: both are as they should be.
    logging.getLogger("splink").setLevel(logging.ERROR)
    scheme = model.scheme
    engine.read("everybody", source)
    [(people,)] = engine.rows("SELECT count(*) FROM everybody")
    engine.make("blocked", blocked_sql(scheme))
    api = engine.splink()
    settings = settings_of(
        model, people, link_type="dedupe_only", dialect=api.sql_dialect.sql_dialect_str, said=engine.in_dialect
    )
    linker = Linker(api.register("everybody"), settings, log_level=None, validate_settings=False)
    linker.table_management.register_blocked_pairs_for_predict(api.register("blocked"))
    for column, shares in _names(engine, model).shares.items():
        engine.keep(f"shares_of_{column}", {column: "text", f"tf_{column}": "share"}, list(shares.items()))
        linker.table_management.register_term_frequency_lookup(api.register(f"shares_of_{column}"), column)
    least = bits_of(model.thresholds.ask)
    found = linker.inference.predict(threshold_match_weight=least, warning_mode="never").physical_name
    findings = ", ".join(map(_finding, scheme.comparisons))
    engine.write(f"SELECT unique_id_l, unique_id_r, match_weight AS bits, {findings} FROM {found}", target)
    engine.read("pairs", target)
    return int(engine.rows("SELECT count(*) FROM pairs")[0][0])


def _names(engine: Engine, model: Model) -> Names:
    """How common each name is among all people of the lake."""
    columns = [column for _at, _code, column in model.scheme.frequencies]
    told = "SELECT {0}, count(*) FROM everybody WHERE {0} IS NOT NULL GROUP BY {0}"
    return model.names({column: dict(engine.rows(told.format(column))) for column in columns})


def blocked_sql(scheme: Scheme) -> str:
    """SQL for the pairs of all blocks, each once, without those of a crowd, as Splink wants them told."""
    blocks = " UNION ALL ".join(_block_sql(block, scheme.crowd) for block in scheme.blocking)
    return f"SELECT DISTINCT '0' AS match_key, l AS join_key_l, r AS join_key_r FROM ({blocks}) AS met"


def _block_sql(block: Block, crowd: int) -> str:
    rights = ", ".join(block.right)
    known = " AND ".join(f"{name} IS NOT NULL" for name in block.right)
    equal = " AND ".join(f"l.{left} = r.{right}" for left, right in zip(block.left, block.right, strict=True))
    # Where both sides are asked for the same, each pair would be found from both ends.
    order = "<" if block.left == block.right else "<>"
    return (
        "SELECT least(l.unique_id, r.unique_id) AS l, greatest(l.unique_id, r.unique_id) AS r FROM everybody AS l "
        f"JOIN (SELECT unique_id, {rights}, count(*) OVER (PARTITION BY {rights}) AS crowd FROM everybody "
        f"WHERE {known}) AS r ON {equal} AND r.crowd <= {crowd} WHERE l.unique_id {order} r.unique_id"
    )


def _finding(comparison: Comparison) -> str:
    whens = " ".join(f"WHEN {number - 1} THEN '{code}'" for number, code in enumerate(comparison.codes))
    return f"CASE gamma_{comparison.name} {whens} END AS {comparison.name}"
