"""What a weight says, in words that an officer and a statistician both read."""

from typing import NamedTuple

from mudmai.kernel.words import gettext_noop as _
from mudmai.linkage.rules.model import Model, Weight
from mudmai.linkage.rules.words import COMPARED, FINDINGS

# Bits from which a finding speaks so, strongest first.
STRENGTHS = (
    (10.0, _("speaks very strongly for one person")),
    (5.0, _("speaks strongly for one person")),
    (1.0, _("speaks somewhat for one person")),
    (-1.0, _("says little")),
    (-4.0, _("speaks somewhat against")),
)
WEAKEST = _("speaks strongly against")
WIDEST = 20.0  # bits at which a bar is full


class Line(NamedTuple):
    """One finding: sentences in English, to be translated by the page."""

    code: str
    sentence: str
    same: str  # how often of one person, in percent
    strangers: str  # how often of two, "1 / 700" or in percent
    bits: float
    strength: str
    bar: float  # 0 to 100, whatever it speaks for
    change: float  # bits more than the weights it is compared with
    by_name: bool  # weighs more for rare values


class Part(NamedTuple):
    """One comparison with its findings, strongest first."""

    name: str
    label: str
    lines: list[Line]


def parts_of(model: Model, before: Model) -> list[Part]:
    """Every comparison of a model, in the order in which people check them, against another model."""
    return [
        Part(comparison.name, COMPARED[comparison.name], [
            _line(comparison.name, code, model.weights[comparison.name][code], before.weights[comparison.name][code])
            for code in comparison.findings
        ])
        for comparison in model.scheme.comparisons
    ]  # fmt: skip


def _line(name: str, code: str, weight: Weight, before: Weight) -> Line:
    bits = weight.bits
    strength = next((words for least, words in STRENGTHS if bits >= least), WEAKEST)
    return Line(
        code, FINDINGS[(name, code)], _percent(weight.m), share_in_words(weight.u), round(bits, 1), strength,
        round(min(abs(bits), WIDEST) / WIDEST * 100, 1), round(bits - before.bits, 1), weight.frequency,
    )  # fmt: skip


def _percent(share: float) -> str:
    return f"{100 * share:.2g}%" if share < 0.1 else f"{100 * share:.0f}%"


def share_in_words(share: float) -> str:
    """A share as people say it: in percent, or one in so many.

    >>> share_in_words(0.5), share_in_words(0.0015), share_in_words(0.0000024)
    ('50%', '1 / 670', '1 / 420,000')
    """
    if share >= 0.02:
        return f"{100 * share:.0f}%"
    of = 1 / share
    digits = 10 ** max(0, len(str(int(of))) - 2)
    return f"1 / {round(of / digits) * digits:,}"
