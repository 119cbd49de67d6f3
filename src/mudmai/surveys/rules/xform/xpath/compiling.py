"""Turns an expression into a Python function once, so that it can be asked of many submissions quickly."""

import inspect
import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mudmai.surveys.rules.xform.tree import Node

from .asking import Asked, Context, Expression, Function, Unanswerable
from .keys import Key, key_of
from .parsing import CannotReadExpression, Step, Tree, parse_xpath
from .steps import absolute, along, children, filtered, union, walk
from .values import NAN, Value, equal, number, numbers, text, unequal

# A list shorter than this is looked through; a longer one gets an index.
_LONG_LIST = 40


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
            return lambda c: union(left(c), right(c))
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
                nodes = filtered(nodes, predicate, c.world)
            return nodes

        return select

    def _path(self, tree: Tree) -> Asked:
        start, steps = tree[1], tree[2]
        made = [self._step(step) for step in steps]
        if start is None:
            return lambda c: walk([c.node], made, c)
        if start == "/":
            self.notes.absolute = True
            return absolute(steps, made)
        origin = self.value(start)

        def follow(c: Context) -> Value:
            found = origin(c)
            return walk(found if isinstance(found, list) else [], made, c)

        return follow

    def _step(self, step: Step) -> Callable[[list[Node], Context], list[Node]]:
        axis, test, trees = step
        if axis == "child" and test != "*" and not test.endswith("()"):
            key = key_of(trees[0]) if trees else None
            if key:
                return self._keyed(test, key, trees)
            gather = children(test)
        else:
            gather = along(axis, test)
        predicates = [self.value(predicate) for predicate in trees]
        if not predicates:
            return lambda nodes, c: gather(nodes)

        def select(nodes: list[Node], c: Context) -> list[Node]:
            found: list[Node] = []
            for node in nodes:
                kept = gather([node])
                for predicate in predicates:
                    kept = filtered(kept, predicate, c.world)
                found += kept
            return found

        return select

    def _keyed(self, name: str, key: "Key", trees: tuple[Tree, ...]) -> Callable[[list[Node], Context], list[Node]]:
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
                    kept = filtered(kept, predicate, c.world)
                found += kept
            return found

        return select


def _unknown(name: str) -> Asked:
    def refuse(c: Context) -> Value:
        raise Unanswerable(f"{name}()")

    return refuse
