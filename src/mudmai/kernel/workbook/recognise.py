"""What a file really is, by its first bytes; names lie."""

from .archive import Archive
from .errors import (
    IsArchive,
    IsDocument,
    IsImage,
    IsLinkOnly,
    IsOtherSpreadsheet,
    IsPdf,
    UnknownFormat,
    UnreadableFile,
)
from .html import looks_like_html
from .model import Kind
from .ole import SIGNATURE as OLE
from .text_encoding import is_binary

_Reason = tuple[type[UnreadableFile], str]
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
# How files begin that are no lists, why they are none, and the name of their format.
_BEGINNINGS: dict[bytes, _Reason] = {
    **dict.fromkeys((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"), (IsImage, "")),
    **dict.fromkeys(
        (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd"), (IsArchive, "")
    ),
    b"{\\rtf": (IsDocument, ""),
    **dict.fromkeys((b"\0\1\0\0Standard Jet", b"\0\1\0\0Standard ACE"), (IsOtherSpreadsheet, "Microsoft Access")),
    **dict.fromkeys((b"\x09\0\x04\0", b"\x09\2\6\0", b"\x09\4\6\0"), (IsOtherSpreadsheet, "Excel 2–4")),
    b"MIME-Version:": (IsOtherSpreadsheet, "Single File Web Page (.mht)"),
}
_IMAGES_LATER = (b"WEBP", b"ftypheic", b"ftypmif1", b"ftypavif")
_BITMAP = b"BM"  # also how a list may begin
_SPREADSHEET_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"
_LINKS = (".gsheet", ".url", ".webloc")


def recognise(data: bytes, filename: str) -> Kind:
    """The kind of a readable file; else raises the class of UnreadableFile that says what it is."""
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _kind_of_zip(Archive(data, filename))
    if data.startswith(OLE):
        return "xls"
    other = _other_kind(data, filename)
    if other is not None:
        raise other
    if looks_like_html(data):
        return "html"
    if is_binary(data):
        raise UnknownFormat(filename=filename)
    return "csv"


def _kind_of_zip(archive: Archive) -> Kind:
    names = [name.lower() for name in archive.members]
    filename = archive.filename
    mimetype = archive.read("mimetype")
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    if mimetype.startswith(b"application/vnd.oasis.opendocument") or "word/document.xml" in names:
        raise IsDocument(filename=filename)
    if any(name.startswith("ppt/") for name in names):
        raise IsDocument(filename=filename)
    if "xl/workbook.bin" in names:
        raise IsOtherSpreadsheet(filename=filename, format="Excel Binary (.xlsb)")
    if "xl/workbook.xml" in names:
        return "xlsx"
    if any(name.startswith("index/") and name.endswith(".iwa") for name in names) or "index.zip" in names:
        raise IsOtherSpreadsheet(filename=filename, format="Apple Numbers")
    raise IsArchive(filename=filename)


def _other_kind(data: bytes, filename: str) -> UnreadableFile | None:
    start = data[:4096]
    if b"%PDF-" in start[:1024]:
        return IsPdf(filename=filename)
    for beginning, (reason, name) in _BEGINNINGS.items():
        if start.startswith(beginning):
            return reason(filename=filename, format=name)
    if start[4:12].endswith(_IMAGES_LATER) or (start[:2] == _BITMAP and is_binary(data)):
        return IsImage(filename=filename)
    if _SPREADSHEET_2003 in start and b"<Workbook" in start:
        return IsOtherSpreadsheet(filename=filename, format="XML Spreadsheet 2003")
    if filename.lower().endswith(_LINKS):
        return IsLinkOnly(filename=filename)
    return None
