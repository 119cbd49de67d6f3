"""Reads an old .xls (BIFF). Calamine reads the values; passwords and failed formulas are looked up here.

Source: [MS-XLS] Excel Binary File Format; reviewed 2569-11.
"""

import struct

from .errors import BrokenFile, IsDocument, IsOtherSpreadsheet, PasswordProtected, UnknownFormat
from .excel import Calamine
from .model import Sheet
from .ole import OleFile

_HEAD = struct.Struct("<HH").unpack_from
_SST, _DIMENSIONS = 0x00FC, 0x0200
_FORMULA, _EOF, _FILEPASS, _BOUNDSHEET, _BOOLERR, _BOF = 0x0006, 0x000A, 0x002F, 0x0085, 0x0205, 0x0809
_RUNS_OF_CELLS = frozenset([0x00BD, 0x00BE])
_CELLS = frozenset([_FORMULA, _BOOLERR, 0x0201, 0x0203, 0x0204, 0x027E, 0x00FD, 0x00D6]) | _RUNS_OF_CELLS
_CODES = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def read_xls(data: bytes, filename: str) -> list[Sheet]:
    """All worksheets of an .xls workbook, in their order."""
    try:
        stream = _workbook_stream(OleFile(data), filename)
        errors = _failed_formulas(stream, filename)
    except (ValueError, IndexError, struct.error) as error:
        raise BrokenFile(filename=filename) from error
    book = Calamine(data, filename)
    found = dict(zip(book.names, errors, strict=False))
    return [book.sheet(name, found.get(name, {})) for name in book.hidden]


def _workbook_stream(ole: OleFile, filename: str) -> bytes:
    if ole.has("EncryptedPackage") or ole.has("EncryptionInfo"):
        raise PasswordProtected(filename=filename)
    stream = ole.stream("Workbook", "Book", "WORKBOOK", "BOOK")
    if stream:
        return stream
    if ole.has("WordDocument") or ole.has("PowerPoint Document"):
        raise IsDocument(filename=filename)
    if ole.has("CONTENTS"):
        raise IsOtherSpreadsheet(filename=filename, format="Microsoft Works")
    raise UnknownFormat(filename=filename)


def _failed_formulas(stream: bytes, filename: str) -> list[dict[tuple[int, int], str]]:
    """Per sheet, in the order of the sheets: the cells whose formula failed, counted from 0."""
    starts = []
    at, records = 0, 0
    while at + 4 <= len(stream):
        record, length = _HEAD(stream, at)
        if record == _FILEPASS:
            raise PasswordProtected(filename=filename)
        if record == _BOUNDSHEET:
            starts.append(struct.unpack_from("<I", stream, at + 4)[0])
        if record == _SST and max(struct.unpack_from("<II", stream, at + 4)) > len(stream):
            raise ValueError("more strings than bytes")
        if record == _EOF and records:
            break
        at += 4 + length
        records += 1
    return [_failed_in_sheet(stream, start) for start in starts]


def _failed_in_sheet(stream: bytes, at: int) -> dict[tuple[int, int], str]:
    """The failed formulas of one sheet. Cells where no .xls can have any raise ValueError.

    Calamine makes room for the whole rectangle of cells before it looks: one damaged column number would ask for more
    memory than there is, and end the process.
    """
    failed: dict[tuple[int, int], str] = {}
    depth, end, head = 0, len(stream) - 4, _HEAD
    while at <= end:
        record, length = head(stream, at)
        if record in _CELLS:
            if stream[at + 7] or (record in _RUNS_OF_CELLS and stream[at + 3 + length]):
                raise ValueError("a column beyond the last")
            if record == _FORMULA and stream[at + 16 : at + 18] == b"\xff\xff" and stream[at + 10] == 2:
                failed[head(stream, at + 4)] = _CODES.get(stream[at + 12], "#VALUE!")
            elif record == _BOOLERR and stream[at + 11] == 1:
                failed[head(stream, at + 4)] = _CODES.get(stream[at + 10], "#VALUE!")
        elif record == _DIMENSIONS:
            _check_dimensions(stream[at + 4 : at + 4 + length])
        elif record == _BOF:
            depth += 1
        elif record == _EOF:
            depth -= 1
            if depth <= 0:
                break
        at += 4 + length
    return failed


def _check_dimensions(payload: bytes) -> None:
    since_excel_97 = len(payload) >= 14
    r1, r2, c1, c2 = struct.unpack_from("<IIHH" if since_excel_97 else "<HHHH", payload)
    if not (r1 <= r2 <= 1 << 16 and c1 <= c2 <= 1 << 8):
        raise ValueError("a sheet beyond the last row or column")
