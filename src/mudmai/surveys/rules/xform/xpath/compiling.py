"""Turns an expression into a Python function once, so that it can be asked of many submissions quickly."""

import inspect
import math
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mudmai.surveys.rules.xform.tree import Node

from .parsing import CannotReadExpression, Step, Tree, parse_xpath
from .values import NAN, Value, equal, number, numbers, text, truth, unequal

if TYPE_CHECKING:
    from .world import World

# A list shorter than this is looked through; a longer one gets an index.
_LONG_LIST = 40


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


@dataclass
class _Notes:
    functions: set[str] = field(default_factory=set)
    absolute: bool = False


def compile_xpath(source: str, library: Mapping[str, Function]) -> Expression:
    """Compile one expression. Raises CannotReadExpression."""
    notes = _Notes()
    try:
        ask = _Compiler(library, notes).value(parse_xpath(source))
    except RecursionError as error:
        raise CannotReadExpression(source[:40]) from error
    return Expression(source, ask, frozenset(notes.functions), notes.absolute)


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": lambda left, right: _divide(left, right),
    "mod": lambda left, right: math.fmod(left, right) if right and not math.isinf(left) else NAN,
}
_ORDER: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _divide(left: float, right: float) -> float:
    if right:
        return left / right
    return NAN if not left or math.isnan(left) else math.copysign(math.inf, left) * math.copysign(1, right)


class _Compiler:
    def __init__(self, library: Mapping[str, Function], notes: _Notes) -> None:
        self.library = library
        self.notes = notes

    def value(self, tree: Tree) -> Asked:
        made: Asked = getattr(self, f"_{tree[0]}")(tree)
        return made

    def _num(self, tree: Tree) -> Asked:
        constant: float = tree[1]
        return lambda c: constant

    def _str(self, tree: Tree) -> Asked:
        constant: str = tree[1]
        return lambda c: constant

    def _neg(self, tree: Tree) -> Asked:
        inner = self.value(tree[1])
        return lambda c: -number(inner(c))

    def _op(self, tree: Tree) -> Asked:
        sign = tree[1]
        if sign in ("and", "or"):
            return self._chain(tree)
        left, right = self.value(tree[2]), self.value(tree[3])
        if sign == "=":
            return lambda c: equal(left(c), right(c))
        if sign == "!=":
            return lambda c: unequal(left(c), right(c))
        if sign == "|":
            return lambda c: _union(left(c), right(c))
        if sign in _ORDER:
            order = _ORDER[sign]
            return lambda c: any(order(a, b) for a in numbers(left(c)) for b in numbers(right(c)))
        arithmetic = _ARITHMETIC[sign]
        return lambda c: arithmetic(number(left(c)), number(right(c)))

    def _chain(self, tree: Tree) -> Asked:
        """`a or b or c` in one loop, so that a long one does not nest deep."""
        sign, parts = tree[1], []
        while tree[0] == "op" and tree[1] == sign:
            parts.append(self.value(tree[3]))
            tree = tree[2]
        parts.append(self.value(tree))
        parts.reverse()
        if sign == "or":
            return lambda c: any(c.world.truth(part(c)) for part in parts)
        return lambda c: all(c.world.truth(part(c)) for part in parts)

    def _call(self, tree: Tree) -> Asked:
        name = tree[1]
        self.notes.functions.add(name)
        arguments = [self.value(argument) for argument in tree[2]]
        if name == "if" and len(arguments) == 3:
            condition, then, otherwise = arguments
            return lambda c: then(c) if c.world.truth(condition(c)) else otherwise(c)
        function = self.library.get(name)
        if function is None:
            return _unknown(name)
        try:
            inspect.signature(function).bind(None, *arguments)
        except TypeError as error:
            raise CannotReadExpression(f"{name}(): {len(arguments)}") from error
        if len(arguments) == 1:
            only = arguments[0]
            return lambda c: function(c, only(c))
        return lambda c: function(c, *[argument(c) for argument in arguments])

    def _filter(self, tree: Tree) -> Asked:
        inner = self.value(tree[1])
        predicates = [self.value(predicate) for predicate in tree[2]]

        def select(c: Context) -> Value:
            found = inner(c)
            nodes = found if isinstance(found, list) else []
            for predicate in predicates:
                nodes = _filtered(nodes, predicate, c.world)
            return nodes

        return select

    def _path(self, tree: Tree) -> Asked:
        start, steps = tree[1], tree[2]
        walk = [self._step(step) for step in steps]
        if start is None:
            return lambda c: _walk([c.node], walk, c)
        if start == "/":
            self.notes.absolute = True
            return _absolute(steps, walk)
        origin = self.value(start)

        def follow(c: Context) -> Value:
            found = origin(c)
            return _walk(found if isinstance(found, list) else [], walk, c)

        return follow

    def _step(self, step: Step) -> Callable[[list[Node], Context], list[Node]]:
        axis, test, trees = step
        if axis == "child" and test != "*" and not test.endswith("()"):
            key = _key_of(trees[0]) if trees else None
            if key:
                return self._keyed(test, key, trees)
            gather = _children(test)
        else:
            gather = _along(axis, test)
        predicates = [self.value(predicate) for predicate in trees]
        if not predicates:
            return lambda nodes, c: gather(nodes)

        def select(nodes: list[Node], c: Context) -> list[Node]:
            found: list[Node] = []
            for node in nodes:
                kept = gather([node])
                for predicate in predicates:
                    kept = _filtered(kept, predicate, c.world)
                found += kept
            return found

        return select

    def _keyed(self, name: str, key: "_Key", trees: tuple[Tree, ...]) -> Callable[[list[Node], Context], list[Node]]:
        """`item[key = told and …]` over a long list that never changes: by an index instead of looking through it."""
        told = self.value(key.told)
        others = [self.value(tree) for tree in key.rest]
        rest = [self.value(tree) for tree in trees[1:]]
        if others:
            rest.insert(0, lambda c: all(c.world.truth(other(c)) for other in others))
        every = [self.value(tree) for tree in trees]

        def select(nodes: list[Node], c: Context) -> list[Node]:
            found: list[Node] = []
            for node in nodes:
                kept = node.kids.get(name, [])
                predicates = every
                if node.fixed and len(kept) > _LONG_LIST:
                    value = told(c)
                    if isinstance(value, str) or (isinstance(value, list) and len(value) < 2):
                        kept = node.matching(name, key.name, text(value)) if value != [] else []
                        predicates = rest
                for predicate in predicates:
                    kept = _filtered(kept, predicate, c.world)
                found += kept
            return found

        return select


