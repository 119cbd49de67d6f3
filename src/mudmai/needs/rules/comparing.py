"""Comparing two registers: what can be compared, the comparisons that are asked for every month, and why somebody is
in one and not in the other. Pure.

Source:  ThaiQM and TPMAP are compared so, both ways (reference §1.5.5); reasons are what a registrar looks up by hand;
         reviewed 2569-11.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from mudmai.access.rules import DataClass
from mudmai.kernel import dates
from mudmai.needs.rules.words import DIMENSIONS, GROUPS
from mudmai.people.rules.catalogue import NONE_TOLD, catalogue

FACT, KIND, LIST, STATE, NEED = "fact", "kind", "list", "state", "need"
_CODE = re.compile(r"(fact|kind|list|state|need):([A-Za-z0-9_=.-]{1,80})")

STATES: dict[str, Promise] = {
    "living": _lazy("lives here"),
    "gone": _lazy("dead, moved away or left"),
    "dead": _lazy("dead"),
    "moved": _lazy("moved away"),
    "left": _lazy("left the register, to be checked"),
    "absent": _lazy("registered but absent"),
}
POOR, RED = "poor", "red"
# Sources that tell of health by the mere name of the list.
_OF_HEALTH = frozenset({"bedridden_list", "ltc_list", "diaper_list"})
# Sources that are no list but many visits: whoever was told of at any time counts.
TOLD_AT_ANY_TIME = frozenset({"home_visit", "volunteer_survey", "bmn_survey", "assembly"})
NO_LISTS = frozenset({"staff", "agency_api", "other_list"})
# Values of code lists that lists are filtered by, as people.queries.FACT_FILTERS names them.
CODED = ("adl_group=bedridden", "adl_group=homebound", "need_urgency=9", "caregiver_state=none")


class Term(NamedTuple):
    """One side of a comparison as it stands in an address: `fact:tpmap_poor`, `kind:tpmap`, `need:poor`."""

    what: str
    code: str

    def __str__(self) -> str:
        return f"{self.what}:{self.code}"


def term_of(text: str) -> Term | None:
    """The side that was asked for; None for what is none.

    >>> term_of("fact:tpmap_poor"), term_of("fact:aids_diagnosed"), term_of("../etc")
    (Term(what='fact', code='tpmap_poor'), None, None)
    """
    found = _CODE.fullmatch(text)
    if found is None:
        return None
    term = Term(found[1], found[2])
    known = {
        FACT: facts_compared(),
        KIND: kinds_compared(),
        STATE: list(STATES),
        NEED: needs_compared(),
        LIST: [term.code] if re.fullmatch(r"[0-9a-f]{32}", term.code) else [],
    }[term.what]
    return term if term.code in known else None


def facts_compared() -> list[str]:
    """Facts that can be a side: yes or no, or one value of a code, of those that lists are filtered by.

    What is strictly guarded stands on no list and so in no comparison.
    """
    plain = [
        each.code
        for each in catalogue().attributes.values()
        if each.indexed and each.applies == "person" and each.kind == "yes_no" and each.data_class != DataClass.GUARDED
    ]
    coded = [each for each in CODED if _has_value(*each.split("="))]
    return [*plain, *coded]


def _has_value(code: str, value: str) -> bool:
    attribute = catalogue().attributes.get(code)
    return attribute is not None and attribute.indexed and value in catalogue().lists.get(attribute.list, {})


def kinds_compared() -> list[str]:
    """Kinds of source of which one can ask who stands on the newest."""
    guarded = {
        kind.code
        for kind in catalogue().kinds.values()
        for code in kind.says
        if catalogue().attributes[code].data_class == DataClass.GUARDED
    }
    return [code for code in catalogue().kinds if code not in NO_LISTS | guarded]


def needs_compared() -> list[str]:
    return [POOR, RED, *(f"failed-{each}" for each in DIMENSIONS), *(f"group-{each}" for each in GROUPS)]


def class_of_kind(kind: str) -> str:
    """The class of data that standing on such a list tells of."""
    if kind in _OF_HEALTH:
        return DataClass.HEALTH.value
    said = [catalogue().attributes[code].data_class for code in catalogue().kinds[kind].says]
    return str(said[0]) if said else DataClass.SOCIAL.value


def label_of(term: Term, language: str) -> str:
    """A side in words; a single list is named by whoever finds it."""
    if term.what == FACT:
        code, _equals, value = term.code.partition("=")
        named = catalogue().attributes[code]
        return catalogue().lists[named.list][value].label(language) if value else named.label(language)
    if term.what == KIND:
        kind = catalogue().kinds[term.code].label(language)
        return kind if term.code in TOLD_AT_ANY_TIME else _("on the newest “%(list)s”") % {"list": kind}
    if term.what == STATE:
        return str(STATES[term.code])
    if term.code == POOR:
        return _("found poor here")
    if term.code == RED:
        return _("in a red case")
    what, _dash, which = term.code.partition("-")
    if what == "failed":
        return _("found to fail in %(dimension)s") % {"dimension": DIMENSIONS[which]}
    return _("in the group “%(group)s”") % {"group": GROUPS[which]}


class Ready(NamedTuple):
    """A comparison that is asked for often: its two sides, and the part that is the work."""

    code: str
    first: Term
    second: Term
    title: Promise
    part: str
    work: Promise


READY: tuple[Ready, ...] = (
    Ready(
        "tpmap_poor", Term(FACT, "tpmap_poor"), Term(NEED, POOR), _lazy("TPMAP and what was found here"),
        "only_second", _lazy("Found poor here, but not in TPMAP: propose them"),
    ),
    Ready(
        "tpmap_gone", Term(FACT, "tpmap_poor"), Term(STATE, "gone"), _lazy("TPMAP and who is gone"),
        "both", _lazy("In TPMAP, but dead, moved away or left: have them taken off"),
    ),
    Ready(
        "old_age_gone", Term(FACT, "old_age_allowance"), Term(STATE, "gone"),
        _lazy("Old-age allowance and who is gone"), "both", _lazy("On the payees' list, but dead, moved away or left"),
    ),
    Ready(
        "disability_gone", Term(FACT, "disability_allowance"), Term(STATE, "gone"),
        _lazy("Disability allowance and who is gone"), "both",
        _lazy("On the payees' list, but dead, moved away or left"),
    ),
    Ready(
        "disabled_paid", Term(FACT, "disability_registered"), Term(FACT, "disability_allowance"),
        _lazy("Disability register and allowance"), "only_first", _lazy("Registered as disabled, but no allowance"),
    ),
    Ready(
        "card_tpmap", Term(FACT, "state_welfare_card"), Term(FACT, "tpmap_poor"),
        _lazy("State welfare card and TPMAP"), "only_first", _lazy("Holds a card, but is not in TPMAP"),
    ),
    Ready(
        "bedridden_visited", Term(FACT, "adl_group=bedridden"), Term(KIND, "home_visit"),
        _lazy("Bedridden people and home visits"), "first_unsure", _lazy("Bedridden, and no home visit is told"),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Circumstances:
    """What is known of a person that may explain why a list has her and another has not."""

    status: str = "alive"
    died_on: str = ""  # ISO, perhaps partial
    absent: bool = False
    has_house: bool = True
    home: str = ""  # area where registered, else where she lives
    lives: str = ""  # area where she lives
    registered: str = ""  # area of the house where she is registered, "" where that is not known
    born: str = ""  # ISO, perhaps partial
    told_first: date | None = None
    by_name: bool = False  # no record that puts her on the side where she is carries the 13-digit id


@dataclass(frozen=True)
class OtherSide:
    """The side on which the person is not, or of which it is not known."""

    what: str
    name: str
    list_day: date | None = None  # of the complete list that covers her home
    any_complete: bool = False  # there is a complete list somewhere
    unsure: bool = False  # it is not known whether she is on this side
    at_any_time: bool = False  # the side is no list, but whoever was told of at any time


class Reason(NamedTuple):
    code: str
    sentence: str


def reasons(person: Circumstances, other: OtherSide | None) -> list[Reason]:
    """Why she may be in the one and not in the other, surest first; [] where nothing is known.

    `other` is None where she is in both: then only what became of her is told.
    """
    found = [*_became(person)]
    if other is None:
        return found
    if other.list_day is not None:
        found += _by_day(person, other.list_day)
    if person.registered and person.lives and not person.registered.startswith(person.lives[:6]):
        found.append(Reason("registered_elsewhere", _("registered in another tambon")))
    if not person.has_house and person.status == "alive":
        found.append(Reason("no_house", _("the house is not known")))
    if other.what == NEED and person.status == "alive" and person.has_house:
        if other.unsure:
            found.append(Reason("not_asked", _("the house was not asked enough to say whether it is so")))
        else:
            found.append(Reason("asked", _("the house was asked, and is not so")))
    if other.unsure:
        found += _not_told(other)
    if person.by_name:
        found.append(Reason("by_name", _("matched by name, not by the 13-digit id: it may be somebody else")))
    return found


def _not_told(other: OtherSide) -> list[Reason]:
    """Why it is not known whether she is on the other side."""
    if other.at_any_time:
        return [Reason("not_told", _("nothing is told by “%(source)s”") % {"source": other.name})]
    if other.what not in (FACT, KIND, LIST) or other.list_day is not None:
        return []
    if other.any_complete:
        return [Reason("not_covered", _("no complete “%(list)s” covers the home") % {"list": other.name})]
    words = _("no complete “%(list)s” is here, so absence says nothing")
    return [Reason("no_list", words % {"list": other.name})]


def _became(person: Circumstances) -> list[Reason]:
    if person.status == "dead":
        day = thai_day(person.died_on)
        words = _("died on %(day)s") % {"day": day} if day else _("is dead; the day is not known")
        return [Reason("dead", words)]
    if person.status == "moved":
        return [Reason("moved", _("moved away"))]
    if person.status == "left":
        return [Reason("left", _("left the civil register; nobody has seen the person since"))]
    return [Reason("absent", _("is away: registered here, lives elsewhere"))] if person.absent else []


def _by_day(person: Circumstances, day: date) -> list[Reason]:
    found = []
    if person.born and person.born > day.isoformat()[: len(person.born)]:
        words = _("born after the day of the list (%(day)s)") % {"day": thai_day(day.isoformat())}
        found.append(Reason("born_later", words))
    elif person.told_first is not None and person.told_first > day:
        words = _("told of for the first time on %(first)s, after the day of the list (%(day)s)")
        found.append(
            Reason(
                "newer", words % {"first": thai_day(person.told_first.isoformat()), "day": thai_day(day.isoformat())}
            )
        )
    return found


def thai_day(iso: str) -> str:
    """A day, as exact as it is known, as it stands in a sentence of the reader's language."""
    if not iso or iso == NONE_TOLD:
        return ""
    return dates.format_thai_date(iso) if (get_language() or "th").startswith("th") else iso
