"""Codes of forms in words: what is wrong with them, their states, types of questions."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from mudmai.kernel.words import gettext_noop
from mudmai.people.queries import area_names
from mudmai.surveys.models import FormVersion, Submission
from mudmai.surveys.rules.states import LOOKS
from mudmai.surveys.rules.xlsform import Fault

VERSION_LOOKS = {
    FormVersion.State.DRAFT: "warn",
    FormVersion.State.PUBLISHED: "ok",
    FormVersion.State.REPLACED: "",
}
TYPES: Mapping[str, str] = {
    "string": gettext_noop("text"),
    "int": gettext_noop("whole number"),
    "decimal": gettext_noop("a number"),
    "boolean": gettext_noop("yes or no"),
    "date": gettext_noop("date"),
    "time": gettext_noop("time"),
    "dateTime": gettext_noop("date and time"),
    "geopoint": gettext_noop("place on the map"),
    "geotrace": gettext_noop("line on the map"),
    "geoshape": gettext_noop("area on the map"),
    "binary": gettext_noop("photo or file"),
    "barcode": gettext_noop("barcode"),
    "select_one": gettext_noop("choose one"),
    "select_multiple": gettext_noop("choose several"),
    "rank": gettext_noop("put in order"),
    "trigger": gettext_noop("press to agree"),
}


def faults_in_words(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Each as the table shows it: sheet, row, column, what, cure."""
    return [
        {
            "sheet": fault.sheet,
            "row": fault.row,
            "column": fault.column,
            "what": _(fault.what) % fault.params,
            "cure": _(fault.cure) % fault.params,
        }
        for fault in faults
    ]


def areas_in_words(codes: Iterable[str]) -> dict[str, str]:
    """Short names of areas by code; "" is the whole country, and one that no list names is called by its code."""
    asked = set(codes)
    named = area_names(asked - {""})
    return {code: named.get(code, code) if code else _("Thailand") for code in asked}


def version_tag(version: FormVersion) -> dict[str, str]:
    """kind and label for shared/tag.html."""
    return {"kind": VERSION_LOOKS[FormVersion.State(version.state)], "label": version.get_state_display()}


def submission_tag(submission: Submission) -> dict[str, str]:
    """kind and label for shared/tag.html."""
    return {"kind": LOOKS[submission.state], "label": submission.get_state_display()}
