"""Reads a file of places into one table, whatever its format: CSV, GeoJSON, Shapefile, also packed."""

import csv
import gzip
import io
import zipfile
from pathlib import Path

from django.utils.translation import gettext as _

from mudmai.places.services import geojson, shapefiles
from mudmai.places.services.tables import CannotRead, Table

# A country's outlines at full resolution take some 150 MB as GeoJSON; what unpacks to more is no such file.
MOST_BYTES = 600 * 2**20


def read_table(path: Path) -> Table:
    """Read the file. Raises CannotRead."""
    content = _unpacked(path)
    if content is None:
        return shapefiles.read(path)
    if not content.strip():
        raise CannotRead(_("%(file)s is empty.") % {"file": path.name})
    if content[:4] == b"PK\x03\x04" or content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise CannotRead(
            _("%(file)s is a workbook. Save the sheet as CSV (UTF-8) and load that.") % {"file": path.name}
        )
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return geojson.read(content, path.name)
    return _read_csv(content, path.name)


def _unpacked(path: Path) -> bytes | None:
    """The bytes of the file, unpacked; None where it is a Shapefile, which has several parts."""
    try:
        with path.open("rb") as file:
            head = file.read(4)
    except OSError as error:
        message = _("%(file)s cannot be opened. Check the path and the rights of the file.")
        raise CannotRead(message % {"file": path.name}) from error
    if path.suffix.lower() == ".shp":
        return None
    try:
        if head[:2] == b"\x1f\x8b":
            with gzip.open(path) as packed:
                return _limited(packed.read(MOST_BYTES + 1), path)
        if head == b"PK\x03\x04" and path.suffix.lower() not in {".xlsx", ".xlsm", ".ods"}:
            return _from_zip(path)
    except (OSError, EOFError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        message = _("%(file)s cannot be unpacked: it is broken or has a password. Pack it again without one.")
        raise CannotRead(message % {"file": path.name}) from error
    if path.stat().st_size > MOST_BYTES:
        _limited(b"", path, too_much=True)
    return path.read_bytes()


def _from_zip(path: Path) -> bytes | None:
    with zipfile.ZipFile(path) as archive:
        members = [info for info in archive.infolist() if not info.is_dir() and "__MACOSX" not in info.filename]
        if sum(info.file_size for info in members) > MOST_BYTES:
            _limited(b"", path, too_much=True)
        if any(info.filename.lower().endswith(".shp") for info in members):
            return None
        tables = [info for info in members if info.filename.lower().endswith((".csv", ".json", ".geojson", ".txt"))]
        if len(tables) != 1:
            message = _("%(file)s holds no list of places, or several. Pack one CSV, GeoJSON or Shapefile into a zip.")
            raise CannotRead(message % {"file": path.name})
        return archive.read(tables[0])


def _limited(content: bytes, path: Path, *, too_much: bool = False) -> bytes:
    if too_much or len(content) > MOST_BYTES:
        message = _("%(file)s unpacks to more than %(size)s MB. Split it, one province to a file.")
        raise CannotRead(message % {"file": path.name, "size": MOST_BYTES // 2**20})
    return content


def _read_csv(content: bytes, name: str) -> Table:
    text, note = decoded(content, name)
    sample = text[:20_000]
    delimiter = max(",;\t|", key=sample.split("\n", 1)[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    try:
        headers = [header.strip() for header in next(reader, [])]
        rows, where = [], []
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(dict(zip(headers, cells, strict=False)))
                where.append(_("line %(n)s") % {"n": reader.line_num})
    except csv.Error as error:
        message = _("Line %(n)s of %(file)s cannot be read as CSV. Save it again as CSV (UTF-8).")
        raise CannotRead(message % {"n": reader.line_num, "file": name}) from error
    if len(headers) < 2 or "\x00" in sample:
        message = _("%(file)s is neither CSV, GeoJSON nor a zipped Shapefile.")
        raise CannotRead(message % {"file": name})
    return Table(headers, rows, where, notes=[note] if note else [])


def decoded(content: bytes, name: str) -> tuple[str, str]:
    """Text of a file in UTF-8, UTF-16 or windows-874 (TIS-620), with a note of the latter. Raises CannotRead."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace"), ""
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp874"), _("The text was read as windows-874 (TIS-620).")
    except UnicodeDecodeError as error:
        message = _("The letters of %(file)s are neither UTF-8 nor windows-874. Save it again as CSV (UTF-8).")
        raise CannotRead(message % {"file": name}) from error
