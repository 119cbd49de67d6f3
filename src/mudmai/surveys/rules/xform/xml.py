"""Reads XML that strangers send: no entities, no network, no document types, within limits."""

from typing import Any

from lxml import etree

XF = "{http://www.w3.org/2002/xforms}"
JR = "{http://openrosa.org/javarosa}"
XHTML = "{http://www.w3.org/1999/xhtml}"
ORX_URI = "http://openrosa.org/xforms"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class NotXML(ValueError):
    """The bytes are no XML, or hold what no form and no submission needs."""


def read_xml(content: bytes) -> Any:
    """The root element. Raises NotXML with what lxml found, or for a document type (where entity bombs live)."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotXML(str(error)) from error
    if root.getroottree().docinfo.doctype:
        raise NotXML("DOCTYPE")
    return root


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def elements(parent: Any) -> list[Any]:
    """The child elements, without what else may stand between them."""
    return [child for child in parent if isinstance(child.tag, str)]
