"""Reads the model of a form: its nodes, their rules, its words and its lists."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from .definition import Definition, Labels
from .errors import NotAnXForm
from .kinds import TYPES
from .tree import Node
from .xml import JR, XF, XHTML, elements, local
from .xpath.asking import Expression
from .xpath.compiling import compile_xpath
from .xpath.functions import LIBRARY
from .xpath.parsing import CannotReadExpression

_TYPE_ALIASES = {"integer": "int", "select1": "string", "select": "string", "rank": "string", "intent": "string"}
_META = ("instanceID", "deprecatedID", "instanceName", "timeStart", "timeEnd", "userID", "deviceID", "email",
         "phoneNumber", "audit", "entity")  # fmt: skip


@dataclass
class SetValue:
    """An action that fills a node when the form, or a repeat, is opened."""

    path: str
    value: Expression | None
    text: str
    events: frozenset[str]


@dataclass
class Parts:
    """All that was read of a form."""

    id: str
    version: str
    title: str
    root: Definition
    namespace: str
    meta_namespace: str
    languages: tuple[str, ...]
    default_language: str
    itext: dict[str, dict[str, str]]
    instances: dict[str, Node | None]
    files: tuple[str, ...]
    nodes: dict[str, Definition] = field(default_factory=dict)
    actions: list[SetValue] = field(default_factory=list)
    unknown_functions: set[str] = field(default_factory=set)


class ModelReader:
    """The part of reading a form that needs no body."""

    parts: Parts

    def __init__(self, html: Any, media: Mapping[str, bytes]) -> None:
        self.html = html
        self.media = media
        self.compiled: dict[str, Expression] = {}
        self.model = html.find(f"{XHTML}head/{XF}model")
        if self.model is None:
            raise NotAnXForm(_("This is no form: it has no model."))

    def read_words(self) -> None:
        """The texts of the form by language and id; the plain form of each, else the long or the short one."""
        self.itext: dict[str, dict[str, str]] = {}
        self.default_language = ""
        self.pictures: set[str] = set()
        for translation in self.model.findall(f"{XF}itext/{XF}translation"):
            language = translation.get("lang", "")
            if translation.get("default") is not None or not self.default_language:
                self.default_language = language
            words = self.itext.setdefault(language, {})
            for one in translation.findall(f"{XF}text"):
                values = {value.get("form", ""): value for value in one.findall(f"{XF}value")}
                said = next((values[form] for form in ("", "long", "short") if form in values), None)
                words[one.get("id", "")] = _plain(said) if said is not None else ""
                self.pictures |= {
                    (value.text or "").rpartition("/")[2]
                    for form, value in values.items()
                    if form in ("image", "audio", "video", "big-image") and (value.text or "").startswith("jr://")
                }

    def files(self, instances: list[Any]) -> tuple[str, ...]:
        """The names of the files the form needs beside it."""
        sources = {one.get("src", "") for one in instances}
        named = {source.rpartition("/")[2] for source in sources if source.startswith("jr://file")}
        return tuple(sorted(named | self.pictures))

    def read_nodes(self, element: Any, definition: Definition) -> None:
        self.parts.nodes[definition.path] = definition
        for child in elements(element):
            name = local(child)
            known = definition.children.get(name)
            if known is None:
                known = Definition(name, f"{definition.path}/{name}", definition)
                known.in_meta = definition.in_meta or (definition is self.parts.root and name == "meta")
                definition.children[name] = known
                known.default = "" if elements(child) else (child.text or "").strip()
            self.read_nodes(child, known)

    def add_meta(self) -> None:
        """What OpenRosa clients may put into `meta` without being asked."""
        root = self.parts.root
        meta = root.children.setdefault("meta", Definition("meta", f"{root.path}/meta", root, in_meta=True))
        self.parts.nodes[meta.path] = meta
        for name in _META:
            if name not in meta.children:
                child = Definition(name, f"{meta.path}/{name}", meta, in_meta=True)
                meta.children[name] = self.parts.nodes[child.path] = child
        meta.children["audit"].rules.type = "binary"

    def compile(self, source: str | None) -> Expression | None:
        if source is None or not source.strip():
            return None
        if source not in self.compiled:
            try:
                expression = compile_xpath(source, LIBRARY)
            except CannotReadExpression as error:
                raise NotAnXForm(_("An expression of the form cannot be read: %(found)s") % {"found": error}) from error
            self.parts.unknown_functions |= expression.functions - LIBRARY.keys()
            self.compiled[source] = expression
        return self.compiled[source]

    def absolute(self, path: str, within: str = "") -> str:
        """A reference without prefixes and predicates, from the root."""
        plain = "/".join(part.partition("[")[0].rpartition(":")[2] for part in path.strip().split("/"))
        return plain if plain.startswith("/") else f"{within or self.parts.root.path}/{plain.removeprefix('./')}"

    def read_bind(self, bind: Any) -> None:
        definition = self.parts.nodes.get(self.absolute(bind.get("nodeset", "")))
        if definition is None:
            return
        declared = bind.get("type", "string").rpartition(":")[2]
        rules = definition.rules
        rules.type = _TYPE_ALIASES.get(declared, declared if declared in TYPES or declared == "barcode" else "string")
        rules.relevant = self.compile(bind.get("relevant"))
        rules.required = self.compile(bind.get("required"))
        rules.readonly = self.compile(bind.get("readonly"))
        rules.constraint = self.compile(bind.get("constraint"))
        rules.calculate = self.compile(bind.get("calculate"))
        rules.constraint_message = self.words(bind.get(f"{JR}constraintMsg", ""))
        rules.required_message = self.words(bind.get(f"{JR}requiredMsg", ""))
        if bind.get(f"{JR}preload"):
            rules.preload = (bind.get(f"{JR}preload"), bind.get(f"{JR}preloadParams", ""))

    def words(self, told: str) -> Labels:
        """The texts a reference `jr:itext('…')` stands for, or the text itself."""
        if not told.startswith("jr:itext("):
            return {"": told} if told else {}
        name = told.removeprefix("jr:itext(").rstrip(" )").strip("'\"")
        return {language: words[name] for language, words in self.itext.items() if words.get(name)}

    def label(self, element: Any, tag: str) -> Labels:
        found = element.find(f"{XF}{tag}")
        if found is None:
            return {}
        return self.words(found.get("ref")) if found.get("ref") else self.words(_plain(found))

    def bound(self, element: Any) -> str:
        name = element.get("bind")
        if not name:
            return ""
        found = next((bind for bind in self.model.findall(f"{XF}bind") if bind.get("id") == name), None)
        return "" if found is None else str(found.get("nodeset", ""))


def _plain(element: Any) -> str:
    """The words of a label, each `<output>` as the name of what it shows in braces."""
    parts = [element.text or ""]
    for child in elements(element):
        shown = (child.get("value") or child.get("ref") or "").strip()
        parts.append(f"{{{shown.rpartition('/')[2]}}}")
        parts.append(child.tail or "")
    return "".join(parts).strip()
