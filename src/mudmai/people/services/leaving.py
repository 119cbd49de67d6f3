"""Lists that leave as files: the log has its line, with who, what and what for, before a row is written."""

import tempfile
from collections.abc import Iterable, Sequence
from typing import IO, TYPE_CHECKING, Any, NamedTuple, cast

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from mudmai.access import services as access
from mudmai.access.queries import scope_for
from mudmai.access.rules import PURPOSES
from mudmai.audit import services as audit
from mudmai.kernel import clock, tables
from mudmai.kernel.errors import BadInput

if TYPE_CHECKING:
    from mudmai.accounts.models import User

EXPORT = "people.export"
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
FORMS_OF_FILES = {"xlsx": _lazy("Excel (.xlsx)"), "csv": _lazy("CSV, for any program")}
IN_MEMORY = 2**20


class NoPurpose(BadInput):
    code = "no_purpose"


class NoSuchForm(BadInput):
    code = "no_such_form_of_file"


class ListFile(NamedTuple):
    """A list as a file: its name, its type, and its bytes from the beginning."""

    name: str
    content_type: str
    file: IO[bytes]
    rows: int


def leave_as_file(
    by: "User",
    what: str,
    *,
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[tables.Cell]],
    purpose: str,
    form: str = "xlsx",
    area: str = "",
    action: str = EXPORT,
    **details: Any,
) -> ListFile:
    """The rows as a workbook or CSV, with a line in the log first. `what` names the list: "needs-compare".

    `details` go to the log and hold codes only, never a person's data: filter, columns, full_ids, rows. Rows are given
    by a question asked with the same action, so that they hold nobody whom the user may not take along; files of counts
    alone, with nobody in them, leave with the action counts.view.
    Raises DutyDoesNotAllow, OutsideYourAreas, NoPurpose, NoSuchForm.
    """
    if area:
        access.require(by, action, area)
    else:
        access.require_somewhere(by, action)
    if purpose not in PURPOSES:
        raise NoPurpose(_("Say what the list is for: the law asks for a purpose."))
    if form not in TYPES:
        raise NoSuchForm(_("A list leaves as Excel or as CSV."))
    prefixes = scope_for(by).prefixes_for(action)
    where = area or (prefixes[0] if len(prefixes) == 1 else "")
    audit.record(by, "people.exported", what, area_code=where, purpose=purpose, format=form, **details)
    # The response closes it.
    file = cast("IO[bytes]", tempfile.SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115
    if form == "xlsx":
        count = tables.write_xlsx(file, title, header, rows)
    else:
        count = sum(file.write(piece) > 0 for piece in tables.csv_pieces(header, rows)) - 2  # the mark and the header
    file.seek(0)
    return ListFile(f"mudmai-{what}-{day_of_file()}.{form}", TYPES[form], file, count)


def day_of_file() -> str:
    """Today as it stands in the names of files: 2569-11-21 in Thai, 2026-11-21 in English."""
    today = clock.today()
    year = today.year + (clock.BUDDHIST_OFFSET if (get_language() or "th").startswith("th") else 0)
    return f"{year}-{today:%m-%d}"
