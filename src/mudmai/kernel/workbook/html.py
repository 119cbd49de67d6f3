"""Reads the tables of a web page; many offices' systems "export to Excel" by naming such a page .xls."""

import re

from lxml import etree
from lxml import html as lxml_html

from .errors import BrokenFile, IsWebPage, TooLarge
from .limits import MAX_CELLS, MAX_ROWS, MAX_UNPACKED_BYTES
from .model import Area, Cell, Remark, Sheet
from .text_encoding import decode

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_XML_PROLOG = re.compile(r"^\s*<\?xml[^>]*\?>")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_MAX_SPAN = 1000
_LINE_ENDS = {"br", "p", "div", "tr", "li"}


def looks_like_html(data: bytes) -> bool:
    """Whether it starts as a web page (in any encoding)."""
    start = data[:65536].replace(b"\0", b"").lower()
    return start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] == b"<" and any(
        tag in start for tag in (b"<html", b"<table", b"<!doctype html", b"<body", b"<tr")
    )


def read_html(data: bytes, filename: str) -> tuple[list[Sheet], list[Remark]]:
    """Each table of the page as a sheet, in their order."""
    declared = _CHARSET.search(data[:8192])
    text, remarks = decode(data, declared.group(1).decode("ascii") if declared else None)
    try:
        page = lxml_html.document_fromstring(_XML_PROLOG.sub("", text).replace("\0", ""))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise BrokenFile(filename=filename) from error
    tables = [table for table in page.iter("table") if _is_outermost(table)]
    chosen = [inner for table in tables for inner in _data_tables(table)]
    if not chosen:
        raise IsWebPage(filename=filename)
    title = (page.findtext(".//title") or "").strip()
    sheets = []
    for i, table in enumerate(chosen, 1):
        rows, merged = _grid(table, filename)
        sheets.append(Sheet(title if title and len(chosen) == 1 else f"Table {i}", rows, merged))
    return sheets, remarks


def _is_outermost(table: etree._Element) -> bool:
    return next(table.iterancestors("table"), None) is None


def _own_rows(table: etree._Element) -> list[etree._Element]:
    return [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]


def _data_tables(table: etree._Element) -> list[etree._Element]:
    """The table itself, or the ones inside where it only lays out the page."""
    inner = [t for t in table.iter("table") if next(t.iterancestors("table"), None) is table]
    longest = max((len(_own_rows(t)) for t in inner), default=0)
    if longest > len(_own_rows(table)):
        return [found for t in inner for found in _data_tables(t)]
    return [table]


def _grid(table: etree._Element, filename: str) -> tuple[list[list[Cell]], list[Area]]:
    rows: list[list[Cell]] = []
    merged: list[Area] = []
    taken: dict[int, int] = {}  # column -> rows for which a cell from above still reaches down
    cells = 0
    for r, tr in enumerate(_own_rows(table)):
        row: list[Cell] = []
        for td in tr.iterchildren("td", "th"):
            while taken.get(len(row), 0) > 0:
                row.append("")
            down, right = _span(td, "rowspan"), _span(td, "colspan")
            if down > 1 or right > 1:
                merged.append((r, len(row), r + down - 1, len(row) + right - 1))
            for column in range(len(row), len(row) + right):
                taken[column] = down
            row.extend([_text(td), *[""] * (right - 1)])
        taken = {column: left - 1 for column, left in taken.items() if left > 1}
        rows.append(row)
        cells += len(row)
        if cells > 2 * MAX_CELLS or len(rows) > MAX_ROWS:
            raise TooLarge(filename=filename, limit=MAX_CELLS // 1_000_000, megabytes=MAX_UNPACKED_BYTES >> 20)
    last = len(rows) - 1
    return rows, [(r1, c1, min(r2, last), c2) for r1, c1, r2, c2 in merged]


def _span(td: etree._Element, attribute: str) -> int:
    value = (td.get(attribute) or "1").strip()
    return max(1, min(int(value), _MAX_SPAN)) if value.isdecimal() and len(value) < 9 else 1


def _text(td: etree._Element) -> str:
    """The text of a cell as it is seen: line breaks only where the page breaks the line."""
    parts: list[str] = []
    for event, element in etree.iterwalk(td, events=("start", "end")):
        if not isinstance(element.tag, str):
            if event == "end" and element is not td:
                parts.append(_SPACES.sub(" ", element.tail or ""))
            continue
        hidden = element.tag in ("script", "style")
        if event == "start":
            parts.append("\n" if element.tag in _LINE_ENDS else "")
            parts.append("" if hidden else _SPACES.sub(" ", element.text or ""))
        elif element is not td:
            parts.append("\n" if element.tag in _LINE_ENDS - {"br"} else "")
            parts.append(_SPACES.sub(" ", element.tail or ""))
    text = "".join(parts).replace("\xa0", " ")
    return "\n".join(line for line in (_SPACES.sub(" ", line).strip() for line in text.split("\n")) if line)
