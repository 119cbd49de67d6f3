"""What the codes, names and coordinates of places mean: pure functions, no database."""

from mudmai.places.rules.codes import (
    BANGKOK,
    CODE_LENGTHS,
    ancestors,
    clean_code,
    is_community,
    level_of,
    moo_of,
    next_prefix,
    outermost,
    village_code,
)
from mudmai.places.rules.names import area_title, bare_name, full_title, name_key
from mudmai.places.rules.shading import CLASSES, Shading, round_step, shades
from mudmai.places.rules.words import SENTENCES

__all__ = [
    "BANGKOK",
    "CLASSES",
    "CODE_LENGTHS",
    "SENTENCES",
    "Shading",
    "ancestors",
    "area_title",
    "bare_name",
    "clean_code",
    "full_title",
    "is_community",
    "level_of",
    "moo_of",
    "name_key",
    "next_prefix",
    "outermost",
    "round_step",
    "shades",
    "village_code",
]
