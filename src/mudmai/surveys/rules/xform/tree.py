"""A light tree of XML elements, made for asking XPath questions of it many times."""

from collections.abc import Iterator
from typing import Any

_NOTHING: dict[str, list["Node"]] = {}


class Node:
    """One element (or attribute) by its local name. `definition` is what the form says of it, if anything."""

    __slots__ = ("absent", "attributes", "children", "definition", "fixed", "index", "kids", "name", "parent",
                 "relevant", "text")  # fmt: skip

    def __init__(self, name: str, text: str = "", parent: "Node | None" = None, *, fixed: bool = False) -> None:
        self.name = name
        self.text = text
        self.parent = parent
        self.children: list[Node] = []
        self.kids: dict[str, list[Node]] = _NOTHING
        self.attributes: dict[str, Node] = {}
        self.relevant = True
        self.absent = False  # the submission left it out
        self.fixed = fixed  # part of a list of the form, the same for every submission
        self.definition: Any = None
        self.index: dict[tuple[str, str], dict[str, list[Node]]] | None = None

    def add(self, child: "Node") -> "Node":
        if self.kids is _NOTHING:
            self.kids = {}
        child.parent = self
        self.children.append(child)
        self.kids.setdefault(child.name, []).append(child)
        return child

    def remove(self, child: "Node") -> None:
        self.children.remove(child)
        self.kids[child.name].remove(child)

    def first(self, name: str) -> "Node | None":
        found = self.kids.get(name)
        return found[0] if found else None

    def value(self) -> str:
        """Its text, with that of everything within; what is not relevant counts as blank."""
        if not self.relevant:
            return ""
        if not self.children:
            return self.text
        return "".join(child.value() for child in self.children)

    def walk(self) -> Iterator["Node"]:
        """Itself and everything within, in the order of the document."""
        yield self
        for child in self.children:
            yield from child.walk()

    def ancestors(self) -> Iterator["Node"]:
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def position(self) -> int:
        """Its place among siblings of the same name, from 1."""
        if self.parent is None:
            return 1
        return self.parent.kids[self.name].index(self) + 1

    def path(self) -> str:
        """Where it is, for people: `/data/members[2]/age`, numbered where there are several or may be."""
        parts: list[str] = []
        node: Node | None = self
        while node is not None and node.parent is not None:
            repeats = getattr(node.definition, "is_repeat", False) or len(node.parent.kids[node.name]) > 1
            parts.append(f"{node.name}[{node.position()}]" if repeats else node.name)
            node = node.parent
        return "/" + "/".join(reversed(parts))

    def matching(self, child: str, key: str, told: str) -> list["Node"]:
        """The children named `child` whose child `key` says `told`, found by an index that is made once."""
        if self.index is None:
            self.index = {}
        table = self.index.get((child, key))
        if table is None:
            table = self.index[(child, key)] = {}
            for node in self.kids.get(child, ()):
                for value in dict.fromkeys(kid.value() for kid in node.kids.get(key, ())):
                    table.setdefault(value, []).append(node)
        return table.get(told, [])
