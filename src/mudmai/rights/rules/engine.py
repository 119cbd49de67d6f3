"""The one door to the rules of law: who is entitled to what on a day, and why."""

from mudmai.rights.rules.crowd import FrameLike
from mudmai.rights.rules.explaining import Explained, Step, Used, explain, explain_all
from mudmai.rights.rules.programmes import FINDINGS, PROGRAMMES, WHAT_CODES, Condition, Programme, sentence, what_label
from mudmai.rights.rules.working import Evaluated, codes_needed, evaluate

WHATS = WHAT_CODES

__all__ = [
    "FINDINGS",
    "PROGRAMMES",
    "WHATS",
    "Condition",
    "Evaluated",
    "Explained",
    "FrameLike",
    "Programme",
    "Step",
    "Used",
    "codes_needed",
    "evaluate",
    "explain",
    "explain_all",
    "sentence",
    "what_label",
]
