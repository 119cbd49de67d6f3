"""Where the answers of a form go: by the names of its questions, by what a person chose, or nowhere.

A question named like an attribute of the catalogue fills that attribute. Questions of people stand in the repeat
`members` or the group `person`, those of the household outside of both; in other repeats they fill nothing.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from mudmai.kernel.text import clean, thai_digits_to_arabic
from mudmai.kernel.words import gettext_noop
from mudmai.people.rules.catalogue import catalogue, fillable_by_forms
from mudmai.surveys.rules.xform import Field, XForm

NOWHERE = "-"
MEMBERS, PERSON = "members", "person"
# What the server reads by itself, beside the catalogue; and where it may stand.
SPECIAL: dict[str, str] = {
    "household_key": gettext_noop("which house it is (filled in by the phone)"),
    "person_key": gettext_noop("which person it is (filled in by the phone)"),
    "visit_outcome": gettext_noop("what came of the visit"),
    "visit_date": gettext_noop("the day of the visit"),
    "point": gettext_noop("the pin of the house on the map"),
    "member_event": gettext_noop("here, born, died, moved"),
    "event_date": gettext_noop("the day of that event"),
    "today": gettext_noop("the day of the visit"),
}
CLASHES: dict[str, str] = {
    "twice": gettext_noop("Two questions fill “%(label)s”. Choose one of them."),
    "kind": gettext_noop("“%(label)s” is %(wanted)s, but the question asks for something else."),
    "codes": gettext_noop(
        "Choices that the registry does not know for “%(label)s”: %(values)s. They stay in the form."
    ),
}
KINDS: dict[str, str] = {
    "date": gettext_noop("a date"),
    "yes_no": gettext_noop("yes or no"),
    "whole": gettext_noop("a whole number"),
    "number": gettext_noop("a number"),
    "baht": gettext_noop("an amount in baht"),
    "code": gettext_noop("one of a list"),
    "codes": gettext_noop("several of a list"),
}
# Kinds of attributes, and the types of questions that can fill them; what is not named takes anything.
_FIT: dict[str, frozenset[str]] = {
    "date": frozenset({"date", "dateTime", "string"}),
    "yes_no": frozenset({"select_one", "boolean", "trigger", "string"}),
    "whole": frozenset({"int", "decimal", "string", "select_one"}),
    "number": frozenset({"int", "decimal", "string"}),
    "baht": frozenset({"int", "decimal", "string"}),
    "code": frozenset({"select_one", "string", "int"}),
    "codes": frozenset({"select_multiple", "select_one", "string"}),
}
# What a type of question is offered for; its own name may say more, as far as _FIT allows.
_OFFERED: dict[str, frozenset[str]] = {
    "string": frozenset({"text", "name", "phone", "cid", "house_code", "date", "whole", "number", "baht"}),
    "int": frozenset({"whole", "number", "baht"}),
    "decimal": frozenset({"number", "baht", "whole", "lat", "lon"}),
    "date": frozenset({"date"}),
    "dateTime": frozenset({"date"}),
    "boolean": frozenset({"yes_no"}),
    "trigger": frozenset({"yes_no"}),
    "barcode": frozenset({"text", "cid", "house_code"}),
    "select_one": frozenset({"code", "yes_no", "whole", "text"}),
    "select_multiple": frozenset({"codes"}),
}
_NO_FACT = frozenset({"binary", "geotrace", "geoshape"})
_YES_NO = frozenset(["yes", "no", "1", "0", "true", "false"])
_SIGNS = re.compile(r"[\s.()\[\]{}\-–—/:;*_,'\"\\|?!]+")
_SAID_FIRST = re.compile(r"^(?:ข้อ\s*)?\d+[.)]\d*\s*")


@dataclass(frozen=True, slots=True)
class Use:
    """Where the answers of one question go. `why`: name, hand, special, or ""; `suggested` is what its label means."""

    field: Field
    applies: str  # person, household, or "" where it can fill nothing
    attribute: str = ""
    why: str = ""
    suggested: str = ""
    clashes: tuple[tuple[str, Mapping[str, str]], ...] = ()


def uses_of(form: XForm, by_hand: Mapping[str, str], language: str = "th") -> list[Use]:
    """Every question and hidden value of the form in its order, with where its answers go and what clashes."""
    found = [_use(field, by_hand.get(path), language) for path, field in form.fields.items()]
    times = Counter((use.applies, use.attribute) for use in found if use.attribute and use.why != "special")
    return [_with_clashes(use, times[use.applies, use.attribute] > 1, language) for use in found]


def applies_to(field: Field) -> str:
    """Whose attributes a question can fill: person, household; "" for photos, and in a repeat not of the members."""
    groups = field.path.split("/")[2:-1]
    if field.type in _NO_FACT:
        return ""
    if field.repeat is not None and not field.repeat.endswith(f"/{MEMBERS}"):
        return ""
    return "person" if MEMBERS in groups or PERSON in groups else "household"


def still_there(form: XForm, by_hand: Mapping[str, str]) -> dict[str, str]:
    """What of an earlier version's mapping still makes sense in this one."""
    return {
        path: attribute
        for path, attribute in by_hand.items()
        if path in form.fields and may_fill(form.fields[path], attribute)
    }


