"""Finds in `item[key = told and …]` the part by which a long list can be looked up instead of looked through."""

from collections.abc import Iterator
from dataclasses import dataclass

from .parsing import Tree


@dataclass(frozen=True)
class Key:
    name: str
    told: Tree
    rest: tuple[Tree, ...]


def key_of(tree: Tree) -> Key | None:
    """The first `child = something that does not hang on the item` of a predicate, and what else it asks."""
    parts: list[Tree] = []
    while tree[0] == "op" and tree[1] == "and":
        parts.append(tree[3])
        tree = tree[2]
    parts.append(tree)
    if any(_asks_place(part) for part in parts):
        return None
    for part in parts:
        if part[0] != "op" or part[1] != "=":
            continue
        for here, there in ((part[2], part[3]), (part[3], part[2])):
            if _is_child(here) and not _hangs_on_item(there):
                return Key(here[2][0][1], there, tuple(other for other in parts if other is not part))
    return None


def _is_child(tree: Tree) -> bool:
    return (
        tree[0] == "path" and tree[1] is None and len(tree[2]) == 1 and tree[2][0][0] == "child" and not tree[2][0][2]
    )


def _inner(tree: Tree) -> Iterator[Tree]:
    for part in tree[1:]:
        if isinstance(part, tuple):
            if part and isinstance(part[0], str) and part[0] in ("num", "str", "op", "neg", "call", "filter", "path"):
                yield part
            else:
                yield from (inner for inner in part if isinstance(inner, tuple) and inner and isinstance(inner[0], str))


def _hangs_on_item(tree: Tree) -> bool:
    if tree[0] == "path":
        # What stands in the predicates of another path is asked of that path's own items.
        start = tree[1]
        return start is None or (start != "/" and _hangs_on_item(start))
    if tree[0] == "call" and tree[1] in ("position", "last") and not tree[2]:
        return True
    return any(_hangs_on_item(inner) for inner in _inner(tree))


def _asks_place(tree: Tree) -> bool:
    """Whether the order of the items matters to it."""
    if tree[0] == "call" and tree[1] in ("position", "last") and not tree[2]:
        return True
    return any(_asks_place(inner) for inner in _inner(tree))
