"""Fills any form in with valid answers made up by its own types, choices, relevance and constraints.

Seeded, so that a run can be had again. `tampered` lists what a dishonest or broken client might change.
"""

import json
import random
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from lxml import etree

from mudmai.surveys.rules.instances import Filling
from mudmai.surveys.rules.xform import Group, XForm
from mudmai.surveys.rules.xform.tree import Node
from mudmai.surveys.rules.xform.xpath.values import text

TODAY = date(2026, 11, 2)  # the day it is in all tests
_LITERAL = re.compile(r"'([^']*)'|\"([^\"]*)\"|(\d+(?:\.\d+)?)")


@dataclass
class Filled:
    """A valid submission, with the files it names."""

    xml: bytes
    id: uuid.UUID
    files: dict[str, bytes]


def fill_in(form: XForm, seed: int = 1, values: Group | None = None, *, blank: float = 0.3) -> Filled:
    """A submission that the form allows; what need not be answered stays blank with chance `blank`.

    Raises AssertionError when no answer to a required question is found.
    """
    chance = random.Random(seed)
    number = uuid.UUID(int=chance.getrandbits(128), version=4)
    filling = Filling(form, {**_repeats(form, chance), **(values or {})}, today=TODAY)
    filling.settle()
    answered: set[int] = set()
    while True:
        node = next((one for one in filling.leaves() if id(one) not in answered and _is_asked(one, filling)), None)
        if node is None:
            break
        answered.add(id(node))
        if not node.text:
            _answer(node, filling, chance, blank)
            filling.settle()
    files = {node.text: PICTURE for node in filling.leaves() if node.definition.rules.type == "binary" and node.text}
    return Filled(filling.xml(number), number, files)


# The smallest PNG: one transparent point.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001"
    "e221bc330000000049454e44ae426082"
)


def media_for(xml: str) -> dict[str, bytes]:
    """Made-up lists and pictures for the files a form asks for, with every column that it speaks of."""
    columns = dict.fromkeys(["name", "label", "id", "title", *re.findall(r"[\[\s(]([A-Za-z_]\w*)\s*=", xml)])
    rows = [{column: f"{column}{place}" for column in columns} for place in range(1, 4)]
    table = "\n".join([",".join(columns), *(",".join(row.values()) for row in rows)])
    features = [
        {"type": "Feature", "properties": row, "geometry": {"type": "Point", "coordinates": [102.8, 16.4]}}
        for row in rows
    ]
    items = "".join(f"<item>{''.join(f'<{k}>{v}</{k}>' for k, v in row.items())}</item>" for row in rows)
    made = {
        "csv": table.encode(),
        "geojson": json.dumps({"type": "FeatureCollection", "features": features}).encode(),
        "xml": f"<root>{items}</root>".encode(),
    }
    return {name: made.get(name.rpartition(".")[2], PICTURE) for name in XForm.parse(xml).files}


def _repeats(form: XForm, chance: random.Random) -> Group:
    """One to three repetitions of each repeat at the top; those within have the one they are born with."""
    top = [path.split("/")[2] for path in form.repeats if path.count("/") == 2]
    return {name: [{} for _one in range(chance.randint(1, 3))] for name in top}


def _is_asked(node: Node, filling: Filling) -> bool:
    definition = node.definition
    if definition.control is None or definition.rules.calculate is not None:
        return False
    readonly = definition.rules.readonly
    return readonly is None or not filling.world.truth(readonly.value(node, filling.world))


def _holds(node: Node, filling: Filling) -> bool:
    rule = node.definition.rules.constraint
    return rule is None or filling.world.truth(rule.value(node, filling.world))


def _answer(node: Node, filling: Filling, chance: random.Random, blank: float) -> None:
    rule = node.definition.rules.required
    required = rule is not None and filling.world.truth(rule.value(node, filling.world))
    if not required and chance.random() < blank:
        return
    for told in _candidates(node, filling, chance):
        node.text = told
        if _holds(node, filling):
            return
    node.text = ""
    assert not required, f"no answer found for {node.path()}"


def _candidates(node: Node, filling: Filling, chance: random.Random) -> Iterator[str]:
    definition = node.definition
    control = definition.control
    if control.kind in ("select1", "select", "rank"):
        yield from _chosen(_offered(node, filling), control.kind, chance)
        return
    if control.kind == "trigger":
        yield "OK"
        return
    if control.bounds:
        low, high = control.bounds
        yield from (text(low + chance.randint(0, int(high - low))) for _try in range(5))
        return
    yield from _of_type(definition.rules.type, node.name, chance)
    # What the constraint itself speaks of, and its neighbours.
    rule = definition.rules.constraint
    for match in _LITERAL.finditer(rule.source if rule else ""):
        told = next(part for part in match.groups() if part is not None)
        yield told
        if match[3]:
            yield from (text(float(told) + step) for step in (-1, 1, -0.5, 0.5))
    for length in range(1, 16):
        yield "".join(chance.choice("123456789") for _digit in range(length))


