"""The screens of who is who: the questions that wait, and one of them with two people side by side."""

from mudmai.linkage.views.review import answer, question, questions, undo

__all__ = ["answer", "question", "questions", "undo"]
