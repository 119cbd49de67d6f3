"""Reads vector tiles of points, written from the specification and not from our encoder."""

from typing import Any


def varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at += 1
        shift += 7
        if byte < 0x80:
            return value, at


def fields(data: bytes) -> list[tuple[int, Any]]:
    found, at = [], 0
    while at < len(data):
        key, at = varint(data, at)
        value: Any
        value, at = varint(data, at)
        if key & 7 == 2:
            value, at = data[at : at + value], at + value
        found.append((key >> 3, value))
    return found


def numbers(data: bytes) -> list[int]:
    found, at = [], 0
    while at < len(data):
        value, at = varint(data, at)
        found.append(value)
    return found


def unzigzag(n: int) -> int:
    return (n >> 1) ^ -(n & 1)


def value_of(data: bytes) -> Any:
    [(kind, value)] = fields(data)
    return {1: lambda: value.decode(), 6: lambda: unzigzag(value), 7: lambda: bool(value)}[kind]()


def read_tile(data: bytes) -> list[dict[str, Any]]:
    """{x, y, properties} of each point of the only layer."""
    found = []
    for _tag, layer in fields(data):
        parts = fields(layer)
        keys = [content.decode() for tag, content in parts if tag == 3]
        values = [value_of(content) for tag, content in parts if tag == 4]
        assert dict(parts)[15] == 2
        for feature in (dict(fields(content)) for tag, content in parts if tag == 2):
            command, x, y = numbers(feature[4])
            assert (command, feature[3]) == (9, 1)
            tags = numbers(feature[2])
            properties = {keys[k]: values[v] for k, v in zip(tags[::2], tags[1::2], strict=True)}
            found.append({"x": unzigzag(x), "y": unzigzag(y), **properties})
    return found
