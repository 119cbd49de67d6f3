"""Actions of the screens: lists that leave as files."""

from mudmai.pages.services.exporting import (
    MOST_AT_ONCE,
    begin_export,
    bytes_of_export,
    clear_exports,
    finish_export,
    pieces,
    write,
)
from mudmai.pages.services.rows import Rows

__all__ = [
    "MOST_AT_ONCE",
    "Rows",
    "begin_export",
    "bytes_of_export",
    "clear_exports",
    "finish_export",
    "pieces",
    "write",
]
