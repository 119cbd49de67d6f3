"""Mudmai (หมุดหมาย): one shared database of households and people, pinned on a map."""

__version__ = "0.1.0"
