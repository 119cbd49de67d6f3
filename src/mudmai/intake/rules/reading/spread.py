"""House numbers that are written once and left blank for the others of the house below."""

from collections.abc import Sequence

from mudmai.intake.rules.tables import Row
from mudmai.kernel.text import is_blank

# Columns that say which house it is; they are spread together.
HOUSE_ATTRIBUTES = ("house_no", "house_code", "address", "soi", "road", "moo", "village_name")
_LEAST_BLANK = 0.25
_FEWEST_ROWS = 4


def spread_columns(rows: Sequence[Row], mapping: dict[str, int]) -> tuple[int, ...]:
    """The house columns that reach down over blanks; none where a blank means "not told".

    Told by: the first row has a number, many others have none, and they do not live in a house without a number
    (the house code is blank as well).
    """
    leading = next((mapping[code] for code in ("house_no", "address", "house_code") if code in mapping), None)
    if leading is None or len(rows) < _FEWEST_ROWS or ("full_name" not in mapping and "given_name" not in mapping):
        return ()
    if _blank(rows[0], leading) or sum(_blank(row, leading) for row in rows) < _LEAST_BLANK * len(rows):
        return ()
    others = [mapping[code] for code in HOUSE_ATTRIBUTES if code in mapping and mapping[code] != leading]
    empty = [row for row in rows if _blank(row, leading)]
    # A column that is told where the number is blank says something of its own.
    spread = [column for column in others if sum(_blank(row, column) for row in empty) >= 0.9 * len(empty)]
    if "house_code" in mapping and mapping["house_code"] != leading and mapping["house_code"] not in spread:
        return ()
    return (leading, *spread)


def _blank(row: Row, column: int) -> bool:
    return column >= len(row.cells) or is_blank(row.cells[column])
