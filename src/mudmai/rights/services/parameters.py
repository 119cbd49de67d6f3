"""Add a dated row to a parameter, or take one back. Nothing is ever changed in place."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mudmai.access import services as access
from mudmai.accounts.models import User
from mudmai.audit import services as audit
from mudmai.kernel.errors import BadInput, Conflict, NotFound
from mudmai.rights.models import ParameterRow
from mudmai.rights.queries.rows import parameter_rows
from mudmai.rights.rules.parameters import shipped
from mudmai.rights.rules.rows import Row, faults_of_new, plain
from mudmai.rights.services.evaluating import rules_changed

RULES = "rights.rules"


class RowRefused(BadInput):
    """The row cannot stand beside the others, or says something that cannot be."""

    code = "row_refused"


class RowTakenBack(Conflict):
    """Somebody took it back already."""

    code = "row_taken_back"


def checked(row: Row) -> Row:
    """The row, if it can stand beside those that do. Raises RowRefused with a sentence for each fault."""
    faults = faults_of_new(shipped().get(row.parameter), row, parameter_rows())
    if faults:
        raise RowRefused(" ".join(faults))
    return row


@transaction.atomic
def add_row(
    *, by: User, parameter: str, valid_from: date, value: Any, legal_basis: str, valid_to: date | None = None,
    mode: str = "replace", source: str = "", confidence: str = "B", area_code: str = "",
) -> ParameterRow:  # fmt: skip
    """Keep a row; everybody is evaluated anew soon after. Raises RowRefused."""
    access.require(by, RULES, area_code)
    row = checked(
        Row(parameter, valid_from, valid_to, value, mode, legal_basis.strip(), source.strip(), confidence,
            area_code=area_code, office=True)
    )  # fmt: skip
    kept = ParameterRow.objects.create(
        parameter=parameter, area_code=area_code, valid_from=valid_from, valid_to=valid_to, mode=mode,
        value=plain(row.value), legal_basis=row.legal_basis[:300], source=row.source[:300], confidence=confidence,
        by=by,
    )  # fmt: skip
    audit.record(
        by, "rights.row.added", "parameter", parameter, area_code=area_code, row=kept.pk, value=plain(row.value),
        mode=mode, valid_from=valid_from.isoformat(), valid_to=valid_to.isoformat() if valid_to else "",
    )  # fmt: skip
    rules_changed()
    return kept


@transaction.atomic
def take_back_row(row_id: int, *, by: User) -> ParameterRow:
    """Let a row hold no longer, as if it had never been added. Raises NotFound, RowTakenBack."""
    kept = ParameterRow.objects.select_for_update().filter(pk=row_id).first()
    if kept is None:
        raise NotFound(_("This row does not exist."))
    access.require(by, RULES, kept.area_code)
    if kept.taken_back_at is not None:
        raise RowTakenBack(_("This row was taken back already."))
    kept.taken_back_at, kept.taken_back_by = timezone.now(), by
    kept.save(update_fields=["taken_back_at", "taken_back_by"])
    audit.record(
        by, "rights.row.taken_back", "parameter", kept.parameter, area_code=kept.area_code, row=kept.pk
    )  # fmt: skip
    rules_changed()
    return kept
