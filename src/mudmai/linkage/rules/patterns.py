"""Kinds of questions: what was found, in one word, and which kinds a person may answer many of at once."""

from collections.abc import Mapping
from typing import Any

# Reasons that only say "not quite enough": two ids, twins, a copied id or several candidates are looked at one by one,
# and so is whatever reason is thought of later.
PLAIN_REASONS = frozenset({"unsure", "near_name"})
# Findings that contradict "the same person", whatever the reason says. Brothers and sisters have names that are
# somewhat alike, too.
AGAINST = frozenset(
    {
        "cid=different", "sex=different", "birth=different", "birth=generation", "given=different", "given=loose",
        "family=different", "phone=different",
    }
)  # fmt: skip
LEAST_SCORE = 0.5  # below, "the same" is not even likely
MOST_AT_ONCE = 100  # each is a decision of its own, and all are folded while the officer waits


def pattern_of(evidence: Mapping[str, Mapping[str, Any]]) -> str:
    """The reason and the findings as one word, in a fixed order; "" where nothing was written down.

    >>> pattern_of({"why": {"level": "unsure"}, "given": {"level": "sound", "weight": 9.1}, "house": {"level": "same"}})
    'unsure:given=sound,house=same'
    """
    found = [f"{name}={evidence[name]['level']}" for name in sorted(evidence) if name != "why"]
    reason = str(evidence.get("why", {}).get("level", ""))
    return f"{reason}:{','.join(found)}"[:200] if found else ""


def parted(pattern: str) -> tuple[str, list[tuple[str, str]]]:
    """The reason, and (comparison, finding) of a pattern.

    >>> parted("unsure:given=sound,house=same")
    ('unsure', [('given', 'sound'), ('house', 'same')])
    """
    reason, _sign, rest = pattern.partition(":")
    pairs = (each.partition("=") for each in rest.split(",") if each)
    return reason, [(name, level) for name, _equals, level in pairs]


def may_be_bulk(pattern: str) -> bool:
    """Whether many questions of this kind may be answered at once: nothing in it speaks against.

    >>> may_be_bulk("unsure:given=sound,birth=exact,house=same"), may_be_bulk("two_ids:cid=different,given=exact")
    (True, False)
    """
    reason, found = parted(pattern)
    return reason in PLAIN_REASONS and bool(found) and not any(f"{a}={b}" in AGAINST for a, b in found)
