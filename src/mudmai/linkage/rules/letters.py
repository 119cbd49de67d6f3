"""Where two writings of one value differ, letter by letter, so that the eye finds it."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

# A letter with the vowels and tone marks above and below it: they are one to the eye, and are marked together.
_LETTER = re.compile(r".[ัิ-ฺ็-๎]*", re.DOTALL)
LEAST_ALIKE = 0.6


class Piece(NamedTuple):
    """Some letters; `differs` where the other side has others."""

    text: str
    differs: bool


def pieces(left: str, right: str) -> tuple[list[Piece], list[Piece]]:
    """Both values cut where they differ; whole and unmarked where they have too little in common.

    >>> left, right = pieces("สมหญิง", "สมญิง")
    >>> [piece.text for piece in left], [piece.text for piece in left if piece.differs]
    (['สม', 'ห', 'ญิง'], ['ห'])
    >>> [piece.differs for side in pieces("มาลี", "สมชาย") for piece in side]
    [False, False]
    """
    a, b = _LETTER.findall(left), _LETTER.findall(right)
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if left == right or matcher.ratio() < LEAST_ALIKE:
        return [Piece(left, False)], [Piece(right, False)]
    cut_left: list[Piece] = []
    cut_right: list[Piece] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        _add(cut_left, "".join(a[i:j]), tag != "equal")
        _add(cut_right, "".join(b[k:m]), tag != "equal")
    return cut_left, cut_right


def _add(cut: list[Piece], text: str, differs: bool) -> None:
    if not text:
        return
    if cut and cut[-1].differs == differs:
        text = cut.pop().text + text
    cut.append(Piece(text, differs))
