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
    ("merge", "staff"): _("%(who)s decided: %(left)s and %(right)s are one and the same."),
    ("merge", ""): _("%(left)s and %(right)s are one and the same."),
    ("different", "staff"): _("%(who)s decided: %(left)s and %(right)s are not the same."),
    ("different", ""): _("%(left)s and %(right)s are not the same."),
    ("withdraw", "staff"): _("%(who)s took back: %(left)s"),
    ("withdraw", ""): _("The machine took back by itself: %(left)s"),
    ("restore", ""): _("%(who)s put back: %(left)s"),
}


def sentence_of(kind: str, basis: str, words: Mapping[str, str]) -> str:
    """One decision in a sentence. `words`: who, left, right and percent.

    >>> sentence_of("merge", "staff", {"who": "Noi", "left": "A", "right": "B"})
    'Noi decided: A and B are one and the same.'
    """
    return str(SAID.get((kind, basis)) or SAID[kind, ""]) % words
