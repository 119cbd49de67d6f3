"""Actions of intake: from a file to people in the registry, and back. The door for every other module."""

from mudmai.intake.services.clearing import clear_abandoned
from mudmai.intake.services.committing import begin_commit, cancel, commit, result_of
from mudmai.intake.services.files import bytes_of, contents_of, read, receive
from mudmai.intake.services.guessing import guess
from mudmai.intake.services.layouts import keep_sheets, layout_of, set_mapping
from mudmai.intake.services.preview import preview, twin_of
from mudmai.intake.services.reporting import report
from mudmai.intake.services.states import Cancelled, NoArea, NoList, Unreadable, WrongState
from mudmai.intake.services.undoing import preview_undo, restore, undo

__all__ = [
    "Cancelled",
    "NoArea",
    "NoList",
    "Unreadable",
    "WrongState",
    "begin_commit",
    "bytes_of",
    "cancel",
    "clear_abandoned",
    "commit",
    "contents_of",
    "guess",
    "keep_sheets",
    "layout_of",
    "preview",
    "preview_undo",
    "read",
    "receive",
    "report",
    "restore",
    "result_of",
    "set_mapping",
    "twin_of",
    "undo",
]
