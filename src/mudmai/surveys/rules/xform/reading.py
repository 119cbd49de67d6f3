"""Reads the XML of a form into its definition. Everything that can be refused is refused here, once."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from .definition import Choice, Control, Definition, Itemset, Labels
from .errors import NotAnXForm
from .kinds import TYPES
from .lists import read_list
from .model import ModelReader, Parts, SetValue
from .submission import form_id_of, namespace_of, version_of
from .tree import Node
from .xml import JR, ORX_URI, XF, XHTML, NotXML, elements, local, read_xml

MAX_BYTES = 20_000_000
_CONTROLS = {"input", "select", "select1", "rank", "upload", "range", "trigger", "secret"}


def read_form(xml: str, media: Mapping[str, bytes]) -> Parts:
    """Read a form. Raises NotAnXForm."""
    if len(xml) > MAX_BYTES:
        raise NotAnXForm(_("The form is too large."))
    try:
        html = read_xml(xml.encode())
    except NotXML as error:
        raise NotAnXForm(_("This is no XML: %(found)s") % {"found": error}) from error
    return _Reader(html, media).read()


class _Reader(ModelReader):
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
