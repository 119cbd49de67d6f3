"""Going along a path: from nodes to nodes."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from mudmai.surveys.rules.xform.tree import Node

from .asking import Asked, Context
from .parsing import CannotReadExpression, Step
from .values import Value, truth

if TYPE_CHECKING:
    from .world import World


def union(left: Value, right: Value) -> list[Node]:
    both = [*(left if isinstance(left, list) else []), *(right if isinstance(right, list) else [])]
    return list({id(node): node for node in both}.values())


def filtered(nodes: list[Node], predicate: Asked, world: "World") -> list[Node]:
    size = len(nodes)
    kept: list[Node] = []
    for position, node in enumerate(nodes, 1):
        value = predicate(Context(node, world, position, size))
        if (value == position) if type(value) is float else truth(value):
            kept.append(node)
    return kept


def walk(nodes: list[Node], steps: list[Any], c: Context) -> list[Node]:
    for step in steps:
        if not nodes:
            break
        nodes = step(nodes, c)
    return nodes


def absolute(steps: tuple[Step, ...], made: list[Any]) -> Asked:
    def plain(c: Context) -> Value:
        world = c.world
        if not world.javarosa:
            return walk([world.document], made, c)
        # JavaRosa reads an absolute path that leads through the repeat one stands in as "of this one".
        own = {id(world.current), *(id(node) for node in world.current.ancestors())}
        nodes = [world.document]
        for at, step in enumerate(made):
            nodes = step(nodes, c)
            if at < len(made) - 1 and len(nodes) > 1 and not steps[at][2]:
                nodes = [node for node in nodes if id(node) in own] or nodes
        return nodes

    return plain


def children(name: str) -> Callable[[list[Node]], list[Node]]:
    def gather(nodes: list[Node]) -> list[Node]:
        if len(nodes) == 1:
            return nodes[0].kids.get(name, [])
        return [child for node in nodes for child in node.kids.get(name, ())]

    return gather


def along(axis: str, test: str) -> Callable[[list[Node]], list[Node]]:
    axes: dict[str, Callable[[Node], list[Node]]] = {
        "child": lambda node: node.children,
        "self": lambda node: [node],
        "parent": lambda node: [node.parent] if node.parent else [],
        "attribute": lambda node: list(node.attributes.values()),
        "descendant": lambda node: list(node.walk())[1:],
        "descendant-or-self": lambda node: list(node.walk()),
        "ancestor": lambda node: list(node.ancestors()),
        "ancestor-or-self": lambda node: [node, *node.ancestors()],
        "following-sibling": lambda node: _siblings(node, after=True),
        "preceding-sibling": lambda node: _siblings(node, after=False),
    }
    if axis not in axes:
        raise CannotReadExpression(f"{axis}::")
    follow = axes[axis]
    named = test if test != "*" and not test.endswith("()") else None

    def gather(nodes: list[Node]) -> list[Node]:
        found: dict[int, Node] = {}
        for node in nodes:
            for other in follow(node):
                if named is None or other.name == named:
                    found[id(other)] = other
        return list(found.values())

    return gather


def _siblings(node: Node, *, after: bool) -> list[Node]:
    if node.parent is None:
        return []
    place = next(at for at, child in enumerate(node.parent.children) if child is node)
    return node.parent.children[place + 1 :] if after else node.parent.children[:place]
