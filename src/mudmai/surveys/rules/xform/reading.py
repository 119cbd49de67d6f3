"""Reads the XML of a form into its definition. Everything that can be refused is refused here, once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from .definition import Choice, Control, Definition, Itemset, Labels
from .errors import NotAnXForm
from .kinds import TYPES
from .lists import read_list
from .submission import form_id_of, namespace_of, version_of
from .tree import Node
from .xml import JR, ORX_URI, XF, XHTML, NotXML, elements, local, read_xml
from .xpath.compiling import Expression, compile_xpath
from .xpath.functions import LIBRARY
from .xpath.parsing import CannotReadExpression

MAX_BYTES = 20_000_000
_CONTROLS = {"input", "select", "select1", "rank", "upload", "range", "trigger", "secret"}
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


def read_form(xml: str, media: Mapping[str, bytes]) -> Parts:
    """Read a form. Raises NotAnXForm."""
    if len(xml) > MAX_BYTES:
        raise NotAnXForm(_("The form is too large."))
    try:
        html = read_xml(xml.encode())
    except NotXML as error:
        raise NotAnXForm(_("This is no XML: %(found)s") % {"found": error}) from error
    return _Reader(html, media).read()


class _Reader:
    def __init__(self, html: Any, media: Mapping[str, bytes]) -> None:
        self.html = html
        self.media = media
        self.compiled: dict[str, Expression] = {}
        self.model = html.find(f"{XHTML}head/{XF}model")
        if self.model is None:
            raise NotAnXForm(_("This is no form: it has no model."))

    def read(self) -> Parts:
        primary = self.model.find(f"{XF}instance")
        roots = elements(primary) if primary is not None else []
        if not roots:
            raise NotAnXForm(_("This is no form: it has no first instance."))
        root = roots[0]
        if not form_id_of(root):
            raise NotAnXForm(_("This is no form: it has no id."))
        self.read_words()
        instances = [one for one in self.model.findall(f"{XF}instance")[1:] if one.get("id")]
        title = self.html.findtext(f"{XHTML}head/{XHTML}title") or ""
        self.parts = Parts(
            id=form_id_of(root),
            version=version_of(root),
            title=title.strip(),
            root=Definition(local(root), f"/{local(root)}"),
            namespace=namespace_of(root),
            meta_namespace=next((namespace_of(one) for one in elements(root) if local(one) == "meta"), ORX_URI),
            languages=tuple(self.itext),
            default_language=self.default_language,
            itext=self.itext,
            instances={one.get("id"): read_list(one, self.media) for one in instances},
            files=self.files(instances),
        )
        self.read_nodes(root, self.parts.root)
        self.add_meta()
        for bind in self.model.findall(f"{XF}bind"):
            self.read_bind(bind)
        body = self.html.find(f"{XHTML}body")
        if body is not None:
            self.read_body(body, self.parts.root.path)
        self.read_actions()
        self.finish()
        return self.parts

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

    def read_body(self, parent: Any, within: str) -> None:
        for element in elements(parent):
            name = local(element)
            reference = element.get("ref") or element.get("nodeset") or self.bound(element)
            path = self.absolute(reference, within) if reference else within
            definition = self.parts.nodes.get(path)
            if name == "repeat" and definition is not None:
                definition.is_repeat = True
                definition.count = self.compile(element.get(f"{JR}count"))
            if name in ("group", "repeat"):
                if definition is not None and reference:
                    definition.label = self.label(element, "label") or definition.label
                self.read_body(element, path)
            elif name in _CONTROLS and definition is not None:
                definition.control = self.control(element, name, definition.control)

    def bound(self, element: Any) -> str:
        name = element.get("bind")
        if not name:
            return ""
        found = next((bind for bind in self.model.findall(f"{XF}bind") if bind.get("id") == name), None)
        return "" if found is None else str(found.get("nodeset", ""))

    def control(self, element: Any, kind: str, before: Control | None) -> Control:
        bounds = None
        if kind == "range":
            try:
                ends = sorted((float(element.get("start", "0")), float(element.get("end", "10"))))
                bounds = (ends[0], ends[1])
            except ValueError:
                bounds = None
        query = self.compile(element.get("query"))
        itemset = Itemset(query, "name", "label", label_is_itext=False, filtered=True) if query else None
        for one in element.findall(f"{XF}itemset"):
            itemset = self.itemset(one)
        items = tuple(
            Choice((one.findtext(f"{XF}value") or "").strip(), self.label(one, "label"))
            for one in element.findall(f"{XF}item")
        )
        made = Control(
            "select1" if query else kind,
            self.label(element, "label"),
            self.label(element, "hint"),
            element.get("appearance", "").strip(),
            element.get("mediatype", ""),
            items,
            itemset,
            bounds,
        )
        # A node may be asked at two places of the form; what is chosen may come from either.
        if before is not None and before.items and items:
            made.items = (*before.items, *items)
        return made

    def itemset(self, element: Any) -> Itemset:
        source = element.get("nodeset", "")
        nodes = self.compile(source)
        if nodes is None:
            raise NotAnXForm(_("A list of choices of the form names no place to take them from."))
        value, label = element.find(f"{XF}value"), element.find(f"{XF}label")
        said = label.get("ref", "") if label is not None else ""
        is_itext = said.startswith("jr:itext(")
        return Itemset(
            nodes,
            value.get("ref", "") if value is not None else "",
            said.removeprefix("jr:itext(").rstrip(" )") if is_itext else said,
            is_itext,
            filtered="[" in source or not source.lstrip().startswith(("instance(", "randomize(instance(")),
        )

    def read_actions(self) -> None:
        found = [*self.model.iter(f"{XF}setvalue"), *self.html.iterfind(f"{XHTML}body//{XF}setvalue")]
        for element in found:
            reference = element.get("ref") or self.bound(element)
            if reference:
                self.parts.actions.append(
                    SetValue(
                        self.absolute(reference),
                        self.compile(element.get("value")),
                        element.text or "",
                        frozenset(element.get("event", "").split()),
                    )
                )

    def finish(self) -> None:
        for definition in self.parts.nodes.values():
            definition.check_type = TYPES.get(definition.rules.type)
            control = definition.control
            if control is None:
                continue
            if control.kind == "upload" and definition.rules.type == "string":
                definition.rules.type = "binary"
                definition.check_type = TYPES["binary"]
            definition.choices = control.items
            if control.itemset is not None:
                definition.choices = (*control.items, *self.choices(control.itemset))
                if not control.itemset.filtered and self.is_whole(control.itemset):
                    definition.values = frozenset(choice.value for choice in definition.choices)
            elif control.kind in ("select", "select1", "rank"):
                definition.values = frozenset(choice.value for choice in control.items)

    def is_whole(self, itemset: Itemset) -> bool:
        name = _list_name(itemset.nodes.source)
        return self.parts.instances.get(name) is not None

    def choices(self, itemset: Itemset) -> tuple[Choice, ...]:
        """Every choice of the list an itemset takes from, before any filter."""
        root = self.parts.instances.get(_list_name(itemset.nodes.source))
        if root is None:
            return ()
        items = [item for top in root.children for item in top.children]
        return tuple(
            Choice(value.value(), self.item_labels(item, itemset))
            for item in items
            if (value := item.first(itemset.value)) is not None
        )

    def item_labels(self, item: Node, itemset: Itemset) -> Labels:
        said = item.first(itemset.label)
        if said is None:
            return {}
        if not itemset.label_is_itext:
            return {"": said.value()}
        return {language: words[said.value()] for language, words in self.itext.items() if words.get(said.value())}


def _list_name(source: str) -> str:
    """The name in `instance('name')/…`."""
    _before, mark, rest = source.partition("instance(")
    return rest.partition(")")[0].strip(" '\"") if mark else ""


def _plain(element: Any) -> str:
    """The words of a label, each `<output>` as the name of what it shows in braces."""
    parts = [element.text or ""]
    for child in elements(element):
        shown = (child.get("value") or child.get("ref") or "").strip()
        parts.append(f"{{{shown.rpartition('/')[2]}}}")
        parts.append(child.tail or "")
    return "".join(parts).strip()
