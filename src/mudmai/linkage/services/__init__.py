"""Actions of linkage: the door for every other module."""

from mudmai.linkage.rules.subjects import Candidate, Match, Subject
from mudmai.linkage.services.asking import HousePair, ask, ask_about_houses
from mudmai.linkage.services.matching import link
from mudmai.linkage.services.review import AlreadyAnswered, NothingToUndo, answer, undo
from mudmai.linkage.services.single import match_household, match_one

__all__ = [
    "AlreadyAnswered",
    "Candidate",
    "HousePair",
    "Match",
    "NothingToUndo",
    "Subject",
    "answer",
    "ask",
    "ask_about_houses",
    "link",
    "match_household",
    "match_one",
    "undo",
]
