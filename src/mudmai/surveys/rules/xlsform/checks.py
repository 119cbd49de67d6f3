"""What is checked here before and beside the converter: columns, settings, and our convention of names."""

import re
from collections.abc import Iterator
from datetime import datetime

from mudmai.people.rules.catalogue import fillable_by_forms
from mudmai.surveys.rules.xlsform.expressions import faults_in_expressions
from mudmai.surveys.rules.xlsform.fault import Fault
from mudmai.surveys.rules.xlsform.messages import unknown_headers
from mudmai.surveys.rules.xlsform.sheets import Sheets
from mudmai.surveys.rules.xlsform.spelling import HEADERS

MEMBERS = "members"
_ENCRYPTING = ("public_key", "submission_url")
_LONGEST = 100
_BEGIN, _END = re.compile(r"begin[_ ](repeat|group)"), re.compile(r"end[_ ](repeat|group)")
_NOT_IN_ID = re.compile(r"[^A-Za-z0-9-]+")


def own_faults(sheets: Sheets) -> list[Fault]:
    """What makes the form unfit, whatever the converter says."""
    found = list(sheets.faults)
    settings, row = sheets.settings, sheets.first.get("settings", 0)
    found += [
        Fault("encrypted", "settings", row, name, {"setting": name}) for name in _ENCRYPTING if settings.get(name)
    ]
    found += [
        Fault("form_id_long", "settings", row, name)
        for name in ("form_id", "id_string", "version")
        if len(settings.get(name, "")) > _LONGEST
    ]
    if "survey" in sheets.rows and not any(True for _ in sheets.numbered("survey")):
        found.append(Fault("empty_survey", "survey"))
    return found + list(faults_in_expressions(sheets))


def misspelt(sheets: Sheets) -> list[Fault]:
    """Columns with almost the name of a known one."""
    return list(unknown_headers(sheets, HEADERS))


def hints(sheets: Sheets) -> Iterator[Fault]:
    """What our convention of names would make easier."""
    persons = fillable_by_forms("person")
    open_repeats: list[tuple[str, str, int, list[str]]] = []
    for number, row in sheets.numbered("survey"):
        kind, name = row.get("type", "").strip().lower(), row.get("name", "")
        if kind.startswith(("select_one_external", "select one external")):
            yield Fault("external_filter", "survey", number, "type")
        begin = _BEGIN.match(kind)
        if begin:
            open_repeats.append((begin.group(1), name, number, []))
        elif _END.match(kind) and open_repeats:
            opened, named, where, codes = open_repeats.pop()
            if opened == "repeat" and named != MEMBERS and codes:
                yield Fault(
                    "members_repeat", "survey", where, "name", {"name": named, "codes": ", ".join(sorted(codes)[:5])}
                )
            elif opened == "group" and open_repeats:
                open_repeats[-1][3].extend(codes)
        elif open_repeats and name in persons:
            open_repeats[-1][3].append(name)


def name_and_version(sheets: Sheets, filename: str, now: datetime) -> list[Fault]:
    """Give the form an id, a title and a version where the sheet settings names none; returns what was made."""
    settings = sheets.settings
    made = []
    stem = filename.rsplit(".", 1)[0].strip() or "form"
    changed = dict(settings)
    if not (settings.get("form_id") or settings.get("set_form_id") or settings.get("id_string")):
        title = settings.get("form_title") or settings.get("set_form_title") or ""
        form_id = (_slug(stem) or _slug(title) or f"form-{now:%Y%m%d%H%M%S}")[:_LONGEST]
        changed["form_id"] = form_id
        made.append(Fault("form_id_made", "settings", column="form_id", params={"form_id": form_id}))
    if not (settings.get("form_title") or settings.get("set_form_title") or settings.get("title")):
        changed["form_title"] = stem[:300]
    if not settings.get("version"):
        changed["version"] = f"{now:%Y%m%d%H%M%S}"
        made.append(Fault("version_made", "settings", column="version", params={"version": changed["version"]}))
    _set(sheets, changed)
    return made


def _slug(text: str) -> str:
    return _NOT_IN_ID.sub("_", text).strip("_")


def _set(sheets: Sheets, settings: dict[str, str]) -> None:
    rows = sheets.rows.setdefault("settings", [])
    sheets.first.setdefault("settings", 2)
    place = next((i for i, row in enumerate(rows) if row), None)
    if place is None:
        rows[:] = [settings]
    else:
        rows[place] = settings
    headers = sheets.headers.setdefault("settings", [])
    headers.extend(name for name in settings if name not in headers)
