"""The few words that matter most about a person, as coloured tags; each only for who may see its class of data."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mudmai.people.rules.catalogue import catalogue

# (attribute, value, colour, words), the most urgent first.
TAGS: tuple[tuple[str, str, str, Promise], ...] = (
    ("adl_group", "bedridden", "bad", _("bedridden")),
    ("adl_group", "homebound", "warn", _("homebound")),
    ("disability_registered", "1", "info", _("disabled")),
    ("tpmap_poor", "1", "warn", _("on the TPMAP list")),
    ("old_age_allowance", "1", "ok", _("gets the old-age allowance")),
    ("disability_allowance", "1", "ok", _("gets the disability allowance")),
    ("presence", "absent", "warn", _("registered but absent")),
)


def tags_of(values: Mapping[str, Collection[str]], classes: Collection[str]) -> list[dict[str, Any]]:
    """{kind, label} of each tag that the values give, for a reader of these classes of data."""
    attributes = catalogue().attributes
    return [
        {"kind": kind, "label": label}
        for code, value, kind, label in TAGS
        if value in values.get(code, ()) and attributes[code].data_class in classes
    ]


def as_values(known: Mapping[str, Any]) -> dict[str, list[str]]:
    """What is known of a person in the form of its facts: texts, and "1" for yes."""
    return {code: [_text(each) for each in _listed(known[code][0])] for code, *_rest in TAGS if code in known}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    return ("1" if value else "0") if isinstance(value, bool) else str(value)
