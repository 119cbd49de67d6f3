"""Files that cannot be read: each gets its own sentence, quickly, and nothing else happens."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from tests.intake.books import ROWS, ods, ods_cell, ods_table, xlsx
from tests.intake.old_excel import compound, patched, xls

from mudmai.kernel.workbook import (
    BrokenFile,
    EmptyFile,
    PasswordProtected,
    TooLarge,
    UnknownFormat,
    UnreadableFile,
    read_workbook,
)
from mudmai.kernel.workbook import errors as reasons


def plain_xlsx() -> bytes:
    out, book, _ = xlsx(ROWS)
    book.close()
    return out.getvalue()


def zipped(**members: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def with_sheet(xml: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(plain_xlsx())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, xml if "sheet1" in name else old.read(name))
    return out.getvalue()


def refuse(data: bytes, filename: str, reason: type[UnreadableFile]) -> UnreadableFile:
    with pytest.raises(reason) as caught:
        read_workbook(data, filename)
    assert type(caught.value).sentence % caught.value.params == str(caught.value)
    assert "%(" not in str(caught.value)
    return caught.value


def test_workbooks_locked_with_a_password() -> None:
    refuse(compound({"EncryptionInfo": b"x", "EncryptedPackage": b"x" * 5000}), "a.xlsx", PasswordProtected)
    refuse(xls({"ก": ROWS}, locked=True), "a.xls", PasswordProtected)
    manifest = b"<manifest:encryption-data/>"
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    locked = zipped(**{"mimetype": mimetype, "META-INF__manifest.xml": manifest, "content.xml": b"\x00\x01"})
    refuse(locked, "a.ods", PasswordProtected)


@pytest.mark.parametrize("keep", [100, 1000, -1000, -30])
def test_workbooks_that_were_cut_off(keep: int) -> None:
    refuse(plain_xlsx()[:keep], "a.xlsx", BrokenFile)


def test_damaged_workbooks_of_every_kind() -> None:
    good = plain_xlsx()
    middle = len(good) // 3
    refuse(good[:middle] + bytes(400) + good[middle + 400 :], "a.xlsx", BrokenFile)
    refuse(xls({"ก": ROWS})[:700], "a.xls", BrokenFile)
    refuse(with_sheet(b"<worksheet><sheetData><row r='1'><c"), "a.xlsx", UnreadableFile)
    refuse(ods("<table:table><oops>"), "a.ods", BrokenFile)
    refuse(bytes.fromhex("d0cf11e0a1b11ae1") + b"\xff" * 4000, "a.xls", BrokenFile)


@pytest.mark.parametrize("data", [b"", b"   \r\n", b"\xef\xbb\xbf", b",,,\n,,,\n", b"\0" * 500])
def test_files_with_nothing_in_them(data: bytes) -> None:
    refuse(data, "a.csv", EmptyFile)


def test_a_workbook_of_blank_sheets() -> None:
    out, book, _ = xlsx([])
    book.close()
    refuse(out.getvalue(), "a.xlsx", EmptyFile)
    refuse(xls({"ก": [], "ข": []}), "a.xls", EmptyFile)


def deflated_zeros(megabytes: int) -> bytes:
    """A raw deflate stream of so many megabytes of zeros, put together from one."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    one = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return one * megabytes + zlib.compressobj(9, zlib.DEFLATED, -15).flush()


def bomb(declared: int) -> bytes:
    """A workbook with 1,100 MB of zeros in it, which says that they are `declared` bytes."""
    honest = zipped(**{"xl__workbook.xml": b"x", "xl__media.bin": b"12345678"})
    with zipfile.ZipFile(BytesIO(honest)) as archive:
        info = archive.getinfo("xl/media.bin")
    start = info.header_offset + 30 + len("xl/media.bin")
    small, packed = honest[start : start + info.compress_size], deflated_zeros(1100)
    sizes = struct.pack("<II", len(small), 8)
    changed = honest.replace(small, packed).replace(sizes, struct.pack("<II", len(packed), declared))
    end = changed.rfind(b"PK\x05\x06")
    directory = struct.unpack_from("<I", changed, end + 16)[0] + len(packed) - len(small)
    return changed[: end + 16] + struct.pack("<I", directory) + changed[end + 20 :]


