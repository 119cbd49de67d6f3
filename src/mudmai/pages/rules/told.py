"""A decision in one sentence, as an officer would tell it; names and rows are handed in as words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# By what was decided, and on what it rests; "" stands for every other ground.
SAID: dict[tuple[str, str], Promise] = {
    ("link", "staff"): _("%(who)s decided: %(left)s is %(right)s."),
    ("link", "cid"): _("%(left)s is %(right)s: the 13-digit id and the name agree."),
    ("link", "model"): _("%(left)s is %(right)s: the linkage model is %(percent)s sure."),
    ("link", ""): _("%(left)s is %(right)s, by a fixed rule."),
    ("merge", "staff"): _("%(who)s decided: %(left)s and %(right)s are one person."),
    ("merge", ""): _("%(left)s and %(right)s are one person."),
    ("different", "staff"): _("%(who)s decided: %(left)s and %(right)s are not the same person."),
    ("different", ""): _("%(left)s and %(right)s are not the same person."),
    ("withdraw", "staff"): _("%(who)s took back: %(left)s"),
    ("withdraw", ""): _("The machine took back by itself: %(left)s"),
    ("restore", ""): _("%(who)s put back: %(left)s"),
}
SAID_OF_HOUSES: dict[str, Promise] = {
    "merge": _("%(who)s decided: %(left)s and %(right)s are one house."),
    "different": _("%(who)s decided: %(left)s and %(right)s are not the same house."),
}


def sentence_of(kind: str, about: str, basis: str, words: Mapping[str, str]) -> str:
    """One decision in a sentence. `words`: who, left, right and percent."""
    told = SAID_OF_HOUSES.get(kind) if about == "household" else SAID.get((kind, basis))
    return str(told or SAID[kind, ""]) % words