def may_fill(field: Field, attribute: str) -> bool:
    """Whether this attribute (or nothing, "-") can be chosen for the question."""
    applies = applies_to(field)
    return attribute == NOWHERE or (bool(applies) and attribute in fillable_by_forms(applies))


def offered(field: Field) -> list[str]:
    """The attributes that a question could fill by its type and its choices."""
    kinds = _OFFERED.get(field.type, frozenset())
    applies = applies_to(field)
    found = [catalogue().attributes[code] for code in fillable_by_forms(applies)] if applies else []
    return [about.code for about in found if about.kind in kinds and _choices_fit(field, about.kind, about.list)]


def _choices_fit(field: Field, kind: str, code_list: str) -> bool:
    """Whether at least one choice is one that the registry knows for the attribute; numbers want numbers."""
    if not field.choices:
        return True
    if kind == "whole":
        return all(choice.value.isdecimal() for choice in field.choices)
    return len(list(_unknown_choices(field, kind, code_list))) < len(field.choices)


def _use(field: Field, chosen: str | None, language: str) -> Use:
    applies = applies_to(field)
    if chosen == NOWHERE:
        return Use(field, applies, why="hand")
    if chosen:
        return Use(field, applies, chosen, "hand")
    if field.name in SPECIAL:
        return Use(field, applies, field.name, "special")
    if applies and field.name in fillable_by_forms(applies):
        return Use(field, applies, field.name, "name")
    asked = bool(field.control) and field.control != "trigger" and not field.readonly
    return Use(field, applies, suggested=_by_label(field, applies) if applies and asked else "")


def _with_clashes(use: Use, is_twice: bool, language: str) -> Use:
    about = catalogue().attributes.get(use.attribute)
    if about is None or use.why == "special":
        return use
    label = about.label(language)
    found: list[tuple[str, Mapping[str, str]]] = []
    if is_twice:
        found.append(("twice", {"label": label}))
    fit = _FIT.get(about.kind)
    if fit is not None and use.field.type not in fit:
        found.append(("kind", {"label": label, "wanted": KINDS[about.kind]}))
    unknown = sorted(_unknown_choices(use.field, about.kind, about.list))
    if unknown:
        found.append(("codes", {"label": label, "values": ", ".join(unknown[:8])}))
    return Use(use.field, use.applies, use.attribute, use.why, use.suggested, tuple(found))


def _unknown_choices(field: Field, kind: str, code_list: str) -> Iterator[str]:
    known = _YES_NO if kind == "yes_no" else catalogue().lists.get(code_list, {}) if code_list else None
    if known is None:
        return
    for choice in field.choices:
        if choice.value not in known:
            yield choice.value


def _by_label(field: Field, applies: str) -> str:
    """The attribute whose name, or another way to write it in lists, is the question itself; "" where none is."""
    for said in field.label.values():
        found = _writings(applies).get(_key(_SAID_FIRST.sub("", said)), "")
        if found:
            return found
    return ""


@cache
def _writings(applies: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for code in sorted(fillable_by_forms(applies)):
        about = catalogue().attributes[code]
        for word in (about.th, about.en, *about.synonyms):
            found.setdefault(_key(word), code)
    found.pop("", None)
    return found


def _key(text: str) -> str:
    """The form in which labels are compared: without spaces, signs and capital letters.

    >>> _key("วัน/เดือน/ปีเกิด *"), _key("เลข ๑๓ หลัก")
    ('วันเดือนปีเกิด', 'เลข13หลัก')
    """
    return _SIGNS.sub("", thai_digits_to_arabic(clean(text)).lower())
