"""Area codes of the Department of Provincial Administration (DOPA, กรมการปกครอง).

A code is a path: province 2 digits, district 4, tambon 6, village 8 (the last two are the moo number).
Communities (ชุมชน) of municipalities have 8 digits too, but stand under the municipality's registrar code,
whose third digit is 6 or more (5295 = เทศบาลตำบลเกาะคา), so that no community shares a prefix with a tambon.

Source: DOPA area codes, https://stat.bora.dopa.go.th/, and the code lists of geothai 3.2.1. Reviewed 2569-11.
"""

import re
from collections.abc import Iterable

BANGKOK = "10"
CODE_LENGTHS = (2, 4, 6, 8)

_WRITTEN = re.compile(r"(?:TH[-_ ]?)?(\d{2,8})(?:\.0)?\Z", re.IGNORECASE)
_FIRST_REGISTRAR_DIGIT = "6"
_LAST_MOO = 99


def level_of(code: str) -> int:
    """1 province, 2 district, 3 tambon, 4 village or community.

    >>> [level_of(code) for code in ("52", "5203", "520302", "52030203")]
    [1, 2, 3, 4]
    """
    return len(code) // 2


def clean_code(cell: object) -> str:
    """The digits of a code as files write it ("TH520302", "520302.0", 520302), or "" where it is none.

    >>> clean_code("TH520302"), clean_code(520302.0), clean_code("52 03 02"), clean_code("เกาะคา")
    ('520302', '520302', '520302', '')
    """
    found = _WRITTEN.match(str(cell).strip().replace(" ", "")) if cell is not None else None
    digits = found.group(1) if found else ""
    return digits if len(digits) in CODE_LENGTHS else ""


def ancestors(code: str) -> list[str]:
    """The codes above this one and itself, province first.

    >>> ancestors("520302")
    ['52', '5203', '520302']
    """
    return [code[:length] for length in CODE_LENGTHS if length <= len(code)]


def is_community(code: str) -> bool:
    """Whether an 8-digit code is of a municipality's community and not of a village.

    >>> is_community("52950001"), is_community("52030203")
    (True, False)
    """
    return len(code) == 8 and code[2] >= _FIRST_REGISTRAR_DIGIT


def moo_of(code: str) -> int | None:
    """The moo number in a village's code; None for anything else.

    >>> moo_of("52030203"), moo_of("520302"), moo_of("52950001")
    (3, None, None)
    """
    return int(code[6:]) if len(code) == 8 and not is_community(code) else None


def village_code(tambon: str, moo: int) -> str:
    """The code of the village with this moo number; "" where no village can have it."""
    return f"{tambon}{moo:02d}" if len(tambon) == 6 and 0 < moo <= _LAST_MOO else ""


def next_prefix(prefix: str) -> str:
    """The first code that no longer starts with `prefix`; "" where every greater code does.

    >>> next_prefix("5203"), next_prefix("5299"), next_prefix("99")
    ('5204', '5300', '')
    """
    following = str(int(prefix) + 1).zfill(len(prefix)) if prefix else ""
    return following if len(following) == len(prefix) else ""


def outermost(prefixes: Iterable[str]) -> list[str]:
    """The prefixes without those that lie inside another one, sorted.

    >>> outermost(["520302", "52", "84", "5203"])
    ['52', '84']
    """
    kept: list[str] = []
    for prefix in sorted(set(prefixes)):
        if not kept or not prefix.startswith(kept[-1]):
            kept.append(prefix)
    return kept
