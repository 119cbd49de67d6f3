"""Scored pairs in plain Python: quick for a few rows. `many` does the same for long lists, and both agree."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from mudmai.linkage.rules.model import Model, Names, bits_of
from mudmai.linkage.rules.schemes import Block
from mudmai.linkage.services.people import Table


class Scored(NamedTuple):
    """One pair by place: the row, somebody else, and what all findings weigh together with the prior."""

    left: int
    right: int
    bits: float
    levels: Any  # of the scheme


class Scorer:
    """Compares with weights of one model the people of one table."""

    def __init__(self, table: Table, names: Names, model: Model, everybody: int | None = None) -> None:
        """`everybody`: how many people are at hand, where the table holds only some of them."""
        self.table, self.names, self.model = table, names, model
        self.everybody = len(table) if everybody is None else everybody
        self.prior = bits_of(model.prior(self.everybody))
        self._plain: dict[Any, float] = {}
        # Place of the finding, its code, the column that it is about, and the bits of its values.
        self.rare = [(at, code, table.listed(col), names.bits[col]) for at, code, col in model.scheme.frequencies]

    def bits(self, left: int, levels: Any) -> float:
        """The weight of all findings of a pair, with the prior."""
        return sum(self.rareness(left, levels), self.plain_bits(levels))

    def plain_bits(self, levels: Any) -> float:
        """The same, before it is asked how common the names are."""
        total = self._plain.get(levels)
        if total is None:
            total = self._plain[levels] = self.prior + sum(self.model.plain(levels).values())
        return total

    def rareness(self, left: int, levels: Any) -> tuple[float, ...]:
        """What the rareness of agreeing names adds to the weight, in the order of `Scheme.frequencies`."""
        return tuple(
            [bits.get(column[left], 0.0) if levels[at] == code else 0.0 for at, code, column, bits in self.rare]
        )

    def of_pairs(self, pairs: Iterable[tuple[int, int]]) -> Iterator[Scored]:
        """These pairs, whatever they weigh."""
        compare = self.model.scheme.compare
        for left, right in pairs:
            levels = compare(self.table.side(left), self.table.side(right))
            yield Scored(left, right, self.bits(left, levels), levels)

    def of_rows(self, open_rows: Sequence[int], least: float) -> Iterator[Scored]:
        """Pairs of the open rows with everybody whom a block brings together with them, of at least so many bits.

        Two open rows meet once, the later with the earlier.
        """
        waiting = set(open_rows)
        found: set[tuple[int, int]] = set()
        for block in self.model.scheme.blocking:
            found.update(
                (left, right) for left, right in self._block(block, open_rows) if right not in waiting or right < left
            )
        return (scored for scored in self.of_pairs(sorted(found)) if scored.bits >= least)

    def _block(self, block: Block, open_rows: Sequence[int]) -> Iterator[tuple[int, int]]:
        listed = self.table.listed
        lefts = [listed(name) for name in block.left]
        wanted: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        for left in open_rows:
            key = tuple(column[left] for column in lefts)
            if None not in key:
                wanted[key].append(left)
        met: dict[tuple[Any, ...], list[int]] = {key: [] for key in wanted}
        for right, key in enumerate(zip(*(listed(name) for name in block.right), strict=True)):
            if key in met:
                met[key].append(right)
        for key, rights in met.items():
            if len(rights) <= self.model.scheme.crowd:
                yield from ((left, right) for left in wanted[key] for right in rights)
