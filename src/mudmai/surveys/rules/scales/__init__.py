"""Scales and measures: one definition in scales.toml, from which server scores and forms for phones are made."""

from mudmai.surveys.rules.scales.model import Measure, Scale, measures, scales
from mudmai.surveys.rules.scales.pictures import picture_name, pictures
from mudmai.surveys.rules.scales.rows import measure_rows, scale_rows
from mudmai.surveys.rules.scales.scoring import Score, band, measured, score

__all__ = [
    "Measure", "Scale", "Score", "band", "measure_rows", "measured", "measures", "picture_name", "pictures",
    "scale_rows", "scales", "score",
]  # fmt: skip
