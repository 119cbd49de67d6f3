"""Scores put into bands, narrow where thresholds lie, so that a page can show how they are spread."""

from bisect import bisect_right

# Where each band begins; the last ends at 1.
BANDS: tuple[float, ...] = (0.0, 0.01, 0.1, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999)


def band_of(score: float) -> int:
    """The place of the band in which a score lies.

    >>> band_of(0.0), band_of(0.3), band_of(0.2999), band_of(1.0)
    (0, 3, 2, 12)
    """
    return max(0, bisect_right(BANDS, score) - 1)


def edges_of(band: int) -> tuple[float, float]:
    """From where to where a band goes.

    >>> edges_of(3), edges_of(12)
    ((0.3, 0.4), (0.999, 1.0))
    """
    return BANDS[band], BANDS[band + 1] if band + 1 < len(BANDS) else 1.0
