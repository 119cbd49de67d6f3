"""Fills a form in from plain values on the server, as a phone would: defaults, relevance, calculations, repeats.

Used by the demo and by tests; and to look at a form as it opens.
"""

import math
import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from lxml import etree

from mudmai.kernel.clock import BANGKOK
from mudmai.surveys.rules.xform import Group, XForm
from mudmai.surveys.rules.xform.agreeing import choices_of
from mudmai.surveys.rules.xform.definition import Definition
from mudmai.surveys.rules.xform.model import SetValue
from mudmai.surveys.rules.xform.tree import Node
from mudmai.surveys.rules.xform.xml import ORX_URI
from mudmai.surveys.rules.xform.xpath.asking import Unanswerable
from mudmai.surveys.rules.xform.xpath.values import Value, number_of_text, text
from mudmai.surveys.rules.xform.xpath.world import Reading, World

# Rounds until calculations that hang on each other stand still; a form that never does is left as it is.
_ROUNDS = 20
# No form repeats more often by its own count; an answer of a million must not make a million nodes.
_MOST_COUNTED = 500
_OPENING = frozenset({"odk-instance-first-load", "odk-instance-load", "xforms-ready", "odk-new-repeat"})


def fill(
    form: XForm,
    values: Group,
    *,
    today: date,
    instance_id: uuid.UUID | None = None,
    started: datetime | None = None,
    ended: datetime | None = None,
) -> bytes:
    """The XML of a submission: `values` by node name (a repeat as a list of groups), the rest as the form says.

    Values of calculated nodes are worked out anew; what is not relevant is left out, as a phone leaves it out.
    """
    filling = Filling(form, values, today=today, started=started, ended=ended)
    filling.settle()
    return filling.xml(instance_id or uuid.uuid4())


