"""Scored pairs of long lists: DuckDB, in memory. `scoring` does the same for a few rows, and both agree."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from mudmai.linkage.rules.schemes import Block, Comparison, Scheme
from mudmai.linkage.services.everyone import KINDS, as_array
from mudmai.linkage.services.scoring import Scored, Scorer

_PAIRS = pa.schema([("l", pa.int32()), ("r", pa.int32())])
_PLACES = pa.schema([("place", pa.int32())])
CONFIG: dict[str, Any] = {"memory_limit": "800MB", "preserve_insertion_order": False}
PART = 50_000  # rows that one processor takes at a time
Numbers = np.ndarray[Any, Any]
# Every set of findings as one number; each comparison has fewer than so many findings.
_RADIX = 16


class Many:
    """One DuckDB in memory with everybody in it; close it after use.

    DuckDB finds the pairs and says what is found of each, as one number. What such a number means and weighs is asked
    of the scorer, once for each number: some thousands, however many pairs there are.
    """

    def __init__(self, scorer: Scorer) -> None:
        self.scorer = scorer
        self.scheme: Scheme = scorer.model.scheme
        self._connection = duckdb.connect(":memory:", config=CONFIG)

    def close(self) -> None:
        self._connection.close()

    @cached_property
    def _everybody(self) -> str:
        """The name of the table in DuckDB that holds everybody."""
        columns = self.scorer.table.columns
        arrays = {name: as_array(columns[name], KINDS[kind]) for name, kind in self.scheme.kinds.items()}
        places = pa.array(np.arange(len(self.scorer.table), dtype=np.int32))
        parts = pa.table({"place": places} | arrays).to_batches(max_chunksize=PART)
        self._connection.register("given", pa.Table.from_batches(parts))
        self._connection.execute("CREATE TABLE everybody AS SELECT * FROM given")
        self._connection.unregister("given")
        return "everybody"

    def of_pairs(self, pairs: Iterable[tuple[int, int]]) -> Iterator[Scored]:
        """These pairs, whatever they weigh."""
        return self._scored(self._asked(pairs))

    def of_rows(self, open_rows: Sequence[int], least: float) -> Iterator[Scored]:
        """The same pairs as `Scorer.of_rows`."""
        return self._scored(self._met(open_rows), least)

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
        sql = f"SELECT {', '.join(wanted)} FROM (SELECT *, {findings} FROM ({self._sides(self._asked(pairs))}))"
        counts = self._connection.sql(sql).fetchone() or ()
        return dict(zip(keys, zip(counts[::2], counts[1::2], strict=True), strict=True))

    def _scored(self, pairs: str, least: float | None = None) -> Iterator[Scored]:
        """The pairs of a table, each with its findings and their weight; `least` leaves out those that weigh less."""
        number = " + ".join(
            f"{number_of(each)}::BIGINT * {_RADIX**at}" for at, each in enumerate(self.scheme.comparisons)
        )
        found = self._connection.sql(f"SELECT l, r, {number} AS findings FROM ({self._sides(pairs)})").fetchnumpy()
        numbers, which = np.unique(found["findings"], return_inverse=True)
        levels = [self._levels_of(each) for each in numbers.tolist()]
        bits = self._bits(found["l"], levels, which)
        taken = slice(None) if least is None else bits >= least
        sides = (found["l"][taken].tolist(), found["r"][taken].tolist())
        for left, right, weight, at in zip(*sides, bits[taken].tolist(), which[taken].tolist(), strict=True):
            yield Scored(left, right, weight, levels[at])

    def _bits(self, lefts: Numbers, levels: list[Any], which: Numbers) -> Numbers:
        """As `Scorer.bits`, for pairs whose findings are `levels[which]`."""
        total = np.array([self.scorer.plain_bits(each) for each in levels])[which]
        for at, code, column, bits in self.scorer.rare:
            agrees = np.array([each[at] == code for each in levels], bool)[which]
            total[agrees] += [bits.get(column[left], 0.0) for left in lefts[agrees].tolist()]
        return total

    def _levels_of(self, number: int) -> Any:
        found = enumerate(self.scheme.comparisons)
        return self.scheme.levels(*(each.codes[number // _RADIX**at % _RADIX] for at, each in found))

    def _sides(self, pairs: str) -> str:
        """SQL for the pairs of a table with all columns of both sides."""
        sides = ", ".join(f"{side}.{name} AS {name}_{side}" for side in "lr" for name in self.scheme.kinds)
        return (
            f"SELECT p.l, p.r, {sides} FROM {pairs} p JOIN {self._everybody} l ON l.place = p.l "
            f"JOIN {self._everybody} r ON r.place = p.r"
        )

    def _asked(self, pairs: Iterable[tuple[int, int]]) -> str:
        asked = list(pairs)
        self._connection.register("asked", pa.table([[pair[at] for pair in asked] for at in (0, 1)], schema=_PAIRS))
        return "asked"

    def _met(self, open_rows: Sequence[int]) -> str:
        """Make the pairs that any block brings together. Two open rows meet once, the later with the earlier."""
        run = self._connection.execute
        self._connection.register("open_places", pa.table([list(open_rows)], schema=_PLACES))
        run(f"CREATE TABLE open_rows AS SELECT * FROM {self._everybody} WHERE place IN (SELECT place FROM open_places)")
        run("CREATE TABLE together (l INTEGER, r INTEGER)")
        for block in self.scheme.blocking:
            run(f"INSERT INTO together {_block_sql(block, self._everybody, self.scheme.crowd)}")
        run(
            "CREATE TABLE met AS SELECT DISTINCT l, r FROM together "
            "WHERE r < l OR r NOT IN (SELECT place FROM open_places)"
        )
        return "met"


def _block_sql(block: Block, everybody: str, crowd: int) -> str:
    """SQL for the pairs of one block, without those of a crowd."""
    rights = ", ".join(block.right)
    wanted, equal = (
        " AND ".join(f"l.{left} = {of}.{right}" for left, right in zip(block.left, block.right, strict=True))
        for of in "er"
    )
    return (
        f"SELECT l.place, unnest(r.places) FROM open_rows l JOIN (SELECT {rights}, list(place) AS places "
        f"FROM {everybody} e SEMI JOIN open_rows l ON {wanted} GROUP BY {rights} HAVING count(*) <= {crowd}) r "
        f"ON {equal}"
    )


def number_of(comparison: Comparison) -> str:
    """SQL for the number of the finding, as `Comparison.codes` counts."""
    highest = len(comparison.levels) + 1
    whens = " ".join(f"WHEN {level.sql} THEN {highest - at}" for at, level in enumerate(comparison.levels))
    return f"(CASE WHEN {comparison.missing.sql} THEN 0 {whens} ELSE 1 END)"
