"""Pages of the village assemblies."""

from mudmai.assembly.views.checking import check
from mudmai.assembly.views.meeting import add, add_photo, assembly, certify, chain, photo, step
from mudmai.assembly.views.papers import paper
from mudmai.assembly.views.signing import pin, sign
from mudmai.assembly.views.starting import assemblies, new

__all__ = [
    "add",
    "add_photo",
    "assemblies",
    "assembly",
    "certify",
    "chain",
    "check",
    "new",
    "paper",
    "photo",
    "pin",
    "sign",
    "step",
]
