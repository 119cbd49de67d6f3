"""Writes a small real .xls (BIFF8 in a compound file), which no library of ours can; for tests of the reader.

Source: [MS-XLS], [MS-CFB].
"""

import struct

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_ERRORS = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#NUM!": 0x24, "#N/A": 0x2A}


class Failed(str):
    """A cell whose formula failed, for instance Failed("#REF!")."""


def _record(number: int, payload: bytes) -> bytes:
    return struct.pack("<HH", number, len(payload)) + payload


def _cell(row: int, column: int, value: object) -> bytes:
    at = struct.pack("<HHH", row, column, 0)
    if isinstance(value, Failed):
        return _record(0x0205, at + bytes([_ERRORS[value], 1]))
    if isinstance(value, (int, float)):
        return _record(0x0203, at + struct.pack("<d", value))
    text = str(value)
    return _record(0x0204, at + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))


def _failed_formula(row: int, column: int, code: str) -> bytes:
    result = bytes([2, 0, _ERRORS[code], 0, 0, 0, 0xFF, 0xFF])
    formula = b"\x1c" + bytes([_ERRORS[code]])  # the formula is the error itself
    payload = struct.pack("<HHH", row, column, 0) + result + struct.pack("<HI", 0, 0)
    return _record(0x0006, payload + struct.pack("<H", len(formula)) + formula)


def _bof(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def xls(sheets: dict[str, list[list[object]]], *, locked: bool = False, failed: tuple[int, int] | None = None) -> bytes:
    """The bytes of a workbook; `failed` puts a failed formula into the first sheet."""
    substreams = []
    for i, rows in enumerate(sheets.values()):
        cells = b"".join(
            _cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row) if value not in ("", None)
        )
        if failed and i == 0:
            cells += _failed_formula(*failed, "#N/A")
        extent = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows), default=0), 0)
        substreams.append(_bof(0x0010) + _record(0x0200, extent) + cells + _record(0x000A, b""))
    lock = _record(0x002F, b"\x01\x00\x01\x00\x01\x00" + bytes(48)) if locked else b""
    head = _bof(0x0005) + lock + _record(0x0042, struct.pack("<H", 1200))
    names = [struct.pack("<BB", len(name), 1) + name.encode("utf-16-le") for name in sheets]
    start = len(head) + sum(10 + len(name) for name in names) + 4
    bounds = b""
    for name, stream in zip(names, substreams, strict=True):
        bounds += _record(0x0085, struct.pack("<IBB", start, 0, 0) + name)
        start += len(stream)
    return compound({"Workbook": head + bounds + _record(0x000A, b"") + b"".join(substreams)})


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE, right: int = _FREE) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(encoded), kind, 1, _FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams, each filled up to whole sectors (and beyond the size of small ones)."""
    fat: list[int] = [_FAT]
    sectors: list[bytes] = []

    def add(data: bytes) -> int:
        first = len(fat)
        pieces = [data[i : i + 512].ljust(512, b"\0") for i in range(0, len(data), 512)]
        fat.extend([*range(first + 1, first + len(pieces)), _END])
        sectors.extend(pieces)
        return first

    entries = []
    for i, (name, data) in enumerate(streams.items(), 1):
        padded = data.ljust(4096, b"\0")
        last = i == len(streams)
        entries.append(_entry(name, 2, add(padded), len(padded), right=_FREE if last else i + 1))
    directory = _entry("Root Entry", 5, _END, 0, child=1) + b"".join(entries)
    first_directory = add(directory.ljust(-(-len(directory) // 512) * 512, b"\0"))
    assert len(fat) <= 128, "one sector of allocation table is enough for tests"
    table = struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIIIIIII", 1, first_directory, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    return header + table + b"".join(sectors)


def patched(data: bytes, old: bytes, new: bytes) -> bytes:
    """The file with one piece of bytes changed, as by a failing disk."""
    assert len(old) == len(new)
    assert data.count(old) == 1
    return data.replace(old, new)
