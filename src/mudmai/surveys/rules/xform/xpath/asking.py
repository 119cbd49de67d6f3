"""A compiled expression, and where it is asked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mudmai.surveys.rules.xform.tree import Node

from .values import Value

if TYPE_CHECKING:
    from .world import World


class Unanswerable(Exception):
    """The expression asks for what the server cannot know: a list it has not got, a function of one client only."""


class Context:
    """Where an expression is asked: a node, its place among its like, and the world around."""

    __slots__ = ("node", "position", "size", "world")

    def __init__(self, node: Node, world: "World", position: int = 1, size: int = 1) -> None:
        self.node = node
        self.world = world
        self.position = position
        self.size = size


Asked = Callable[[Context], Value]
Nodes = Callable[[Context], list[Node]]
Function = Callable[..., Value]


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression, with what its answer hangs on."""

    source: str
    ask: Asked
    functions: frozenset[str]
    # Whether it holds an absolute path: clients differ in what that means within a repeat.
    absolute: bool

    def depends_on(self, *names: str) -> bool:
        return not self.functions.isdisjoint(names)

    def value(self, node: Node, world: "World") -> Value:
        """Raises Unanswerable."""
        world.current = node
        try:
            return self.ask(Context(node, world))
        except RecursionError as error:
            raise Unanswerable(self.source[:40]) from error

    def nodes(self, node: Node, world: "World") -> list[Node]:
        found = self.value(node, world)
        return found if isinstance(found, list) else []
