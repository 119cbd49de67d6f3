"""Same, or not the same? What is compared, how much each finding weighs, and what no weight may overrule."""

from mudmai.linkage.rules.comparisons import COMPARISONS
from mudmai.linkage.rules.model import Model, model
from mudmai.linkage.rules.subjects import Candidate, Match, Subject
from mudmai.linkage.rules.words import findings, reason_sentence

__all__ = [
    "COMPARISONS",
    "Candidate",
    "Match",
    "Model",
    "Subject",
    "findings",
    "model",
    "reason_sentence",
]
