"""The way from an Excel file to the XForm, round by round until nothing is wrong or all of it is known."""

from datetime import datetime

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert as convert_sheets

from mudmai.surveys.rules.xform import NotAnXForm, XForm
from mudmai.surveys.rules.xlsform.checks import hints, misspelt, name_and_version, own_faults
from mudmai.surveys.rules.xlsform.fault import Converted, Fault, FormRefused
from mudmai.surveys.rules.xlsform.messages import faults_of, warnings_of
from mudmai.surveys.rules.xlsform.sheets import Sheets, read_sheets

ITEMSETS = "itemsets.csv"
_MOST_ROUNDS = 20  # so many faults of the converter are told at once


def convert(content: bytes, filename: str, *, now: datetime) -> Converted:
    """The XForm of an XLSForm file (.xlsx, .xls, .ods, .csv). Raises FormRefused, UnreadableFile."""
    sheets = read_sheets(content, filename)
    made = name_and_version(sheets, filename, now)
    faults = own_faults(sheets)
    if any(each.code == "header_twice" for each in faults):
        raise FormRefused(_in_order(faults))
    warnings: list[str] = []
    converter_faults, result = _converted(sheets, warnings)
    if faults or result is None:
        raise FormRefused(_in_order(faults + (misspelt(sheets) if result is None else []) + converter_faults))
    remarks = [*made, *hints(sheets), *misspelt(sheets), *warnings_of(warnings, sheets)]
    xform, itemsets = result
    files = {ITEMSETS: itemsets.encode()} if itemsets else {}
    try:
        form = XForm.parse(xform, files)
    except NotAnXForm as problem:
        raise FormRefused([Fault("other", params={"message": str(problem)})]) from problem
    if not form.fields:
        raise FormRefused([Fault("empty_survey", "survey")])
    return Converted(form.id, form.version, form.title, xform, remarks, files)


def _converted(sheets: Sheets, warnings: list[str]) -> tuple[list[Fault], tuple[str, str | None] | None]:
    """The XForm; or the faults, found one after the other by leaving out each row that is at fault."""
    faults: list[Fault] = []
    left_out: frozenset[tuple[str, int]] = frozenset()
    gone: set[str] = set()
    for _ in range(_MOST_ROUNDS):
        try:
            result = convert_sheets(sheets.definition(left_out), warnings=[] if faults else warnings, form_name="data")
        except PyXFormError as problem:
            found = [each for each in faults_of(problem, sheets) if not _follows(each, gone)]
        except Exception as problem:  # what pyxform did not foresee in somebody's file; it names the error, no place
            found = [Fault("other", params={"message": f"{type(problem).__name__}: {problem}"[:300]})]
        else:
            return faults, None if faults else (result.xform, result.itemsets)
        faults += found
        fresh = frozenset((each.sheet, each.row) for each in found if each.row and _may_leave_out(each, sheets))
        if not fresh or fresh <= left_out:
            break
        gone |= {sheets.cell(sheet, row, "name") for sheet, row in fresh if sheet == "survey"}
        left_out |= fresh
    return faults, None


def _follows(fault: Fault, gone: set[str]) -> bool:
    """Whether it only says that a row is missing which we left out ourselves."""
    return fault.code == "reference_unknown" and fault.params.get("value") in gone


def _may_leave_out(fault: Fault, sheets: Sheets) -> bool:
    kind = sheets.cell(fault.sheet, fault.row, "type").strip().lower()
    return fault.row >= sheets.first.get(fault.sheet, 0) and not kind.startswith(("begin", "end"))


def _in_order(faults: list[Fault]) -> list[Fault]:
    order = {"survey": 1, "choices": 2, "settings": 0}
    unique = {(each.code, each.sheet, each.row, each.column, *each.params.values()): each for each in faults}
    return sorted(unique.values(), key=lambda each: (order.get(each.sheet, 3), each.row))
