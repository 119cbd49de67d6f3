"""From an XLSForm, as somebody made it in Excel, to the XForm that phones fill in; or to everything wrong with it."""

from datetime import datetime

from mudmai.surveys.rules.xlsform.fault import MAX_BYTES, MAX_ROWS, Converted, Fault, FormRefused

__all__ = ["MAX_BYTES", "MAX_ROWS", "Converted", "Fault", "FormRefused", "convert"]


def convert(content: bytes, filename: str, *, now: datetime) -> Converted:
    """The XForm of an XLSForm file (.xlsx, .xls, .ods, .csv). Raises FormRefused, UnreadableFile."""
    # pyxform takes half a second to load, and most processes never convert a form.
    from mudmai.surveys.rules.xlsform import converting

    return converting.convert(content, filename, now=now)
