"""The screens of who is who: the queue, cases side by side, many at once, volunteers, second looks, houses, quality."""

from mudmai.linkage.views.alike import answer_kind, kind, kinds, undo_kind
from mudmai.linkage.views.inquiries import ask, asked, recall, reply
from mudmai.linkage.views.looks import second, second_look, settle, unsettled
from mudmai.linkage.views.measured import quality, set_share
from mudmai.linkage.views.review import answer, question, questions, undo
from mudmai.linkage.views.two_houses import answer_house, house, houses
from mudmai.linkage.views.weighing import learn, model, use_weights

__all__ = [
    "answer",
    "answer_house",
    "answer_kind",
    "ask",
    "asked",
    "house",
    "houses",
    "kind",
    "kinds",
    "learn",
    "model",
    "quality",
    "question",
    "questions",
    "recall",
    "reply",
    "second",
    "second_look",
    "set_share",
    "settle",
    "undo",
    "undo_kind",
    "unsettled",
    "use_weights",
]