@pytest.mark.parametrize("declared", [1100 << 20, 8])
def test_a_zip_bomb_that_tells_its_size_and_one_that_lies(declared: int) -> None:
    data = bomb(declared)
    assert len(data) < 3 << 20
    refuse(data, "a.xlsx", TooLarge)


def test_a_sheet_that_reaches_to_the_last_corner_in_every_row() -> None:
    rows = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (i, i) for i in range(1, 5000))
    error = refuse(with_sheet(b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"), "a.xlsx", TooLarge)
    assert "16384" in str(error)


def test_one_damaged_cell_number_does_not_ask_for_all_memory() -> None:
    """Such a file once ended the whole process, with all that it was doing."""
    far_column = struct.pack("<HHHd", 1, 1, 0, 71.0)
    damaged = patched(xls({"ก": ROWS}), far_column, struct.pack("<HHHd", 1, 0xFFF1, 0, 71.0))
    refuse(damaged, "a.xls", BrokenFile)
    extent = struct.pack("<IIHHH", 0, 3, 0, 2, 0)
    for corners in [(0, 65_536, 0, 65_535, 0), (9, 3, 0, 2, 0), (0, 4_000_000_000, 0, 2, 0)]:
        refuse(patched(xls({"ก": ROWS}), extent, struct.pack("<IIHHH", *corners)), "a.xls", BrokenFile)
    cells = b'<row r="1"><c r="A1"><v>1</v></c><c r="ZZZ1048576"><v>1</v></c><c r="B1"><v>1</v></c></row>'
    refuse(with_sheet(b"<worksheet><sheetData>" + cells * 3000 + b"</sheetData></worksheet>"), "a.xlsx", TooLarge)


def test_a_small_open_document_that_repeats_its_cells_without_end() -> None:
    cell = ods_cell("x", 'table:number-columns-repeated="16384"')
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    refuse(ods(f'<table:table table:name="ก">{row}</table:table>'), "a.ods", TooLarge)
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    blank = f'<table:table-row table:number-rows-repeated="1048570">{blank}</table:table-row>'
    content = ods_table(ods_cell("ชื่อ")).replace("</table:table>", blank + "</table:table>")
    assert read_workbook(ods(content), "a.ods").sheets[0].rows == [["ชื่อ"]]


def test_an_xml_entity_bomb_in_a_workbook() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><workbook>&b;</workbook>'
    refuse(zipped(**{"xl__workbook.xml": bomb, "xl___rels__workbook.xml.rels": bomb}), "a.xlsx", UnreadableFile)


def test_more_rows_than_excel_has() -> None:
    refuse(b"a,b\n" * 1_048_577, "a.csv", TooLarge)


@pytest.mark.parametrize(
    ("data", "filename", "reason"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a.pdf", reasons.IsPdf),
        (b"%PDF-1.7\n%\xe2\xe3", "a.xlsx", reasons.IsPdf),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a.png", reasons.IsImage),
        (b"\xff\xd8\xff\xe0" + bytes(50), "a.jpg", reasons.IsImage),
        (b"Rar!\x1a\x07" + bytes(50), "a.rar", reasons.IsArchive),
        (zipped(**{"รายชื่อ.xlsx": b"x"}), "a.zip", reasons.IsArchive),
        (zipped(**{"word__document.xml": b"x"}), "a.docx", reasons.IsDocument),
        (compound({"WordDocument": b"x" * 5000}), "a.doc", reasons.IsDocument),
        (b"{\\rtf1 hello}", "a.rtf", reasons.IsDocument),
        (zipped(**{"xl__workbook.bin": b"x"}), "a.xlsb", reasons.IsOtherSpreadsheet),
        (b'{"url": "https://docs.google.com/x"}', "a.gsheet", reasons.IsLinkOnly),
        (b"<html><body>Please sign in</body></html>", "a.xls", reasons.IsWebPage),
        (bytes(range(256)) * 10, "a.dat", UnknownFormat),
    ],
)
def test_files_that_are_no_lists_are_called_what_they_are(
    data: bytes, filename: str, reason: type[UnreadableFile]
) -> None:
    error = refuse(data, filename, reason)
    assert filename in str(error)
