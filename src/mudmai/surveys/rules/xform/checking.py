"""Re-checks a whole submission on the server, as the phone was to check it.

Where honest clients differ (the day a draft was filled, the language, the rules of ODK Collect and of the phone app's
engine), an answer stands when it is right under any of them: an honest submission is never flagged.
Source: https://getodk.github.io/xforms-spec/ and @getodk/xforms-engine 0.22; reviewed 2569-11.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from .agreeing import agrees, at_path, choices_of, counts, group_of, is_between, is_filled
from .definition import Definition, in_language
from .errors import NotASubmission
from .problems import Checked, Problem, problem
from .submission import Planting, form_id_of, open_submission, version_of
from .tree import Node
from .xml import local
from .xpath.asking import Expression, Unanswerable
from .xpath.values import Value, moment, number_of_text, text
from .xpath.world import Reading, World

if TYPE_CHECKING:
    from .form import XForm

# So long a phone may have been out of reach when the form itself does not tell the day.
OUT_OF_REACH = timedelta(days=92)
# More of one repeat than anybody fills in at one house; and more nodes than a form that long has.
MOST_REPEATS = 300
MOST_NODES = 60_000
_BY_CHANCE = ("once", "uuid", "random", "now", "randomize", "property")
_OF_LANGUAGE = ("itext", "choice-name", "format-date", "format-date-time")


class Check:
    """One submission against one form."""

    def __init__(self, form: "XForm", instance: bytes, today: date) -> None:
        self.form = form
        element = open_submission(instance)
        if local(element) != form.parts.root.name:
            raise NotASubmission(f"<{local(element)}> ≠ <{form.parts.root.name}>")
        planting = Planting()
        self.document = Node("")
        self.root = planting.plant(element, form.parts.root, self.document)
        self.problems: list[Problem] = planting.problems
        self.too_large = planting.size > MOST_NODES
        self.form_id, self.version = form_id_of(element), version_of(element)
        self.started, self.ended, told = self.times()
        last = max(told) if told else today
        first = min(told) if told else today - OUT_OF_REACH
        self.days = [last] if first == last else [last, first]
        self.worlds: dict[Reading, World] = {}
        self.usual = Reading(last, form.parts.default_language)
        self.lists: dict[int, frozenset[str]] = {}

    # ---- what the clients may have seen

    def world(self, reading: Reading) -> World:
        made = self.worlds.get(reading)
        if made is None:
            made = self.worlds[reading] = self.form.world(self.document, reading)
        return made

    def readings(self, expression: Expression) -> Iterator[Reading]:
        """The usual one first, then those under which this expression may say something else."""
        days = self.days if expression.depends_on("today", "now") else self.days[:1]
        languages = [self.usual.language]
        if expression.depends_on(*_OF_LANGUAGE):
            languages += [one for one in self.form.languages if one != self.usual.language]
        for javarosa in (False, True):
            for day in days:
                for language in languages:
                    yield Reading(day, language, javarosa)

    def any_reading(self, expression: Expression, node: Node, good: Callable[[Value, World], bool]) -> bool:
        """Whether the expression says what is good under some reading, or cannot be asked here at all."""
        try:
            for reading in self.readings(expression):
                world = self.world(reading)
                if good(expression.value(node, world), world):
                    return True
        except Unanswerable:
            return True
        return False

    def holds(self, expression: Expression, node: Node) -> bool:
        """Whether it is true under the usual reading; what cannot be asked is not held against anybody."""
        try:
            world = self.world(self.usual)
            return world.truth(expression.value(node, world))
        except Unanswerable:
            return True

    # ---- the whole

    def run(self) -> Checked:
        if self.form_id != self.form.id or self.version != self.form.version:
            told = f"{self.form_id} {self.version}".strip()
            self.note(self.root, "wrong_form", told, f"{self.form.id} {self.form.version}".strip())
        self.count_repeats(self.root)
        if not self.too_large:
            self.find_relevant(self.root)
        for node in self.root.walk():
            if node.definition.in_meta:
                continue
            if not node.relevant:
                self.check_irrelevant(node)
            elif not node.definition.children:
                self.check_leaf(node)
        instance_id = self.meta("instanceID")
        if not instance_id:
            self.note(self.root, "instance_id")
        return Checked(
            instance_id,
            self.form_id,
            self.version,
            group_of(self.root),
            self.problems,
            self.files(),
            self.started,
            self.ended,
        )

    def note(self, node: Node, kind: str, told: str = "", expected: str = "", message: str = "") -> None:
        self.problems.append(problem(node.path(), kind, told, expected, message))

    def meta(self, name: str) -> str:
        meta = self.root.first("meta")
        found = meta.first(name) if meta else None
        return found.text if found else ""

    def times(self) -> tuple[datetime | None, datetime | None, list[date]]:
        """When filling began and ended by the phone's own clock, and the days it told."""
        told: dict[str, str] = {"start": self.meta("timeStart"), "end": self.meta("timeEnd")}
        for path, name in self.form.clock_nodes.items():
            node = at_path(self.root, path)
            if node is not None and node.text:
                told[name] = node.text
        found = {name: moment(said) for name, said in told.items() if said}
        times = {name: one.at for name, one in found.items() if one is not None and one.at is not None}
        return times.get("start"), times.get("end"), [at.date() for at in times.values()]

    def files(self) -> list[str]:
        """The names of the files it brings, each once."""
        named = [
            node.text
            for node in self.root.walk()
            if node.text and node.definition.rules.type == "binary" and self.is_kept(node)
        ]
        return list(dict.fromkeys(named))

    def is_kept(self, node: Node) -> bool:
        return node.relevant and not node.definition.children

    # ---- repeats and relevance

    def count_repeats(self, node: Node) -> None:
        for name, kids in node.kids.items():
            if len(kids) > MOST_REPEATS:
                self.problems.append(problem(f"{node.path()}/{name}", "too_many", str(len(kids)), str(MOST_REPEATS)))
            for kid in kids:
                if kid.children:
                    self.count_repeats(kid)

    def find_relevant(self, node: Node) -> None:
        """Mark what is not relevant, from the top; what lies within it is not either."""
        rule = node.definition.rules.relevant
        if rule is not None and not self.holds(rule, node):
            node.relevant = is_filled(node) and self.any_reading(rule, node, lambda value, world: world.truth(value))
        if not node.relevant:
            for inner in node.walk():
                inner.relevant = False
            return
        for kid in node.children:
            self.find_relevant(kid)
        for name, of in node.definition.children.items():
            if of.count is not None:
                self.check_count(node, name, of)

    def check_count(self, node: Node, name: str, of: Definition) -> None:
        there = [kid for kid in node.kids.get(name, ()) if kid.relevant]
        if of.rules.relevant is not None and len(there) != len(node.kids.get(name, ())):
            return
        assert of.count is not None
        # The count is asked where a repetition would stand.
        at = there[0] if there else node.add(Node(name))
        at.definition = of
        if self.any_reading(of.count, at, lambda value, _world: counts(value, len(there))):
            wanted = None
        else:
            wanted = text(of.count.value(at, self.world(self.usual)))
        if not there:
            node.remove(at)
        if wanted is not None:
            self.problems.append(problem(f"{node.path()}/{name}", "repeat_count", str(len(there)), wanted))

    def check_irrelevant(self, node: Node) -> None:
        if node.text and not node.children:
            self.note(node, "irrelevant", node.text)

    # ---- one answer

    def check_leaf(self, node: Node) -> None:
        definition, told = node.definition, node.text
        rules = definition.rules
        if rules.calculate is not None:
            if not self.too_large:
                self.check_calculated(node, rules.calculate)
        elif not told:
            if rules.required is not None and not self.too_large:
                self.check_required(node, rules.required)
            return
        if not told:
            return
        if definition.check_type is not None and not definition.check_type(told):
            if rules.calculate is None:
                self.note(node, "type", told, definition.type)
            return
        if definition.control is not None:
            self.check_choice(node, definition)
        if rules.constraint is not None and not self.too_large:
            self.check_constraint(node, rules.constraint)

    def check_required(self, node: Node, rule: Expression) -> None:
        control = node.definition.control
        if not self.holds(rule, node) or (control is None and node.definition.rules.preload):
            return
        readonly = node.definition.rules.readonly
        if control is None or (readonly is not None and self.holds(readonly, node)):
            return  # nobody could have filled it in
        if self.any_reading(rule, node, lambda value, world: not world.truth(value)) or self.may_be_irrelevant(node):
            return
        self.note(node, "required", message=in_language(node.definition.rules.required_message))

    def may_be_irrelevant(self, node: Node) -> bool:
        """Whether some honest client would not have asked it."""
        for above in (node, *node.ancestors()):
            rule = above.definition.rules.relevant if above.definition else None
            if rule is not None and self.any_reading(rule, above, lambda value, world: not world.truth(value)):
                return True
        return False

    def check_constraint(self, node: Node, rule: Expression) -> None:
        if self.holds(rule, node) or self.any_reading(rule, node, lambda value, world: world.truth(value)):
            return
        self.note(node, "constraint", node.text, rule.source, in_language(node.definition.rules.constraint_message))

    def check_calculated(self, node: Node, rule: Expression) -> None:
        if rule.depends_on(*_BY_CHANCE) or node.definition.rules.preload:
            return
        loose = 0.01 if rule.depends_on("area", "distance") else 1e-9
        seen: list[str] = []

        def same(value: Value, world: World) -> bool:
            seen.append(text(value))
            return agrees(node.text, seen[-1], node.definition.rules.type, loose)

        if self.any_reading(rule, node, same) or is_between(node.text, seen, rule):
            return
        self.note(node, "calculate", node.text, seen[0])

    def check_choice(self, node: Node, definition: Definition) -> None:
        control = definition.control
        assert control is not None
        if control.bounds is not None:
            low, high = control.bounds
            if not low <= number_of_text(node.text) <= high:
                self.note(node, "choice", node.text, f"{low:g}–{high:g}")
            return
        if control.kind not in ("select", "select1", "rank") or "search(" in control.appearance:
            return
        chosen = [node.text] if control.kind == "select1" else node.text.split()
        if len(set(chosen)) == len(chosen) and self.may_choose(node, definition, frozenset(chosen)):
            return
        self.note(node, "choice", node.text, " ".join(sorted(self.offered(node, definition))[:20]))

    def may_choose(self, node: Node, definition: Definition, chosen: frozenset[str]) -> bool:
        if definition.values is not None:
            return chosen <= definition.values
        assert definition.control is not None
        itemset = definition.control.itemset
        if itemset is None:
            return True
        fixed = {choice.value for choice in definition.control.items}
        return self.any_reading(itemset.nodes, node, lambda value, _world: chosen <= fixed | choices_of(value, itemset))

    def offered(self, node: Node, definition: Definition) -> set[str] | frozenset[str]:
        if definition.values is not None:
            return definition.values
        assert definition.control is not None
        itemset = definition.control.itemset
        assert itemset is not None
        return choices_of(itemset.nodes.value(node, self.world(self.usual)), itemset)
