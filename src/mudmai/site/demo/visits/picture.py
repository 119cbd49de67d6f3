"""A drawn house, as the photos of the demo: no real place is shown."""

import struct
import zlib
from random import Random

WIDTH, HEIGHT = 320, 240
_SKY, _GROUND, _DOOR = (205, 224, 240), (128, 150, 96), (92, 64, 48)


def drawn_house(rng: Random) -> bytes:
    """A PNG of a house with a gable, in colours by chance; about two kilobytes."""
    wall, roof = tuple(rng.randint(150, 230) for _ in range(3)), tuple(rng.randint(70, 150) for _ in range(3))
    left, right, eaves = rng.randint(50, 90), rng.randint(220, 270), rng.randint(95, 120)
    ridge, floor = eaves - rng.randint(40, 60), 200
    rows = []
    for y in range(HEIGHT):
        row = bytearray()
        for x in range(WIDTH):
            in_gable = ridge <= y < eaves and abs(x - (left + right) / 2) <= (y - ridge) * (right - left + 30) / 2 / (
                eaves - ridge
            )
            in_wall = eaves <= y < floor and left <= x < right
            in_door = in_wall and y > eaves + 35 and left + 30 <= x < left + 62
            row += bytes(
                _DOOR if in_door else wall if in_wall else roof if in_gable else _GROUND if y >= floor - 8 else _SKY
            )
        rows.append(b"\0" + bytes(row))
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b"")]
    chunks = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
