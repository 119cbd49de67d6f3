"""Questions about forms, phones and what they sent. The door for every other module."""

from mudmai.surveys.queries.areas import bundle_of, field_areas
from mudmai.surveys.queries.counts import FormCount, counts_by_form, flagged_count, form_choices, sender_choices
from mudmai.surveys.queries.devices import device_for, is_locked, managed_devices, own_devices
from mudmai.surveys.queries.differences import Difference, differences
from mudmai.surveys.queries.files import bytes_of_file, files_of
from mudmai.surveys.queries.forms import (
    assignments_of,
    form_for,
    forms_for,
    media_for,
    media_of,
    missing_media,
    published_for,
    published_of,
    version_for,
    versions_of,
)
from mudmai.surveys.queries.problems import problems_of
from mudmai.surveys.queries.submissions import answers_of, submission_for, submissions_for
from mudmai.surveys.queries.tasks import Today, today_of
from mudmai.surveys.queries.visits import Visit, visits_of
from mudmai.surveys.queries.xforms import xform_of

__all__ = [
    "Difference",
    "FormCount",
    "Today",
    "Visit",
    "answers_of",
    "assignments_of",
    "bundle_of",
    "bytes_of_file",
    "counts_by_form",
    "device_for",
    "differences",
    "field_areas",
    "files_of",
    "flagged_count",
    "form_choices",
    "form_for",
    "forms_for",
    "is_locked",
    "managed_devices",
    "media_for",
    "media_of",
    "missing_media",
    "own_devices",
    "problems_of",
    "published_for",
    "published_of",
    "sender_choices",
    "submission_for",
    "submissions_for",
    "today_of",
    "version_for",
    "versions_of",
    "visits_of",
    "xform_of",
]