@dataclass(frozen=True)
class _Key:
    name: str
    told: Tree
    rest: tuple[Tree, ...]


def _key_of(tree: Tree) -> _Key | None:
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
                return _Key(here[2][0][1], there, tuple(other for other in parts if other is not part))
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


def _unknown(name: str) -> Asked:
    def refuse(c: Context) -> Value:
        raise Unanswerable(f"{name}()")

    return refuse


def _union(left: Value, right: Value) -> list[Node]:
    both = [*(left if isinstance(left, list) else []), *(right if isinstance(right, list) else [])]
    return list({id(node): node for node in both}.values())


def _filtered(nodes: list[Node], predicate: Asked, world: "World") -> list[Node]:
    size = len(nodes)
    kept: list[Node] = []
    for position, node in enumerate(nodes, 1):
        value = predicate(Context(node, world, position, size))
        if (value == position) if type(value) is float else truth(value):
            kept.append(node)
    return kept


def _walk(nodes: list[Node], steps: list[Any], c: Context) -> list[Node]:
    for step in steps:
        if not nodes:
            break
        nodes = step(nodes, c)
    return nodes


def _absolute(steps: tuple[Step, ...], walk: list[Any]) -> Asked:
    def plain(c: Context) -> Value:
        world = c.world
        if not world.javarosa:
            return _walk([world.document], walk, c)
        # JavaRosa reads an absolute path that leads through the repeat one stands in as "of this one".
        own = {id(world.current), *(id(node) for node in world.current.ancestors())}
        nodes = [world.document]
        for at, step in enumerate(walk):
            nodes = step(nodes, c)
            if at < len(walk) - 1 and len(nodes) > 1 and not steps[at][2]:
                nodes = [node for node in nodes if id(node) in own] or nodes
        return nodes

    return plain


def _children(name: str) -> Callable[[list[Node]], list[Node]]:
    def gather(nodes: list[Node]) -> list[Node]:
        if len(nodes) == 1:
            return nodes[0].kids.get(name, [])
        return [child for node in nodes for child in node.kids.get(name, ())]

    return gather


def _along(axis: str, test: str) -> Callable[[list[Node]], list[Node]]:
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
