"""The model on Apache Spark, when one machine is too small. Needs `mudmai[spark]`: pyspark, and Java 17.

Everything that differs from DuckDB stands here: the dialect, and the one function that Spark lacks.
"""

import os
import shutil
import sys
from collections.abc import Sequence
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pyarrow as pa
import sqlglot
from django.utils.translation import gettext as _
from rapidfuzz.distance import JaroWinkler
from sqlglot import exp

from mudmai.kernel.errors import DomainError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# Parts into which Spark cuts its tables; some for each core.
PARTITIONS = 8
# A name of our own: Spark brings a jaro_winkler_similarity that counts otherwise, and takes its own first.
SIMILARITY = "letters_alike"


class NoSpark(DomainError):
    """pyspark or Java is not there."""

    code = "no_spark"


def in_spark(sql: str) -> str:
    """A statement or condition written for DuckDB as Spark says it.

    >>> in_spark("len(array_intersect(mates_l, mates_r)) >= 2")
    'SIZE(ARRAY_INTERSECT(mates_l, mates_r)) >= 2'
    >>> in_spark("jaro_winkler_similarity(given_l, given_r) >= 0.92")
    'LETTERS_ALIKE(given_l, given_r) >= 0.92'
    """
    return sqlglot.parse_one(sql, read="duckdb").transform(_turned).sql(dialect="spark")


def _turned(node: exp.Expression) -> exp.Expression:
    if isinstance(node, exp.Length) and isinstance(node.this, exp.ArrayIntersect):
        return exp.ArraySize(this=node.this)
    if isinstance(node, exp.JarowinklerSimilarity):
        return exp.Anonymous(this=SIMILARITY, expressions=[node.this, node.expression])
    return node


class OnSpark:
    """A Spark cluster; close it after use."""

    def __init__(self, master: str, scratch: str, *, memory: str = "1g") -> None:
        """`master`: spark://host:7077, or local[2] for this machine alone; `scratch`: a folder that all workers reach.

        Raises NoSpark.
        """
        if not (shutil.which("java") or "JAVA_HOME" in os.environ):
            raise NoSpark(_("Spark needs Java 17. Debian: apt-get install openjdk-17-jre-headless"))
        self._master, self._memory, self._made = master, memory, count()
        self._scratch = f"{scratch}/{uuid4().hex}"

    @cached_property
    def session(self) -> "SparkSession":
        try:
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise NoSpark(_("Spark is not installed. Run: pip install 'mudmai[spark]'")) from error
        # The workers run our one function in a Python of their own: the same as here.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder: Any = SparkSession.builder
        told = {
            "spark.executor.memory": self._memory,
            "spark.driver.memory": self._memory,
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.shuffle.partitions": str(PARTITIONS),
            "spark.sql.ansi.enabled": "false",  # as DuckDB: what cannot be compared is unknown, not an error
            "spark.sql.sources.partitionColumnTypeInference.enabled": "false",  # a province is no number
            "spark.log.level": "ERROR",
        }
        for key, value in told.items():
            builder = builder.config(key, value)
        session: SparkSession = builder.master(self._master).appName("mudmai").getOrCreate()
        session.sparkContext.setCheckpointDir(self._scratch)
        session.udf.register(SIMILARITY, _similarity())
        return session

    def close(self) -> None:
        self.session.stop()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def in_dialect(self, sql: str) -> str:
        return in_spark(sql)

    def read(self, name: str, folder: str) -> None:
        self.session.read.parquet(folder).createOrReplaceTempView(name)

    def make(self, name: str, sql: str) -> None:
        # Written and read again, so that it is worked out once.
        folder = f"{self._scratch}/{name}-{next(self._made)}"
        self._asked(sql).write.parquet(folder)
        self.read(name, folder)

    def keep(self, name: str, columns: dict[str, str], rows: Sequence[tuple[Any, ...]]) -> None:
        kinds = {"text": "string", "share": "double"}
        schema = ", ".join(f"{column} {kinds[kind]}" for column, kind in columns.items())
        self.session.createDataFrame(list(rows), schema).createOrReplaceTempView(name)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._asked(sql).collect()]

    def write(self, sql: str, folder: str) -> None:
        self._asked(sql).write.mode("overwrite").parquet(folder)

    def splink(self) -> Any:
        from splink.backends.spark import SparkAPI

        # Splink brings functions of its own for Spark, whose Jaro-Winkler counts otherwise than DuckDB's.
        api: Any = SparkAPI
        return api(
            spark_session=self.session,
            break_lineage_method="parquet",
            num_partitions_on_repartition=PARTITIONS,
            register_udfs_automatically=False,
        )

    def _asked(self, sql: str) -> "DataFrame":
        return self.session.sql(in_spark(sql))


def _similarity() -> Any:
    """Jaro-Winkler as DuckDB and Python have it. Made here, so that workers need rapidfuzz and nothing of ours."""
    from pyspark.sql.functions import arrow_udf

    def similarity(left: pa.Array, right: pa.Array) -> pa.Array:
        pairs = zip(left.to_pylist(), right.to_pylist(), strict=True)
        return pa.array([None if None in pair else JaroWinkler.similarity(*pair) for pair in pairs], pa.float64())

    return arrow_udf(similarity, "double")
