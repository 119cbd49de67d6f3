"""Actions of surveys: from a form in Excel to answers in the registry. The door for every other module."""

from mudmai.surveys.services.devices import lock_phone, sign_in_phone, sign_out_phone, wiped
from mudmai.surveys.services.files import keep_file
from mudmai.surveys.services.judging import leave_flagged, take_back, take_flagged
from mudmai.surveys.services.keeping import keep_submission
from mudmai.surveys.services.mapping import map_answers
from mudmai.surveys.services.media import attach_media
from mudmai.surveys.services.publishing import assign, bring_back, end_assignment, publish, retire
from mudmai.surveys.services.ready import start_from_ready
from mudmai.surveys.services.receiving import receive_form
from mudmai.surveys.services.settling import settle, settle_received, settle_what_was_left
from mudmai.surveys.services.syncing import clear_old_bundles, sync

__all__ = [
    "assign",
    "attach_media",
    "bring_back",
    "clear_old_bundles",
    "end_assignment",
    "keep_file",
    "keep_submission",
    "leave_flagged",
    "lock_phone",
    "map_answers",
    "publish",
    "receive_form",
    "retire",
    "settle",
    "settle_received",
    "settle_what_was_left",
    "sign_in_phone",
    "sign_out_phone",
    "start_from_ready",
    "sync",
    "take_back",
    "take_flagged",
    "wiped",
]
