"""Expressions in a form, checked by the row before any phone meets them: can they be read, are the functions known,
and do values wait for each other in a circle?"""

import re
from collections.abc import Iterator

from mudmai.surveys.rules.xform.xpath.functions import LIBRARY
from mudmai.surveys.rules.xform.xpath.parsing import CannotReadExpression, Tree, parse_xpath
from mudmai.surveys.rules.xlsform.fault import Fault
from mudmai.surveys.rules.xlsform.sheets import Row, Sheets
from mudmai.surveys.rules.xlsform.spelling import close_to

# The columns that hold expressions, by the name after :: (as in bind::relevant).
COLUMNS: frozenset[str] = frozenset(
    ["relevant", "relevance", "constraint", "calculation", "calculate", "required", "read_only", "readonly",
     "choice_filter", "repeat_count"]
)  # fmt: skip
# What these columns say must be known before the row's own value, or its being shown, is.
_WAITED_FOR = frozenset(["relevant", "relevance", "calculation", "calculate", "repeat_count"])
# Not in the library because they stand for words of the converter, or are only understood by the phone itself.
_ALSO_KNOWN = frozenset(["search", "node", "text", "comment"])
_REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?([^}]*?)\s*\}")
_YES_NO = frozenset(["yes", "no", "true", "false", "y", "n", "1", "0"])
# Excel's own quotation marks; the converter puts the plain ones instead.
_CURLY = str.maketrans("‘’“”", "''\"\"")
_SHORT = 80


def faults_in_expressions(sheets: Sheets) -> Iterator[Fault]:
    """Expressions that cannot be read, functions that no phone knows, and circles."""
    for number, row in sheets.numbered("survey"):
        for column, text in _expressions(row):
            yield from _faults(number, column, text)
    yield from _circles(sheets)


def _expressions(row: Row) -> Iterator[tuple[str, str]]:
    for column, text in row.items():
        plain = column.rpartition("::")[2].strip().lower()
        if plain in COLUMNS and text.lower() not in _YES_NO:
            yield plain, text.translate(_CURLY)


def _faults(number: int, column: str, text: str) -> Iterator[Fault]:
    try:
        tree = parse_xpath(_REFERENCE.sub(r"/\1", text))
    except CannotReadExpression:
        code = "brackets" if _unpaired(text) else "expression"
        yield Fault(code, "survey", number, column, {"column": column, "value": text[:_SHORT]})
        return
    for name in sorted(set(_called(tree)) - LIBRARY.keys() - _ALSO_KNOWN):
        close = close_to(name, LIBRARY, 0.6)
        code = "function_misspelt" if close else "function_unknown"
        yield Fault(code, "survey", number, column, {"column": column, "value": name, "close": close})


def _called(tree: Tree) -> Iterator[str]:
    """The functions that an expression calls."""
    if tree and tree[0] == "call":
        yield tree[1].rpartition(":")[2]
    for part in tree:
        if isinstance(part, tuple):
            yield from _called(part)


def _unpaired(text: str) -> bool:
    bare = re.sub(r"\"[^\"]*\"|'[^']*'", "", text)
    return any(bare.count(left) != bare.count(right) for left, right in ("()", "[]", "{}")) or bool(
        set(bare) & set("'\"")
    )


def _circles(sheets: Sheets) -> Iterator[Fault]:
    waits = _waits_for(sheets)
    where = {row.get("name", ""): number for number, row in sheets.numbered("survey")}
    done: set[str] = set()
    for name in waits:
        circle = _circle_from(name, waits, done)
        if circle:
            yield Fault("circle", "survey", where[circle[0]], "", {"value": " → ".join([*circle, circle[0]])})


def _waits_for(sheets: Sheets) -> dict[str, list[str]]:
    """What the value of each row waits for. A name that stands twice is left out: which one is meant is not clear."""
    waits: dict[str, list[str]] = {}
    seen: set[str] = set()
    for _number, row in sheets.numbered("survey"):
        name = row.get("name", "")
        found = [
            reference
            for column, text in _expressions(row)
            if column in _WAITED_FOR
            for reference in _REFERENCE.findall(text)
        ]
        if name in seen:
            waits.pop(name, None)
        elif name and found:
            waits[name] = found
        seen.add(name)
    return waits


def _circle_from(start: str, waits: dict[str, list[str]], done: set[str]) -> list[str]:
    """The first circle reached from here, by names; [] where there is none. Walks without recursion: forms are long."""
    path, steps = [start], [iter(waits[start])]
    while path:
        step = next(steps[-1], None)
        if step is None:
            done.add(path.pop())
            steps.pop()
        elif step in path:
            done.update(path)
            return path[path.index(step) :]
        elif step in waits and step not in done:
            path.append(step)
            steps.append(iter(waits[step]))
    return []
