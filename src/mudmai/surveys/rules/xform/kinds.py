"""What an answer of each data type may look like.

Source: https://getodk.github.io/xforms-spec/#data-types and the codecs of @getodk/xforms-engine 0.22; reviewed 2569-11.
"""

import re
from collections.abc import Callable
from datetime import date, time

from .xpath.functions.shapes import points_of
from .xpath.values import moment

_INT = re.compile(r"[+-]?\d{1,10}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_TIME = re.compile(r"(\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(?:Z|[+-]\d{2}(?::?\d{2})?)?", re.ASCII)
# The name of a file in the submission: no folders, nothing that means something to a shell or a browser.
_FILE_NAME = re.compile(r"[^/\\\x00-\x1f<>:\"|?*]{1,200}")


def is_int(told: str) -> bool:
    return bool(_INT.fullmatch(told)) and -(2**31) <= int(told) < 2**31


def is_decimal(told: str) -> bool:
    return bool(_DECIMAL.fullmatch(told))


def is_boolean(told: str) -> bool:
    return told in ("true", "false", "1", "0")


def is_date(told: str) -> bool:
    """A day, perhaps with a time behind it, as some clients send."""
    try:
        date.fromisoformat(told[:10])
    except ValueError:
        return False
    return len(told) == 10 or moment(told) is not None


def is_time(told: str) -> bool:
    match = _TIME.fullmatch(told)
    if match is None:
        return False
    try:
        time.fromisoformat(match[1])
    except ValueError:
        return False
    return True


def is_datetime(told: str) -> bool:
    day, mark, rest = told.partition("T")
    return bool(mark) and is_date(day) and is_time(rest)


def is_point(told: str) -> bool:
    """Latitude, longitude, height and accuracy in degrees and metres; accuracy is not below nought."""
    parts = told.split()
    return ";" not in told and points_of(told) is not None and (len(parts) < 4 or float(parts[3]) >= 0)


def is_line(told: str) -> bool:
    found = points_of(told)
    return found is not None and len(found) >= 2


def is_shape(told: str) -> bool:
    found = points_of(told)
    return found is not None and len(found) >= 3 and found[0] == found[-1]


def is_file_name(told: str) -> bool:
    return bool(_FILE_NAME.fullmatch(told)) and told.strip(". ") != ""


TYPES: dict[str, Callable[[str], bool]] = {
    "int": is_int,
    "decimal": is_decimal,
    "boolean": is_boolean,
    "date": is_date,
    "time": is_time,
    "dateTime": is_datetime,
    "geopoint": is_point,
    "geotrace": is_line,
    "geoshape": is_shape,
    "binary": is_file_name,
}
