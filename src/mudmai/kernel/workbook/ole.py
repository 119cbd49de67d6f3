"""The compound file (OLE) around an old .xls, a .doc, and every Office file that is locked with a password.

Source: [MS-CFB] Compound File Binary File Format; reviewed 2569-11.
"""

import struct

SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
_LAST = 0xFFFFFFFA  # sector numbers from here on mark ends and free sectors
_STREAM, _ROOT = 2, 5


class OleFile:
    """The streams of a compound file by name. A damaged one raises ValueError (struct.error is turned into it)."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._read_directory()
        except struct.error as error:
            raise ValueError("damaged compound file") from error

    def _read_directory(self) -> None:
        (shift,) = struct.unpack_from("<H", self._data, 30)
        if shift not in (9, 12):
            raise ValueError("damaged compound file")
        self._size = 1 << shift
        fats, first_dir, self._cutoff, first_mini = struct.unpack_from("<I I 4x I I", self._data, 44)
        first_difat, _difats = struct.unpack_from("<I I", self._data, 68)
        sectors = [s for s in struct.unpack_from("<109I", self._data, 76) if s < _LAST]
        seen = 0
        while first_difat < _LAST and seen < 10_000:
            *more, first_difat = struct.unpack(f"<{self._size // 4}I", self._sector(first_difat))
            sectors += [s for s in more if s < _LAST]
            seen += 1
        self._fat = [n for s in sectors[:fats] for n in struct.unpack(f"<{self._size // 4}I", self._sector(s))]
        minis = self._chain(first_mini)
        self._mini_fat = struct.unpack(f"<{len(minis) // 4}I", minis[: len(minis) // 4 * 4])
        self._entries: dict[str, tuple[int, int, int]] = {}
        directory = self._chain(first_dir)
        for at in range(0, len(directory) - 127, 128):
            length, kind = struct.unpack_from("<H B", directory, at + 64)
            start, size = struct.unpack_from("<I I", directory, at + 116)
            name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if kind in (_STREAM, _ROOT):
                self._entries.setdefault(name, (kind, start, size))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        sector = self._data[start : start + self._size]
        if not sector:
            raise ValueError("damaged compound file")
        return sector.ljust(self._size, b"\0")

    def _chain(self, first: int) -> bytes:
        parts: list[bytes] = []
        while first < _LAST:
            if first >= len(self._fat) or len(parts) > len(self._fat):
                raise ValueError("damaged compound file")
            parts.append(self._sector(first))
            first = self._fat[first]
        return b"".join(parts)

    def has(self, name: str) -> bool:
        return name in self._entries

    def stream(self, *names: str) -> bytes:
        """The first of these streams that is there; b"" where none is."""
        for name in names:
            if name in self._entries:
                _, start, size = self._entries[name]
                return self._mini_chain(start)[:size] if size < self._cutoff else self._chain(start)[:size]
        return b""

    def _mini_chain(self, first: int) -> bytes:
        root = next((start for kind, start, _ in self._entries.values() if kind == _ROOT), _LAST)
        container = self._chain(root)
        parts: list[bytes] = []
        while first < _LAST:
            if first >= len(self._mini_fat) or len(parts) > len(self._mini_fat):
                raise ValueError("damaged compound file")
            parts.append(container[first * 64 : first * 64 + 64])
            first = self._mini_fat[first]
        return b"".join(parts)
