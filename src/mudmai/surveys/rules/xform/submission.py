"""Reads a filled form into a tree beside the definition of its form."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .definition import Definition
from .errors import EncryptedSubmission, NotASubmission
from .problems import Problem, problem
from .tree import Node
from .xml import JR, XF, NotXML, elements, local, read_xml

MAX_BYTES = 10_000_000
_OURS = uuid.UUID("6f2d1f0e-5f0c-5b58-9d0e-6d75646d6169")


@dataclass(frozen=True, slots=True)
class Envelope:
    """What stands outside on a submission."""

    form_id: str
    version: str
    instance_id: str

    @property
    def id(self) -> uuid.UUID | None:
        """The id to keep it under: that of `uuid:…`, or one made of any other number; None where there is no number."""
        told = self.instance_id.strip()
        if not told:
            return None
        try:
            return uuid.UUID(told.removeprefix("uuid:"))
        except ValueError:
            return uuid.uuid5(_OURS, told)


def open_submission(instance: bytes) -> Any:
    """The root element of a submission. Raises NotASubmission, EncryptedSubmission."""
    if len(instance) > MAX_BYTES:
        raise NotASubmission(_("The submission is larger than any filled form."))
    try:
        root = read_xml(instance)
    except NotXML as error:
        raise NotASubmission(_("The submission is no XML: %(found)s") % {"found": error}) from error
    if root.get("encrypted") == "yes" or any(local(child) == "base64EncryptedKey" for child in elements(root)):
        raise EncryptedSubmission(
            _("The submission is encrypted. Use the form without encryption; the way here is encrypted by itself.")
        )
    return root


def read_envelope(instance: bytes) -> Envelope:
    """Form, version and number of a submission, without its form. Raises NotASubmission, EncryptedSubmission."""
    root = open_submission(instance)
    number = ""
    for child in elements(root):
        if local(child) == "meta":
            number = next(((one.text or "").strip() for one in elements(child) if local(one) == "instanceID"), "")
    return Envelope(form_id_of(root), version_of(root), number or root.get("instanceID", ""))


def namespace_of(root: Any) -> str:
    """The namespace of the answers; that of XForms itself is only inherited from the form around them."""
    found = str(root.tag).rpartition("}")[0].strip("{")
    return "" if f"{{{found}}}" == XF else found


def form_id_of(root: Any) -> str:
    return root.get("id") or namespace_of(root)


def version_of(root: Any) -> str:
    return root.get("version") or root.get("{http://openrosa.org/xforms}version") or ""


class Planting:
    """Makes the tree of a submission, noting what the form does not know and adding what was left out."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.size = 0

    def plant(self, element: Any, definition: Definition, parent: Node) -> Node:
        node = parent.add(Node(local(element)))
        node.definition = definition
        self.size += 1
        known = definition.children
        for child in elements(element):
            if child.get(f"{JR}template") is not None:
                continue
            name = local(child)
            of = known.get(name)
            if of is None:
                told = "".join(child.itertext()).strip()
                self.problems.append(problem(f"{node.path()}/{name}", "unknown", told))
            elif name in node.kids and not of.is_repeat:
                told = "".join(child.itertext()).strip()
                self.problems.append(problem(f"{node.path()}/{name}", "duplicate", told))
            else:
                self.plant(child, of, node)
        if not known:
            node.text = (element.text or "").strip()
        elif not definition.in_meta:
            complete(node, definition)
        return node


def complete(node: Node, definition: Definition) -> None:
    """Add, blank, what the submission left out, so that the rules of the form can be asked of it."""
    for name, of in definition.children.items():
        if name not in node.kids and not of.is_repeat and not of.in_meta:
            missing = node.add(Node(name))
            missing.definition = of
            missing.absent = True
            complete(missing, of)
