"""Whether what was told is what the form works out, however its client writes it; and the answers as plain values."""

import math

from .definition import Itemset
from .problems import Group
from .tree import Node
from .xpath.asking import Expression
from .xpath.values import Value, number_of_text, text


def at_path(root: Node, path: str) -> Node | None:
    """The node of a path, the first one of each name."""
    node: Node | None = root
    for name in path.split("/")[2:]:
        node = node.first(name) if node else None
    return node


def is_filled(node: Node) -> bool:
    """Whether there is an answer anywhere within."""
    return any(inner.text for inner in node.walk())


def counts(value: Value, there: int) -> bool:
    """Whether a count of repetitions says so many, or nothing."""
    wanted = number_of_text(text(value))
    return math.isnan(wanted) or max(int(wanted), 0) == there


def choices_of(value: Value, itemset: Itemset) -> set[str]:
    """The values of the items an itemset came to."""
    items = value if isinstance(value, list) else []
    found = (item.first(itemset.value) if itemset.value not in ("", ".") else item for item in items)
    return {one.value() for one in found if one is not None}


_TRUTHS = {"true": "1", "false": "0"}


def agrees(told: str, made: str, kind: str, loose: float) -> bool:
    """Whether a calculated value is the same, however its client writes it."""
    if told == made:
        return True
    if made in ("NaN", "Invalid Date", "Infinity", "-Infinity") and told in ("", "NaN", "Invalid Date", made):
        return True
    if kind in ("date", "dateTime") and told[:10] == made[:10] and len(told) >= 10:
        return True
    there, here = number_of_text(told), number_of_text(made)
    if not math.isnan(there) and not math.isnan(here):
        whole = kind == "int" and math.isfinite(here) and int(here) == there
        return whole or math.isclose(there, here, rel_tol=loose, abs_tol=1e-9)
    return _TRUTHS.get(told, told) == _TRUTHS.get(made, made) or told.split() == made.split()


def is_between(told: str, seen: list[str], rule: Expression) -> bool:
    """What follows from the day may lie between what it is on the first and on the last day the draft was open."""
    if len(seen) < 2 or not rule.depends_on("today"):
        return False
    numbers = [number_of_text(one) for one in seen]
    there = number_of_text(told)
    if math.isnan(there) or any(math.isnan(one) for one in numbers):
        return False
    return min(numbers) - 1e-9 <= there <= max(numbers) + 1e-9


def group_of(node: Node) -> Group:
    """The relevant answers within a node. A repeat is always a list, were it an empty one."""
    found: Group = {}
    for name, of in node.definition.children.items():
        if of.in_meta:
            continue
        kids = [kid for kid in node.kids.get(name, ()) if kid.relevant and not kid.absent]
        if of.is_repeat:
            found[name] = [group_of(kid) for kid in kids]
        elif kids:
            found[name] = group_of(kids[0]) if of.children else kids[0].text
    return found
