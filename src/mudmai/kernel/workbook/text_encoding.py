"""Which encoding a text file is written in, and the text itself."""

import codecs
from typing import NamedTuple

from .model import Remark

_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_THAI = "windows-874"
# C1 codes that windows-874 does not define; found in files that passed through a Mac or a mainframe.
_NOT_THAI = bytes([*range(0x81, 0x85), *range(0x86, 0x91), *range(0x98, 0xA0), *range(0xDB, 0xDF), *range(0xFC, 0x100)])


class Decoded(NamedTuple):
    text: str
    remarks: list[Remark]


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text, by its byte order mark, as UTF-16 without one, as UTF-8, else as Thai windows-874 (TIS-620)."""
    for bom, codec, name in _BOMS:
        if data.startswith(bom):
            return _with_remarks(data[len(bom) :].decode(codec, "replace"), None if name == "UTF-8" else name)
    for codec, nul_at in (("utf-16-le", 1), ("utf-16-be", 0)):
        if _looks_like_utf16(data, nul_at):
            return _with_remarks(data.decode(codec, "replace"), "UTF-16")
    if declared and declared.lower() not in ("utf-8", "utf8"):
        try:
            return _with_remarks(data.decode(_python_codec(declared), "replace"), declared)
        except LookupError:
            pass
    return _utf8_or_thai(data)


def _utf8_or_thai(data: bytes) -> Decoded:
    try:
        return Decoded(data.decode("utf-8"), [])
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    letters = sum(1 for byte in data[:100_000] if byte > 0x7F)
    # A UTF-8 file with a few damaged bytes is still UTF-8; a Thai one read as UTF-8 is damaged in almost every letter.
    if text[:100_000].count("�") * 10 < letters:
        return _with_remarks(text, None)
    return _with_remarks(data.decode("cp874", "replace"), _THAI)


def _looks_like_utf16(data: bytes, nul_at: int) -> bool:
    """Every second byte of Latin text and of its separators is zero; in Thai text it is 0x0E."""
    half, other = data[nul_at:4000:2], data[1 - nul_at : 4000 : 2]
    high = half.count(0) + half.count(0x0E)
    return len(half) > 3 and high > 0.9 * len(half) and 0 in half and other.count(0) * 10 < len(other)


def _python_codec(declared: str) -> str:
    name = declared.strip().lower().replace("_", "-")
    return "cp874" if name in (_THAI, "tis-620", "tis620", "iso-8859-11", "cp874", "x-windows-874", "thai") else name


def _with_remarks(text: str, encoding: str | None) -> Decoded:
    remarks = [Remark("encoding", {"encoding": encoding})] if encoding else []
    damaged = text.count("�")
    if damaged:
        remarks.append(Remark("damaged_characters", {"count": damaged}))
    return Decoded(text, remarks)


def is_binary(data: bytes) -> bool:
    """Whether these bytes cannot be text in any of the encodings read here."""
    sample = data[:8000]
    if any(sample.startswith(bom) for bom, _, _ in _BOMS) or any(_looks_like_utf16(sample, at) for at in (0, 1)):
        return False
    controls = sum(1 for byte in sample if byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1a\x1b\x1c\x1d\x1e\x1f")
    if controls * 200 > len(sample):
        return True
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(sample) - 4:  # only cut in the middle of a letter
            return False
    else:
        return False
    strange = sum(1 for byte in sample if byte in _NOT_THAI)
    high = sum(1 for byte in sample if byte > 0x7F)
    return strange * 5 > high and sample.decode("utf-8", "replace").count("�") * 10 > high
