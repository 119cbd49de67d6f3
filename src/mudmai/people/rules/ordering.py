"""How house numbers are put in order."""

import re

_PARTS = re.compile(r"\d+|\D")


def house_sort_key(house_no: str) -> str:
    """Orders 2 before 10, and 12 before 12/3: each number padded to six digits. A house without number comes last.

    >>> sorted(["10", "12/3", "2", "12"], key=house_sort_key)
    ['2', '10', '12', '12/3']
    """
    return "".join(part.zfill(6) if part.isdecimal() else part for part in _PARTS.findall(house_no)) or "~"