def _offered(node: Node, filling: Filling) -> list[str]:
    definition = node.definition
    itemset = definition.control.itemset
    fixed = [choice.value for choice in definition.control.items]
    if itemset is None:
        return fixed
    items = itemset.nodes.value(node, filling.world)
    return fixed + [one.value() for item in items if (one := item.first(itemset.value)) is not None and one.value()]


def _chosen(values: list[str], kind: str, chance: random.Random) -> Iterator[str]:
    if kind == "rank":
        yield " ".join(chance.sample(values, len(values)))
    elif kind == "select":
        for _try in range(10):
            yield " ".join(chance.sample(values, min(len(values), chance.randint(1, 2)))) if values else ""
        yield from values
    else:
        yield from chance.sample(values, len(values))


def _of_type(kind: str, name: str, chance: random.Random) -> Iterator[str]:
    point = f"{16.4 + chance.random() / 10:.6f} {102.8 + chance.random() / 10:.6f} 150.0 4.5"
    day = TODAY - timedelta(days=chance.randint(0, 900))
    numbers = [*(chance.randint(0, 120) for _try in range(10)), 0, 1, 5, 150, 37, 2020, 2560]
    made: dict[str, list[str]] = {
        "int": [str(one) for one in numbers],
        "decimal": [str(one + 0.5) for one in numbers] + [str(one) for one in numbers],
        "boolean": ["true", "false"],
        "date": [day.isoformat(), TODAY.isoformat(), (TODAY + timedelta(days=30)).isoformat(), "1950-03-15"],
        "time": ["09:30:00.000+07:00"],
        "dateTime": [f"{day.isoformat()}T09:30:00.000+07:00"],
        "geopoint": [point],
        "geotrace": [f"{point}; 16.5 102.9 0 0; 16.6 102.9 0 0"],
        "geoshape": [f"{point}; 16.5 102.9 0 0; 16.6 102.9 0 0; {point}"],
        "binary": [f"{name}-{chance.randint(1, 10**9)}.png"],
        "barcode": ["8850999220017"],
    }
    yield from made.get(kind, ["สมศรี ใจดี", "ok", "1950", "a@b.co", "0812345678", "12/3"])


@dataclass
class Tampering:
    """One change to an honest submission, and the kind of problem it must be found by."""

    kind: str
    path: str
    xml: bytes


def tampered(form: XForm, filled: Filled) -> Iterator[Tampering]:
    """Each change that this form and these answers allow, one at a time."""
    root = etree.fromstring(filled.xml)
    tree = root.getroottree()
    for element in root.iter():
        if not isinstance(element.tag, str) or "{" in element.tag or len(element) or element is root:
            continue
        path = tree.getpath(element)
        definition = form.parts.nodes[re.sub(r"\[\d+\]", "", path)]
        for kind, told in _changes(definition, element.text or ""):
            before, element.text = element.text, told
            yield Tampering(kind, path, etree.tostring(root))
            element.text = before
    extra = etree.SubElement(root, "somebody_else")
    extra.text = "1"
    yield Tampering("unknown", "/somebody_else", etree.tostring(root))
    root.remove(extra)
    meta = root[-1]
    root.remove(meta)
    yield Tampering("instance_id", "", etree.tostring(root))
    root.append(meta)
    root.set("version", "another")
    yield Tampering("wrong_form", "", etree.tostring(root))


def _changes(definition: object, told: str) -> Iterator[tuple[str, str]]:
    rules, control = definition.rules, definition.control
    if rules.calculate is not None:
        if told and not rules.calculate.depends_on("once", "uuid", "random", "now", "today"):
            yield "calculate", "tampered"
        return
    if control is None or rules.readonly is not None:
        return
    if told and rules.required is not None and rules.required.source == "true()":
        yield "required", ""
    if told and control.kind in ("select", "select1"):
        yield "choice", "no-such-choice"
    if told and rules.type in ("int", "decimal", "date", "time", "dateTime", "geopoint", "geotrace", "geoshape"):
        yield "type", "x1"
    if told and rules.type == "geopoint":
        yield "type", "97.1 200.2 0 0"
    if told and rules.type == "binary":
        yield "type", "../../etc/passwd"
