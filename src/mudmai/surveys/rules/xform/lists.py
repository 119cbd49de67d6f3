"""The lists a form brings along: choices and other data, inside the form or in files beside it."""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from .tree import Node
from .xml import NotXML, elements, local, read_xml


def read_list(element: Any, media: Mapping[str, bytes]) -> Node | None:
    """The tree of one `<instance id="…">`: `instance/root/item…`. None when its file is not at hand or unreadable."""
    source = element.get("src", "")
    if not source:
        return _frozen(_from_element(element))
    name = source.rpartition("/")[2]
    content = media.get(name)
    if content is None:
        return None
    top = Node("instance", fixed=True)
    try:
        top.add(_from_file(name, content))
    except (NotXML, ValueError, csv.Error):
        return None
    return _frozen(top)


def _from_file(name: str, content: bytes) -> Node:
    if name.lower().endswith(".csv"):
        return _from_csv(content)
    if name.lower().endswith((".geojson", ".json")):
        return _from_geojson(content)
    return _from_element(read_xml(content))


def _from_element(element: Any) -> Node:
    node = Node(local(element), (element.text or "").strip(), fixed=True)
    node.attributes = {name.rpartition("}")[2]: Node(name, value, fixed=True) for name, value in element.items()}
    for child in elements(element):
        node.add(_from_element(child))
    return node


def _from_csv(content: bytes) -> Node:
    root = Node("root", fixed=True)
    for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"))):
        item = root.add(Node("item", fixed=True))
        for name, value in row.items():
            if name and isinstance(value, str):
                item.add(Node(name.strip(), value, fixed=True))
    return root


def _from_geojson(content: bytes) -> Node:
    """Each feature is an item: its properties, its id, and its geometry as ODK writes it."""
    data = json.loads(content)
    features = data.get("features", []) if isinstance(data, dict) else []
    root = Node("root", fixed=True)
    for feature in features:
        item = root.add(Node("item", fixed=True))
        item.add(Node("geometry", _geometry(feature.get("geometry") or {}), fixed=True))
        told = dict(feature.get("properties") or {})
        if feature.get("id") is not None:
            told["id"] = feature["id"]
        for name, value in told.items():
            item.add(Node(str(name), "" if value is None else str(value), fixed=True))
    return root


def _geometry(geometry: dict[str, Any]) -> str:
    at = geometry.get("coordinates") or []
    kind = geometry.get("type")
    points = {"Point": [at], "LineString": at, "Polygon": at[0] if at else []}.get(str(kind), [])
    return "; ".join(f"{point[1]} {point[0]} 0 0" for point in points if len(point) >= 2)


def _frozen(node: Node) -> Node:
    node.fixed = True
    return node
