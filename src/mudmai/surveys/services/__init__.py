"""Actions of surveys: from a form in Excel to answers in the registry. The door for every other module."""

from mudmai.surveys.services.mapping import map_answers
from mudmai.surveys.services.media import attach_media
from mudmai.surveys.services.publishing import assign, bring_back, end_assignment, publish, retire
from mudmai.surveys.services.ready import start_from_ready
from mudmai.surveys.services.receiving import receive_form

__all__ = [
    "assign",
    "attach_media",
    "bring_back",
    "end_assignment",
    "map_answers",
    "publish",
    "receive_form",
    "retire",
    "start_from_ready",
]
