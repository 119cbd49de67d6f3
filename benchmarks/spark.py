"""Everybody compared with everybody at two sizes, on DuckDB and on Spark: the same pairs, and what a row costs.

The cluster is a master and two workers of one core each on this machine, started for this run. Needs `mudmai[spark]`.
"""

import sys
import tempfile
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
from tests.linkage import cluster

from benchmarks import figures
from benchmarks.truth import read

AS_OF = date(2026, 11, 1)
LISTS = 3


def main() -> None:
    sizes, seed = [int(size) for size in sys.argv[1].split(",")], int(sys.argv[2])
    reason = cluster.missing()
    if reason:
        print(f"no Spark: {reason}", file=sys.stderr)
        return
    figures.start()
    from mudmai.linkage.rules.people import PEOPLE
    from mudmai.linkage.services.everybody import OnDuckDB, write_table
    from mudmai.linkage.services.people import table_of
    from mudmai.linkage.services.spark import OnSpark

    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        duckdb = OnDuckDB()
        for size in sizes:
            write_table(table_of(told(size, seed), []), PEOPLE, folder / f"lake-{size}")
            compare(duckdb, "DuckDB", size, folder)
        begun = time.monotonic()
        with cluster.running(folder) as master, closing(OnSpark(master, home)) as spark:
            spark.rows("SELECT 1")
            figures.tell("Spark: cluster and session started", round(time.monotonic() - begun, 1), "s")
            for size in sizes:
                compare(spark, "Spark", size, folder)
        for size in sizes:
            here, there = (pairs(folder / f"{engine}-{size}") for engine in ("DuckDB", "Spark"))
            figures.tell(f"{size:,} rows: pairs that may be the same", len(here), "")
            figures.tell(f"{size:,} rows: pairs on which the two differ", len(here ^ there), "", limit=0)


def told(rows: int, seed: int) -> list[Any]:
    """So many rows of three hard lists about half as many people."""
    from mudmai.site.demo.hard import build_hard_set

    hard = build_hard_set(seed=seed, people=rows // 2, rows=rows // LISTS, as_of=AS_OF)
    return [subject for lists in hard.lists.values() for subject in read(lists)]


def compare(engine: Any, name: str, size: int, folder: Path) -> None:
    from mudmai.linkage.rules.model import model
    from mudmai.linkage.services.everybody import compare_all

    begun, worked = time.monotonic(), figures.cpu_seconds()
    compare_all(engine, model(), str(folder / f"lake-{size}"), str(folder / f"{name}-{size}"))
    seconds, worked = time.monotonic() - begun, figures.cpu_seconds() - worked
    figures.tell(f"{size:,} rows, {name}", round(seconds, 1), "s")
    # What else the machine does stretches the time, but not the work.
    figures.tell(f"{size:,} rows, {name}: work for a row", round(1000 * worked / size, 3), "ms of one core")


def pairs(folder: Path) -> set[tuple[Any, ...]]:
    """Every pair with its findings, and its bits as far as both engines count alike."""
    rows = ds.dataset(folder, format="parquet").to_table().to_pylist()
    return {(round(row.pop("bits"), 6), *row.values()) for row in rows}


if __name__ == "__main__":
    main()
