"""The zip around .xlsx and .ods files, opened with distrust.

A zip bomb lies about its sizes, so each member is unpacked here once, in small pieces, against one budget, before any
other reader sees the file.
"""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from .errors import BrokenFile, PasswordProtected, TooLarge
from .limits import MAX_CELLS, MAX_MEMBERS, MAX_UNPACKED_BYTES

_STORED, _DEFLATED = 0, 8
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_PIECE = 1 << 20


class Archive:
    """The members of a zip file, within the budget for the whole file."""

    def __init__(self, data: bytes, filename: str) -> None:
        self.data, self.filename = data, filename
        self._left = MAX_UNPACKED_BYTES
        try:
            with ZipFile(BytesIO(data)) as opened:
                infos = opened.infolist()
                self.members = {info.filename: info for info in infos}
        except (BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
            raise BrokenFile(filename=filename) from error
        if len(infos) != len(self.members):  # two members of one name: each reader would see another file
            raise BrokenFile(filename=filename)
        self._distrust()

    def _distrust(self) -> None:
        infos = self.members.values()
        if any(info.flag_bits & 1 for info in infos):
            raise PasswordProtected(filename=self.filename)
        # Members that together are larger than the file overlap: the trick of the most compact bombs.
        overlap = sum(info.compress_size for info in infos) > len(self.data)
        declared = sum(info.file_size for info in infos)
        if len(self.members) > MAX_MEMBERS or overlap or declared > MAX_UNPACKED_BYTES:
            raise self.too_large()

    def too_large(self) -> TooLarge:
        return TooLarge(filename=self.filename, limit=MAX_CELLS // 1_000_000, megabytes=MAX_UNPACKED_BYTES >> 20)

    def pieces(self, name: str) -> Iterator[bytes]:
        """One member, unpacked piece by piece; stops with TooLarge when the budget of the file is used up."""
        info = self.members[name]
        packed = self._packed(info)
        if info.compress_type == _STORED:
            self._spend(len(packed))
            yield bytes(packed)
            return
        if info.compress_type != _DEFLATED:
            raise BrokenFile(filename=self.filename)
        unpacked = 0
        for piece in self._inflated(packed):
            self._spend(len(piece))
            unpacked += len(piece)
            yield piece
        if unpacked != info.file_size:
            raise BrokenFile(filename=self.filename)

    def _inflated(self, packed: memoryview) -> Iterator[bytes]:
        unpacker = zlib.decompressobj(-15)
        try:
            for start in range(0, len(packed), _PIECE >> 2):
                piece = unpacker.decompress(packed[start : start + (_PIECE >> 2)], _PIECE)
                yield piece
                while piece and not unpacker.eof:
                    piece = unpacker.decompress(unpacker.unconsumed_tail, _PIECE)
                    yield piece
        except zlib.error as error:
            raise BrokenFile(filename=self.filename) from error

    def _packed(self, info: ZipInfo) -> memoryview:
        start = info.header_offset
        if not 0 <= start <= len(self.data) - _LOCAL_HEADER.size:
            raise BrokenFile(filename=self.filename)
        signature, name_length, extra_length = _LOCAL_HEADER.unpack_from(self.data, start)
        start += _LOCAL_HEADER.size + name_length + extra_length
        if signature != b"PK\x03\x04" or start + info.compress_size > len(self.data):
            raise BrokenFile(filename=self.filename)
        return memoryview(self.data)[start : start + info.compress_size]

    def _spend(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise self.too_large()

    def read(self, name: str) -> bytes:
        """One whole member; b"" where there is none."""
        return b"".join(self.pieces(name)) if name in self.members else b""
