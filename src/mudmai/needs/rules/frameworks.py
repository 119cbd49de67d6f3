"""The frames into which results are sorted. See frameworks.toml."""

from mudmai.needs.rules.words import DIMENSIONS

__all__ = ["DIMENSIONS"]
