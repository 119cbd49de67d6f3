"""Chances as bits of evidence, and back."""

import math


def bits_of(probability: float) -> float:
    """A chance as bits of evidence.

    >>> bits_of(0.5), round(bits_of(0.99), 2)
    (0.0, 6.63)
    """
    return math.log2(probability / (1.0 - probability))


def probability_of(bits: float) -> float:
    """Bits of evidence as a chance between 0 and 1, with four decimals.

    >>> probability_of(0.0), probability_of(6.63), probability_of(-2000.0)
    (0.5, 0.99, 0.0)
    """
    if bits < -60:
        return 0.0
    return round(1.0 / (1.0 + math.pow(2.0, -min(bits, 60.0))), 4)
