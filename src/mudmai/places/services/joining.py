"""Joins codes of a file with the areas in use, and says of each that does not join why."""

from django.utils.translation import gettext as _

from mudmai.places.models import AbolishedCode, Area
from mudmai.places.rules import clean_code
from mudmai.places.rules.columns import code_column
from mudmai.places.services.report import LoadReport, Problem, Progress
from mudmai.places.services.sentences import abolished_sentence, unknown_sentence
from mudmai.places.services.tables import CannotRead, Table


class Joiner:
    """The areas in use and the abolished codes, read once for a file."""

    def __init__(self, report: LoadReport, rows: int, progress: Progress | None) -> None:
        self.report = report
        self.rows = rows
        self.progress = progress
        names = Area.objects.filter(abolished_on=None).values_list("code", "name_th")
        self.names = dict(names)
        self.codes = set(self.names)
        self.abolished = {old.code: old for old in AbolishedCode.objects.all()}
        for area in Area.objects.exclude(abolished_on=None):
            self.abolished.setdefault(
                area.code,
                AbolishedCode(
                    code=area.code, name_th=area.name_th, abolished_on=area.abolished_on, successors=area.successors
                ),
            )

    def code_header(self, table: Table, codes: set[str]) -> str:
        """The column of the table that holds codes out of `codes`. Raises CannotRead."""
        header = code_column(table.rows, table.headers, codes)
        if header is None:
            message = _("No column of %(file)s holds area codes (%(headers)s).")
            raise CannotRead(message % {"file": self.report.file, "headers": ", ".join(table.headers[:12])})
        return header

    def step(self, done: int) -> None:
        """Tell how many rows are done."""
        if self.progress is not None and (done % 500 == 0 or done == self.rows):
            self.progress(done, self.rows)

    def join(self, where: str, cell: object) -> str | None:
        """The code in a cell where an area in use has it; else None, and the report says why."""
        code = clean_code(cell)
        if code in self.codes:
            return code
        self.report.leave_out(self.problem(where, code or str(cell or "").strip()))
        return None

    def problem(self, where: str, code: str) -> Problem:
        """Why a code does not join, with what follows it."""
        old = self.abolished.get(code)
        if old is None:
            reason = "no_code" if not code else "unknown_code"
            return Problem(where, code, reason, unknown_sentence(code))
        return Problem(where, code, "abolished_code", abolished_sentence(old, self.names), tuple(old.successors))
