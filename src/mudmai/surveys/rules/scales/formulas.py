"""The little language of scales.toml: one formula, worked out here and written as XPath for the phone."""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from operator import add, eq, ge, gt, le, lt, mul, sub

Value = float | str
_COMPARISONS: dict[type[ast.cmpop], tuple[Callable[[float | str, float | str], bool], str]] = {
    ast.Eq: (eq, "="),
    ast.Lt: (lt, "<"),
    ast.LtE: (le, "<="),
    ast.Gt: (gt, ">"),
    ast.GtE: (ge, ">="),
}
_ARITHMETIC: dict[type[ast.operator], tuple[Callable[[float, float], float], str]] = {
    ast.Add: (add, "+"),
    ast.Sub: (sub, "-"),
    ast.Mult: (mul, "*"),
    ast.Div: (lambda a, b: a / b if b else float("nan"), "div"),
}


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of scales.toml. There is no "not" and no "unequal": what is unknown never makes one true."""

    text: str
    tree: ast.expr

    @property
    def names(self) -> frozenset[str]:
        return frozenset(node.id for node in ast.walk(self.tree) if isinstance(node, ast.Name))

    @property
    def ways(self) -> tuple["Formula", ...]:
        """The conditions of which any one is enough."""
        if isinstance(self.tree, ast.BoolOp) and isinstance(self.tree.op, ast.Or):
            return tuple(formula(ast.unparse(part)) for part in self.tree.values)
        return (self,)

    def holds(self, values: Mapping[str, Value]) -> bool:
        """Whether the condition is true of these values; a name that is not among them makes its comparison false."""
        return _holds(self.tree, values)

    def worked_out(self, values: Mapping[str, Value]) -> float | None:
        """The number, or None where a name has no value."""
        found = _value(self.tree, values)
        return found if isinstance(found, float) and found == found else None

    def xpath(self, written: Mapping[str, str]) -> str:
        """The same in XPath, each name as `written` puts it (such as `${barthel_feeding}`)."""
        return _xpath(self.tree, written)


@cache
def formula(text: str) -> Formula:
    """Effect: none. Raises ValueError for anything but names, numbers, strings, comparisons, and, or, + - * /."""
    tree = ast.parse(text, mode="eval").body
    for node in _parts(tree):
        if not isinstance(node, ast.BoolOp | ast.Compare | ast.BinOp | ast.Name | ast.Constant | ast.UnaryOp):
            raise ValueError(f"no such thing in a formula: {text}")
        if isinstance(node, ast.Compare) and (len(node.ops) != 1 or type(node.ops[0]) not in _COMPARISONS):
            raise ValueError(f"no such comparison in a formula: {text}")
        if isinstance(node, ast.BinOp) and type(node.op) not in _ARITHMETIC:
            raise ValueError(f"no such sum in a formula: {text}")
        if isinstance(node, ast.UnaryOp) and not (isinstance(node.op, ast.USub) and _is_number(node.operand)):
            raise ValueError(f"no such sign in a formula: {text}")
    return Formula(text, tree)


def _parts(tree: ast.expr) -> Iterator[ast.expr]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.expr))


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)


def _holds(node: ast.expr, values: Mapping[str, Value]) -> bool:
    if isinstance(node, ast.BoolOp):
        each = (_holds(part, values) for part in node.values)
        return all(each) if isinstance(node.op, ast.And) else any(each)
    assert isinstance(node, ast.Compare)
    left, right = _value(node.left, values), _value(node.comparators[0], values)
    if left is None or right is None or isinstance(left, str) != isinstance(right, str):
        return False
    return _COMPARISONS[type(node.ops[0])][0](left, right)


def _value(node: ast.expr, values: Mapping[str, Value]) -> Value | None:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else float(str(node.value))
    if isinstance(node, ast.Name):
        return values.get(node.id)
    if isinstance(node, ast.UnaryOp):
        inner = _value(node.operand, values)
        return -inner if isinstance(inner, float) else None
    assert isinstance(node, ast.BinOp)
    left, right = _value(node.left, values), _value(node.right, values)
    if not isinstance(left, float | int) or not isinstance(right, float | int):
        return None
    return _ARITHMETIC[type(node.op)][0](float(left), float(right))


def _xpath(node: ast.expr, written: Mapping[str, str]) -> str:
    if isinstance(node, ast.BoolOp):
        word = " and " if isinstance(node.op, ast.And) else " or "
        return word.join(
            f"({_xpath(part, written)})" if isinstance(part, ast.BoolOp) else _xpath(part, written)
            for part in node.values
        )
    if isinstance(node, ast.Compare):
        sign = _COMPARISONS[type(node.ops[0])][1]
        return f"{_xpath(node.left, written)} {sign} {_xpath(node.comparators[0], written)}"
    if isinstance(node, ast.BinOp):
        sign = _ARITHMETIC[type(node.op)][1]
        return f"({_xpath(node.left, written)} {sign} {_xpath(node.right, written)})"
    if isinstance(node, ast.UnaryOp):
        return f"-{_xpath(node.operand, written)}"
    if isinstance(node, ast.Name):
        return written[node.id]
    assert isinstance(node, ast.Constant)
    return f"'{node.value}'" if isinstance(node.value, str) else str(node.value)
