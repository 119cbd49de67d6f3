"""Actions of an assembly: the door for other modules."""

from mudmai.assembly.services.certifying import certify
from mudmai.assembly.services.freezing import NoSuchVillage, NothingToFreeze, freeze
from mudmai.assembly.services.signing import (
    NoPin,
    PinLocked,
    PinTooSimple,
    WrongPin,
    has_pin,
    set_pin,
    sign,
    sign_by_pin,
)
from mudmai.assembly.services.stepping import (
    MOST_BYTES_OF_A_PHOTO,
    RUN,
    BrokenChain,
    NotAPicture,
    TooManyBytes,
    add_photo,
    add_step,
    receive_photo,
    receive_step,
)

__all__ = [
    "MOST_BYTES_OF_A_PHOTO",
    "RUN",
    "BrokenChain",
    "NoPin",
    "NoSuchVillage",
    "NotAPicture",
    "NothingToFreeze",
    "PinLocked",
    "PinTooSimple",
    "TooManyBytes",
    "WrongPin",
    "add_photo",
    "add_step",
    "certify",
    "freeze",
    "has_pin",
    "receive_photo",
    "receive_step",
    "set_pin",
    "sign",
    "sign_by_pin",
]
