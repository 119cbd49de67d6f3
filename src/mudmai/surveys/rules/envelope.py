"""What stands on the outside of a filled form: which form, which submission, about which house; read in an instant."""

import re
from typing import NamedTuple
from uuid import UUID

from lxml import etree

from mudmai.surveys.rules.xform.errors import NotASubmission

KEY = re.compile(r"[0-9a-f]{32}")
# A name of a file as the address of a request and a disk can hold it.
_FILE_NAME = re.compile(r"[^/\\\x00-\x1f\x7f]{1,200}")
# No entities, no network, no depth without end: the bytes come from outside.
_PARSER = {"resolve_entities": False, "no_network": True, "huge_tree": False, "remove_comments": True}


class Envelope(NamedTuple):
    """The little that is needed to keep a submission; "" where the XML does not tell it."""

    form_id: str
    version: str
    instance_id: str  # as it stands there, mostly "uuid:…"
    household_key: str = ""
    person_key: str = ""
    area: str = ""


def read_envelope(xml: bytes) -> Envelope:
    """What a submission says about itself. Raises NotASubmission where it is no XML."""
    try:
        root = etree.fromstring(xml, etree.XMLParser(**_PARSER))
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise NotASubmission(str(problem)) from problem
    found: dict[str, str] = {}
    for node in root.iter(etree.Element):
        found.setdefault(etree.QName(node).localname, (node.text or "").strip())
    return Envelope(
        form_id=(root.get("id") or "")[:100],
        version=(root.get("version") or "")[:100],
        instance_id=found.get("instanceID", ""),
        household_key=key_or_none(found.get("household_key", "")) or "",
        person_key=key_or_none(found.get("person_key", "")) or "",
        area=area if (area := found.get("area", "")).isdecimal() and len(area) in {6, 8} else "",
    )


def key_or_none(text: str) -> str | None:
    """A key of the registry (32 hex digits), however it is written.

    >>> key_or_none("0193F0A0-0000-7000-8000-000000000001"), key_or_none("1"), key_or_none("")
    ('0193f0a0000070008000000000000001', None, None)
    """
    plain = text.strip().lower().replace("-", "")
    return plain if KEY.fullmatch(plain) else None


def id_of_instance(instance_id: str) -> UUID | None:
    """The id of a submission from its instanceID.

    >>> id_of_instance("uuid:0193f0a0-0000-7000-8000-000000000001")
    UUID('0193f0a0-0000-7000-8000-000000000001')
    >>> id_of_instance("collect-7")
    """
    plain = key_or_none(instance_id.strip().lower().removeprefix("uuid:"))
    return UUID(plain) if plain else None


def is_file_name(name: str) -> bool:
    """Whether a file of a submission may bear this name.

    >>> is_file_name("1762052400123.jpg"), is_file_name("../etc/passwd"), is_file_name("")
    (True, False, False)
    """
    return _FILE_NAME.fullmatch(name) is not None and name not in {".", ".."}


def uploads_of(xform: str) -> frozenset[str]:
    """Paths of the questions of a form that are answered by a file: `/data/photos/photo`.

    Raises nothing for a text that is no form: that was found when it was uploaded.
    """
    try:
        root = etree.fromstring(xform.encode(), etree.XMLParser(**_PARSER))
    except (etree.XMLSyntaxError, ValueError):
        return frozenset()
    return frozenset(
        bind.get("nodeset", "")
        for bind in root.iter("{*}bind")
        if bind.get("type", "").rpartition(":")[2] in {"binary", "base64Binary"}
    )


def files_named(xml: bytes, uploads: frozenset[str]) -> list[str]:
    """Names of the files that a submission says it has, in their order, each once. The XML is well-formed."""
    if not uploads:
        return []
    root = etree.fromstring(xml, etree.XMLParser(**_PARSER))
    found: dict[str, None] = {}
    for node in root.iter(etree.Element):
        name = (node.text or "").strip()
        if name and len(node) == 0 and _path(node) in uploads:
            found[name] = None
    return list(found)


def _path(node: "etree._Element") -> str:
    steps = [etree.QName(node).localname, *(etree.QName(each).localname for each in node.iterancestors())]
    return "/" + "/".join(reversed(steps))


class Asked(NamedTuple):
    """What a form asks: the names of all its questions, and whether it is about a household, a person or a place."""

    names: frozenset[str]
    about: str


def asked_in(xform: str) -> Asked:
    """What a form asks, by the names of its questions; nothing for a text that is no form."""
    try:
        root = etree.fromstring(xform.encode(), etree.XMLParser(**_PARSER))
    except (etree.XMLSyntaxError, ValueError):
        return Asked(frozenset(), "place")
    paths = [bind.get("nodeset", "").split("/") for bind in root.iter("{*}bind")]
    steps = {step for path in paths for step in path}
    about = "household" if "members" in steps else "person" if "person_key" in steps else "place"
    if about == "place" and "household_key" in steps:
        about = "household"
    return Asked(frozenset(path[-1] for path in paths), about)
