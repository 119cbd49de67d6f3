"""A form that can be asked about its questions and can check what was filled in."""

from collections.abc import Mapping
from datetime import date

from .checking import Check
from .definition import Definition, Field, Labels, in_language
from .model import Parts
from .problems import Checked
from .reading import read_form
from .tree import Node
from .xpath.asking import Unanswerable
from .xpath.world import Reading, World


class XForm:
    """One version of a form. Made once and asked often; the caller keeps it."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.id = parts.id
        self.version = parts.version
        self.title = parts.title
        self.languages = parts.languages
        # Files the form needs beside it, and functions it calls that only some other client knows.
        self.files = parts.files
        self.unknown_functions = frozenset(parts.unknown_functions)
        self.fields: dict[str, Field] = {
            path: _field(definition)
            for path, definition in parts.nodes.items()
            if not definition.children and not definition.in_meta
        }
        self.repeats = tuple(path for path, definition in parts.nodes.items() if definition.is_repeat)
        # Labels of groups and repeats, for headings.
        self.headings: dict[str, Labels] = {
            path: definition.label for path, definition in parts.nodes.items() if definition.children
        }
        self.clock_nodes = {
            path: definition.rules.preload[1]
            for path, definition in parts.nodes.items()
            if definition.rules.preload and definition.rules.preload[0] in ("timestamp", "date")
        }

    @classmethod
    def parse(cls, xml: str, media: Mapping[str, bytes] | None = None) -> "XForm":
        """Read the XML of a form, with the files it brings along by name. Raises NotAnXForm."""
        return cls(read_form(xml, media or {}))

    def check(self, instance: bytes, *, today: date) -> Checked:
        """Check a whole submission; `today` is the day it arrived, for forms that do not tell their own.

        Raises NotASubmission when there is nothing to check; all else is a problem in the answer.
        """
        return Check(self, instance, today).run()

    def world(self, document: Node, reading: Reading) -> World:
        """What the expressions of the form can see of one submission."""
        return World(
            document, reading, instances=self.parts.instances, itext=self.parts.itext, naming=self._choice_name
        )

    def _choice_name(self, world: World, node: Node, answer: str, path: str) -> str:
        names = path.strip().split("/")
        at: Definition = self.parts.root if path.strip().startswith("/") else node.definition
        for name in names[2:] if path.strip().startswith("/") else names:
            plain = name.partition("[")[0].strip()
            if plain == "..":
                at = at.parent or at
            elif plain not in ("", "."):
                if plain not in at.children:
                    raise Unanswerable(f"jr:choice-name({path})")
                at = at.children[plain]
        labels = next((choice.labels for choice in at.choices if choice.value == answer), {})
        return labels.get(world.language) or in_language(labels, world.language)


def _field(definition: Definition) -> Field:
    rules, control = definition.rules, definition.control
    return Field(
        path=definition.path,
        name=definition.name,
        type=definition.type,
        control=control.kind if control else "",
        label=control.label if control else {},
        hint=control.hint if control else {},
        repeat=definition.repeat,
        choices=definition.choices,
        appearance=control.appearance if control else "",
        required=rules.required is not None and rules.required.source.strip() != "false()",
        readonly=rules.readonly is not None and rules.readonly.source.strip() == "true()",
        mediatype=control.mediatype if control else "",
        calculated=rules.calculate is not None,
        relevant=rules.relevant.source if rules.relevant else "",
        constraint=rules.constraint.source if rules.constraint else "",
    )
