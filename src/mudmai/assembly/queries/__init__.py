"""Questions to the assemblies, always for whom: the door for other modules."""

from mudmai.assembly.queries.held import (
    SEE,
    assemblies_for,
    assembly_for,
    assembly_of_token,
    links_of,
    minutes_of,
    photo_of,
    sound_steps,
)
from mudmai.assembly.queries.papers import Paper, fingerprint_of, is_on_paper, is_whole, paper_of

__all__ = [
    "SEE",
    "Paper",
    "assemblies_for",
    "assembly_for",
    "assembly_of_token",
    "fingerprint_of",
    "is_on_paper",
    "is_whole",
    "links_of",
    "minutes_of",
    "paper_of",
    "photo_of",
    "sound_steps",
]
