"""Writes .xlsx and .ods files as other programs write them, for tests of the reader."""

import zipfile
from io import BytesIO

import xlsxwriter

ROWS: list[list[object]] = [["ชื่อ-สกุล", "อายุ"], ["นางสมศรี ใจงาม", 71.0], ["นายบุญมา แก้วคำ", 80.5]]


def xlsx(rows: list[list[object]], **options: object) -> tuple[BytesIO, xlsxwriter.Workbook, object]:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet("ทะเบียน")
    for i, row in enumerate(rows):
        sheet.write_row(i, 0, row)
    return out, book, sheet


def ods(content: str) -> bytes:
    out = BytesIO()
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    calc = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f'<office:document-content {spaces} {calc} office:version="1.2"><office:body><office:spreadsheet>'
            f"{content}</office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


def ods_cell(value: object, attributes: str = "") -> str:
    if isinstance(value, float):
        return f'<table:table-cell office:value-type="float" office:value="{value}" {attributes}/>'
    if not value:
        return "<table:table-cell/>"
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{value}</text:p></table:table-cell>'


def ods_table(*rows: str) -> str:
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return f'<table:table table:name="ทะเบียน">{lines}</table:table>'
