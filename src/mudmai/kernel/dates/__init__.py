"""Dates as Thai lists write them: Buddhist or Gregorian, whole or in part; ages; and how we show them.

Source: docs/rules/identifiers.md; reviewed 2569-11.
"""

from mudmai.kernel.dates.ages import Age, age, age_in_years, birth_from_age
from mudmai.kernel.dates.partial import PartialDate
from mudmai.kernel.dates.reading import thai_date
from mudmai.kernel.dates.showing import format_thai_date, format_thai_datetime, thai_month_year

__all__ = [
    "Age",
    "PartialDate",
    "age",
    "age_in_years",
    "birth_from_age",
    "format_thai_date",
    "format_thai_datetime",
    "thai_date",
    "thai_month_year",
]
