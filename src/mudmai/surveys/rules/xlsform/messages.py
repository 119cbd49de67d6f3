"""What pyxform says, as faults: its English sentences are recognised by their own templates.

Source:  the messages in the source of pyxform 4.5 (errors.ErrorCode, and what is raised beside it); reviewed 2569-11.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from string import Formatter

from pyxform.errors import ErrorCode, PyXFormError

from mudmai.surveys.rules.xlsform.fault import Fault
from mudmai.surveys.rules.xlsform.sheets import Sheets
from mudmai.surveys.rules.xlsform.spelling import close_to, close_type

# The templates of pyxform by their name, and our fault.
_BY_CODE: dict[str, str] = {
    "HEADER_001": "header_row_missing",
    "HEADER_002": "header_same",
    "HEADER_003": "header_missing",
    "HEADER_004": "header_bad",
    "HEADER_005": "entities",
    "LABEL_001": "choice_label_missing",
    "NAMES_001": "name_twice",
    "NAMES_002": "name_alike",
    "NAMES_003": "name_of_root",
    "NAMES_004": "repeat_name_twice",
    "NAMES_005": "name_meta",
    "NAMES_006": "choice_name_missing",
    "NAMES_007": "choice_twice",
    "NAMES_008": "name_characters",
    "NAMES_009": "name_characters",
    "NAMES_013": "similar_sheet",
    "PYREF_001": "reference_broken",
    "PYREF_002": "reference_broken",
    "PYREF_003": "reference_unknown",
    "PYREF_004": "reference_unclear",
    "SURVEY_001": "end_without_begin",
    "SURVEY_002": "begin_without_end",
    **{code.name: "parameters" for code in ErrorCode if code.name.startswith(("RANGE_", "SURVEY_00"))
       and code.name not in ("SURVEY_001", "SURVEY_002")},
    **{code.name: "entities" for code in ErrorCode if code.name.startswith("ENTITY_")},
    **dict.fromkeys(("NAMES_010", "NAMES_011", "NAMES_012", "NAMES_014", "NAMES_015"), "entities"),
}  # fmt: skip
# Sentences that have no template: what they look like, and our fault.
_BY_WORDS: tuple[tuple[str, str], ...] = (
    (r"You must have a sheet named", "no_survey_sheet"),
    (r"Question with no type", "type_missing"),
    (r"Unknown question type '(?P<value>[^']*)'", "type_unknown"),
    (r"Question or group with no name|Repeat loop without list name", "name_missing"),
    (r"Audits must always be named", "audit_named"),
    (r"Missing calculation", "calculation_missing"),
    (r"The survey element named '(?P<name>[^']*)' has no label or hint", "label_missing"),
    (r"To use big-image.*element named (?P<name>\S+)\.$", "big_image"),
    (r"There should be a choices sheet", "choices_sheet_missing"),
    (r"There should be an external_choices sheet", "choices_sheet_missing"),
    (r"List name not in external choices sheet: (?P<value>.*)", "external_list_missing"),
    (r"List name not in (?:choices|columns) sheet: (?P<value>.*)", "list_missing"),
    (r"Choice names with spaces.*See \[(?P<value>.*)\] in \[(?P<list>.*)\]", "choice_space"),
    (r"File name for '\S+ (?P<value>[^']*)' should end", "choice_file_kind"),
    (r"Choice filter not supported with or_other|specify choices for this 'or other'", "or_other"),
    (r"table.list", "table_list"),
    (r"using? 'search\(\)'|uses 'search\(\)'", "search_use"),
    (r"There is no survey element named '(?P<value>[^']*)'", "reference_unknown"),
    (r"There are multiple survey elements named '(?P<value>[^']*)'", "reference_unclear"),
    (r"is not user-visible", "trigger_hidden"),
    (r"For 'background-geopoint' questions", "geopoint_trigger"),
    (r"[Pp]arameter|must be set to true or false|Invalid value for \w+\.$|value must be a number", "parameters"),
    (r"Row without name, text, or label", "row_skipped"),
    (r"has no label", "group_without_label"),
    (r"'disabled' column", "disabled"),
    (r"(?P<value>\S+) is no longer supported on most devices", "old_metadata"),
    (r"Language '(?P<language>.*)' is missing the (?P<columns>.*)\.", "language_missing"),
    (r"machine-readable codes: (?P<value>.*?)\. Learn", "language_code"),
)
# Remarks that say nothing to us: phones of ours make photos small by themselves; the other one is our own hint.
_QUIET = ("max-pixels", "select one external is only meant")
_ROW = re.compile(r"\[row : (\d+)\]")
_SHEET = re.compile(r"On the '(\w+)' sheet|for sheet: '(\w+)'")
_PLACES = re.compile(r"%\((\w+)\)s")
_OUR_NAMES = {"q": "value", "sheet": "wanted"}
# Where pyxform names no row: the sheet and column to look for what it names, its name there, and the column at fault.
_LOOKED_UP: dict[str, tuple[str, str, str, str]] = {
    "label_missing": ("survey", "name", "name", "label"),
    "big_image": ("survey", "name", "name", "big-image"),
    "type_unknown": ("survey", "type", "value", "type"),
    "choice_space": ("choices", "name", "value", "name"),
}
_COLUMNS = {"parameters": "parameters", "list_missing": "type", "external_list_missing": "type"}
_SHEETS = {"choices_sheet_missing": "choices", "similar_sheet": "", "no_survey_sheet": ""}


@lru_cache(maxsize=1)
def _templates() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((code, re.compile(_pattern(ErrorCode[code].value.msg), re.DOTALL)) for code in _BY_CODE)


def _pattern(template: str) -> str:
    """A template as an expression that finds its places again."""
    parts, seen = [], set()
    for words, place, _spec, _conversion in Formatter().parse(template):
        parts.append(re.escape(words))
        if place is not None:
            parts.append(r".+?" if place in seen else f"(?P<{place}>.+?)")
            seen.add(place)
    return "".join(parts) + "$"


def faults_of(problem: PyXFormError, sheets: Sheets) -> list[Fault]:
    """The faults that an error of pyxform tells of; it may join several, one a line."""
    message = str(problem)
    lines = message.split("\n") if message.count("[row : ") > 1 else [message]
    return [_fault(line, sheets) or Fault("other", *_place(line), params={"message": _bare(line)}) for line in lines]


def warnings_of(messages: list[str], sheets: Sheets) -> list[Fault]:
    """What pyxform only remarks on."""
    found = []
    for message in messages:
        if any(word in message for word in _QUIET):
            continue
        lines = message.split("\n") if message.startswith("Language '") else [message]
        for line in lines:
            fault = _fault(line, sheets)
            found.append(fault or Fault("other_warning", *_place(line), params={"message": _bare(line)}))
    return found


def _fault(message: str, sheets: Sheets) -> Fault | None:
    code, told = _recognised(message)
    if not code:
        return None
    sheet, row = _place(message)
    column = told.get("column") or _COLUMNS.get(code, "")
    if code in _LOOKED_UP:
        sheet, searched, key, column = _LOOKED_UP[code]
        row = sheets.row_where(sheet, searched, told[key])
    elif code in _SHEETS:
        sheet = _SHEETS[code]
    params = {_OUR_NAMES.get(name, name): text for name, text in told.items()}
    params = {
        "value": sheets.cell(sheet, row, column or "name"),
        "name": "",
        "header": column,
        "column": column,
    } | params
    params["message"] = _bare(message)
    if code == "no_survey_sheet":
        params["sheets"] = ", ".join(sheets.names)
    if code == "type_unknown":
        params["close"] = close_type(params["value"])
    fault = Fault(code, sheet, row, column)
    wanted = set(_PLACES.findall(fault.what + fault.cure))
    return replace(fault, params={name: text for name, text in params.items() if name in wanted})


def _recognised(message: str) -> tuple[str, dict[str, str]]:
    for name, pattern in _templates():
        found = pattern.search(message)
        if found:
            return _BY_CODE[name], found.groupdict()
    for words, code in _BY_WORDS:
        found = re.search(words, message, re.DOTALL)
        if found:
            return code, found.groupdict()
    return "", {}


def _place(message: str) -> tuple[str, int]:
    row, sheet = _ROW.search(message), _SHEET.search(message)
    name = next(filter(None, sheet.groups())) if sheet else "survey" if row else ""
    return name, int(row.group(1)) if row else 0


def _bare(message: str) -> str:
    """The sentence without its place, which the fault tells by itself."""
    return _SHEET.sub("", _ROW.sub("", message)).strip(" ,.\n")[:300]


def unknown_headers(sheets: Sheets, known: dict[str, frozenset[str]]) -> Iterator[Fault]:
    """Columns whose names are nearly those of a known column: most likely misspelt."""
    for name, words in known.items():
        for header in sheets.headers.get(name, ()):
            plain = header.split(":")[0].strip().lower().replace(" ", "_")
            close = close_to(plain, words)
            if plain not in words and close:
                yield Fault("header_unknown", name, sheets.first[name] - 1, header, {"header": header, "close": close})
