"""Reads rows of a list into drafts of records, as its layout says. Pure, and compiled once per shape of table."""

from mudmai.intake.rules.reading.draft import Draft
from mudmai.intake.rules.reading.rows import RowReader, Setting
from mudmai.intake.rules.reading.spread import spread_columns

__all__ = ["Draft", "RowReader", "Setting", "spread_columns"]