class Filling:
    """A form being filled in. Set the text of nodes, then `settle`."""

    def __init__(
        self,
        form: XForm,
        values: Group,
        *,
        today: date,
        started: datetime | None = None,
        ended: datetime | None = None,
    ) -> None:
        self.form = form
        self.started = started or datetime.combine(today, time(9), BANGKOK)
        self.ended = ended or self.started + timedelta(minutes=10)
        self.document = Node("")
        self.today = today
        self.given: set[int] = set()
        self.root = self.document.add(self.plant(form.parts.root, values))
        self.world: World = form.world(self.document, Reading(today, form.parts.default_language))
        self.open()

    def plant(self, definition: Definition, values: Group) -> Node:
        node = Node(definition.name, definition.default)
        node.definition = definition
        for name, of in definition.children.items():
            if of.in_meta:
                continue
            told = values.get(name)
            if of.is_repeat:
                times: list[Any] = told if isinstance(told, list) else [{}] if of.count is None else []
                for one in times:
                    node.add(self.plant(of, one))
            elif of.children:
                node.add(self.plant(of, told if isinstance(told, dict) else {}))
            else:
                leaf = node.add(self.plant(of, {}))
                if isinstance(told, str):
                    leaf.text = told
                    self.given.add(id(leaf))
        return node

    def leaves(self) -> Iterator[Node]:
        """The relevant questions and values, in the order of the form."""
        return (node for node in self.root.walk() if node.relevant and not node.definition.children)

    def open(self) -> None:
        """What happens as a form opens: what it asks of the clock, and what it sets."""
        actions = {action.path: action for action in self.form.parts.actions if action.events & _OPENING}
        for node in list(self.root.walk()):
            self.preload(node)
            action = actions.get(node.definition.path)
            if action is not None and id(node) not in self.given:
                self.perform(node, action)

    def preload(self, node: Node) -> None:
        told = {
            ("timestamp", "start"): self.started.isoformat(timespec="milliseconds"),
            ("timestamp", "end"): self.ended.isoformat(timespec="milliseconds"),
            ("date", "today"): self.today.isoformat(),
            ("property", "deviceid"): "mudmai:server",
        }
        if node.definition.rules.preload and id(node) not in self.given:
            node.text = told.get(node.definition.rules.preload, "")

    def perform(self, node: Node, action: SetValue) -> None:
        node.text = self.ask(node, action.value) if action.value is not None else action.text

    def ask(self, node: Node, expression: Any) -> str:
        try:
            return _written(expression.value(node, self.world), node.definition.rules.type)
        except Unanswerable:
            return node.text

    def settle(self) -> None:
        """Work out relevance, repeats and calculations until they stand still."""
        for _round in range(_ROUNDS):
            before = [(id(node), node.relevant, node.text) for node in self.root.walk()]
            self.relevance(self.root)
            self.repeat(self.root)
            for node in self.root.walk():
                if not node.relevant:
                    continue
                rule = node.definition.rules.calculate
                if rule is not None:
                    node.text = self.ask(node, rule)
                elif node.text and node.definition.choices:
                    node.text = self.offered(node)
            if before == [(id(node), node.relevant, node.text) for node in self.root.walk()]:
                return

    def offered(self, node: Node) -> str:
        """Of what is chosen, what is still offered: a phone lets go of the rest."""
        definition = node.definition
        values = definition.values
        if values is None and definition.control.itemset is not None:
            try:
                values = choices_of(
                    definition.control.itemset.nodes.value(node, self.world), definition.control.itemset
                )
            except Unanswerable:
                return node.text
        if values is None:
            return node.text
        return " ".join(chosen for chosen in node.text.split(" ") if chosen in values)

    def relevance(self, node: Node) -> None:
        node.relevant = node.parent is None or node.parent.relevant
        rule = node.definition.rules.relevant
        if node.relevant and rule is not None:
            try:
                node.relevant = self.world.truth(rule.value(node, self.world))
            except Unanswerable:
                node.relevant = True
        for kid in node.children:
            self.relevance(kid)

    def repeat(self, node: Node) -> None:
        for of in node.definition.children.values():
            if of.count is not None and node.relevant:
                self.repeat_counted(node, of)
        for kid in list(node.children):
            self.repeat(kid)

    def repeat_counted(self, node: Node, of: Definition) -> None:
        there = node.kids.get(of.name, [])
        at = there[0] if there else node.add(self.plant(of, {}))
        wanted = number_of_text(self.ask(at, of.count))
        count = 0 if math.isnan(wanted) else min(max(int(wanted), 0), _MOST_COUNTED)
        while len(node.kids[of.name]) > count:
            node.remove(node.kids[of.name][-1])
        while len(node.kids[of.name]) < count:
            node.add(self.plant(of, {}))

    def xml(self, instance_id: uuid.UUID) -> bytes:
        """The submission as a client sends it."""
        parts = self.form.parts
        prefix = f"{{{parts.namespace}}}" if parts.namespace else ""
        made = etree.Element(f"{prefix}{self.root.name}", nsmap={"orx": ORX_URI}, id=parts.id)
        if parts.version:
            made.set("version", parts.version)
        for kid in self.root.children:
            _write(made, kid, prefix)
        within = f"{{{parts.meta_namespace}}}" if parts.meta_namespace else ""
        meta = etree.SubElement(made, f"{within}meta")
        etree.SubElement(meta, f"{within}instanceID").text = f"uuid:{instance_id}"
        return bytes(etree.tostring(made, encoding="utf-8", xml_declaration=True))


def _write(parent: Any, node: Node, prefix: str) -> None:
    if not node.relevant:
        return
    made = etree.SubElement(parent, f"{prefix}{node.name}")
    if not node.definition.children:
        made.text = node.text
    for kid in node.children:
        _write(made, kid, prefix)


def _written(value: Value, kind: str) -> str:
    """How an answer of a calculation is kept, by the data type of its node."""
    if isinstance(value, float) and math.isnan(value):
        return ""
    said = text(value)
    if kind == "int" and math.isfinite(found := number_of_text(said)):
        return str(int(found))
    return "" if said in ("NaN", "Infinity", "-Infinity") and kind in ("int", "decimal") else said
