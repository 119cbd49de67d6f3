"""Reads an XPath 1.0 expression into a tree of plain tuples.

`("num", 1.0)` · `("str", "x")` · `("op", "+", a, b)` · `("neg", a)` · `("call", name, arguments)` ·
`("filter", a, predicates)` · `("path", start, steps)` with start None (relative), "/" or an expression, and steps
`(axis, test, predicates)`. Prefixes are dropped: names are compared by their local part.
Source: https://www.w3.org/TR/1999/REC-xpath-19991116/ §2-3; reviewed 2569-11.
"""

import re
from typing import Any

Tree = tuple[Any, ...]
Step = tuple[str, str, tuple[Tree, ...]]

# Thai vowel and tone signs may stand in an XML name, and are no letters to Python.
_NAME = r"(?:[^\W\d]|_)(?:\w|[.\-·]|[\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])*"
_TOKEN = re.compile(
    rf"\s*(?:(?P<num>\d+(?:\.\d*)?|\.\d+)|(?P<str>\"[^\"]*\"|'[^']*')|(?P<axis>{_NAME})\s*::"
    rf"|(?P<name>{_NAME}(?::(?:{_NAME}|\*))?)|(?P<sign>\.\.|//|!=|<=|>=|::|[.@/()\[\],|+\-=<>*$]))"
)
_WORDS = {"and", "or", "div", "mod"}
_SIGNS = {"=", "!=", "<", "<=", ">", ">=", "+", "-"}
_OPENERS = {("sign", value) for value in ("@", "::", "(", "[", ",", "/", "//", "|")}
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
_NODE_TYPES = {"node", "text", "comment", "processing-instruction"}
# Nobody writes deeper by hand; a hostile form must not exhaust the stack.
MAX_DEPTH = 40


class CannotReadExpression(ValueError):
    """The expression is no XPath; the message says what was found where."""


def parse_xpath(text: str) -> Tree:
    """The tree of one expression.

    >>> parse_xpath("../age > 60")
    ('op', '>', ('path', None, (('parent', 'node()', ()), ('child', 'age', ()))), ('num', 60.0))
    """
    return _Reader(text).read()


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    position, end = 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            raise CannotReadExpression(f"{text[position : position + 20]!r} in {text!r}")
        kind = str(match.lastgroup)
        value = match[kind]
        # A name or a star after something that is a value is an operator (XPath 1.0 §3.7).
        after_value = bool(found) and found[-1][0] not in ("axis", "op") and found[-1] not in _OPENERS
        if value in _SIGNS or (after_value and (value == "*" or (kind == "name" and value in _WORDS))):
            kind = "op"
        found.append((kind, value))
        position = match.end()
    return found


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.at = 0
        self.depth = 0

    def read(self) -> Tree:
        tree = self.expression()
        if self.at < len(self.tokens):
            raise self.fail()
        return tree

    def fail(self) -> CannotReadExpression:
        found = self.tokens[self.at][1] if self.at < len(self.tokens) else ""
        return CannotReadExpression(f"{found!r} in {self.text!r}")

    def peek(self, offset: int = 0) -> tuple[str, str]:
        place = self.at + offset
        return self.tokens[place] if place < len(self.tokens) else ("end", "")

    def take(self, value: str) -> bool:
        if self.peek()[1] == value and self.peek()[0] in ("sign", "op"):
            self.at += 1
            return True
        return False

    def expect(self, value: str) -> None:
        if not self.take(value):
            raise self.fail()

    def expression(self) -> Tree:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise CannotReadExpression(f"too deep: {self.text[:40]!r}")
        tree = self.binary(0)
        self.depth -= 1
        return tree

    def binary(self, level: int) -> Tree:
        if level == len(_LEVELS):
            return self.unary()
        left = self.binary(level + 1)
        while self.peek()[0] == "op" and self.peek()[1] in _LEVELS[level]:
            sign = self.peek()[1]
            self.at += 1
            left = ("op", sign, left, self.binary(level + 1))
        return left

    def unary(self) -> Tree:
        signs = 0
        while self.peek() == ("op", "-"):
            self.at += 1
            signs += 1
        tree = self.path()
        while self.take("|"):
            tree = ("op", "|", tree, self.path())
        for _ in range(signs):
            tree = ("neg", tree)
        return tree

    def path(self) -> Tree:
        kind, value = self.peek()
        if kind == "num":
            self.at += 1
            return self.filtered(("num", float(value)))
        if kind == "str":
            self.at += 1
            return self.filtered(("str", value[1:-1]))
        if self.take("("):
            inner = self.expression()
            self.expect(")")
            return self.filtered(inner)
        if kind == "name" and self.peek(1)[1] == "(" and value not in _NODE_TYPES:
            return self.filtered(self.call())
        return self.location()

    def call(self) -> Tree:
        name = self.peek()[1].rpartition(":")[2]
        self.at += 2
        arguments: list[Tree] = []
        if not self.take(")"):
            arguments.append(self.expression())
            while self.take(","):
                arguments.append(self.expression())
            self.expect(")")
        return ("call", name, tuple(arguments))

    def filtered(self, tree: Tree) -> Tree:
        predicates = self.predicates()
        if predicates:
            tree = ("filter", tree, predicates)
        if self.peek()[1] in ("/", "//") and self.peek()[0] == "sign":
            return ("path", tree, self.steps())
        return tree

    def location(self) -> Tree:
        if self.peek() == ("sign", "/"):
            following = self.peek(1)
            if following[0] not in ("name", "axis") and following[1] not in (".", "..", "@", "*"):
                self.at += 1
                return ("path", "/", ())
            return ("path", "/", self.steps())
        if self.peek() == ("sign", "//"):
            return ("path", "/", self.steps())
        first = self.step()
        return ("path", None, (first, *self.steps()))

    def steps(self) -> tuple[Step, ...]:
        found: list[Step] = []
        while self.peek()[0] == "sign" and self.peek()[1] in ("/", "//"):
            if self.peek()[1] == "//":
                found.append(("descendant-or-self", "node()", ()))
            self.at += 1
            found.append(self.step())
        return tuple(found)

    def step(self) -> Step:
        if self.take("."):
            return ("self", "node()", self.predicates())
        if self.take(".."):
            return ("parent", "node()", self.predicates())
        axis = "child"
        if self.take("@"):
            axis = "attribute"
        elif self.peek()[0] == "axis":
            axis = self.peek()[1]
            self.at += 1
        kind, value = self.peek()
        if kind != "name" and value != "*":
            raise self.fail()
        self.at += 1
        if kind == "name" and value in _NODE_TYPES and self.take("("):
            self.expect(")")
            value = f"{value}()"
        return (axis, value.rpartition(":")[2], self.predicates())

    def predicates(self) -> tuple[Tree, ...]:
        found: list[Tree] = []
        while self.take("["):
            found.append(self.expression())
            self.expect("]")
        return tuple(found)
