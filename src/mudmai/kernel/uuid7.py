"""Ids that sort by the time they were made (UUID version 7, RFC 9562), strictly rising within one process."""

import os
import struct
import threading
import time
from uuid import UUID

_RANDOM_BITS = 74
_RANDOM_MASK = (1 << _RANDOM_BITS) - 1
_VERSION_AND_VARIANT = (0x7 << 76) | (0x2 << 62)
_LOW_62 = (1 << 62) - 1


class _Sequence:
    """The last id handed out; the next is always larger, by an unguessable step."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.last = 0

    def take(self, count: int) -> list[int]:
        """`count` rising numbers of 48 bits of milliseconds and 74 random bits."""
        steps = struct.unpack(f">{count}I", os.urandom(4 * count))
        with self.lock:
            fresh = (time.time_ns() // 1_000_000 << _RANDOM_BITS) | (int.from_bytes(os.urandom(10)) & _RANDOM_MASK)
            # Within one millisecond, and when the clock was set back, go on from the last id.
            value = fresh if fresh >> _RANDOM_BITS > self.last >> _RANDOM_BITS else self.last
            numbers = []
            for step in steps:
                value += step + 1
                numbers.append(value)
            self.last = value
        return numbers


_sequence = _Sequence()


def _start_again() -> None:
    global _sequence
    _sequence = _Sequence()


# A forked worker must not repeat its parent's ids.
os.register_at_fork(after_in_child=_start_again)


def _as_uuid(number: int) -> UUID:
    milliseconds, rand_a = number >> _RANDOM_BITS, number >> 62 & 0xFFF
    return UUID(int=milliseconds << 80 | rand_a << 64 | number & _LOW_62 | _VERSION_AND_VARIANT)


def uuid7() -> UUID:
    """One new id, larger than every id this process made before."""
    return _as_uuid(_sequence.take(1)[0])


def many(count: int) -> list[UUID]:
    """`count` new ids in rising order, much quicker than one at a time."""
    return [_as_uuid(number) for number in _sequence.take(count)]


def made_at_ms(identifier: UUID) -> int:
    """Milliseconds since 1970 at which a version 7 id was made."""
    return identifier.int >> 80
