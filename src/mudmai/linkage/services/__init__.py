"""Actions of linkage: the door for every other module."""

from mudmai.linkage.rules.subjects import Candidate, Match, Subject
from mudmai.linkage.services.asking import ask
from mudmai.linkage.services.matching import link
from mudmai.linkage.services.review import AlreadyAnswered, NothingToUndo, answer, undo

__all__ = ["AlreadyAnswered", "Candidate", "Match", "NothingToUndo", "Subject", "answer", "ask", "link", "undo"]
