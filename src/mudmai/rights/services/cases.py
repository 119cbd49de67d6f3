"""Write a worked example of a rule down, correct one, or take one back."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mudmai.access import services as access
from mudmai.accounts.models import User
from mudmai.audit import services as audit
from mudmai.kernel.errors import BadInput, Conflict, NotFound
from mudmai.rights.models import CaseRow
from mudmai.rights.rules.programmes import PROGRAMMES
from mudmai.rights.services.parameters import RULES


class CaseRefused(BadInput):
    """The case says too little to be worked out."""

    code = "case_refused"


class CaseTakenBack(Conflict):
    """Somebody took it back already."""

    code = "case_taken_back"


@transaction.atomic
def keep_case(
    *, by: User, programme: str, name: str, on: date, given: dict[str, Any], expected: dict[str, Any],
    area_code: str = "", corrects: str = "", instead_of: int | None = None,
) -> CaseRow:  # fmt: skip
    """Keep a case. `corrects`: the shipped case whose place it takes; `instead_of`: the kept one that it corrects."""
    access.require(by, RULES, area_code)
    if programme not in PROGRAMMES:
        raise NotFound(_("There is no such rule."))
    if not name.strip():
        raise CaseRefused(_("Give the case a name, so that others know what it shows."))
    if not expected:
        raise CaseRefused(_("Say what should come out."))
    if instead_of is not None:
        corrects = take_back_case(instead_of, by=by).corrects or corrects
    elif corrects:
        _withdraw(CaseRow.objects.filter(programme=programme, corrects=corrects, taken_back_at=None), by)
    kept = CaseRow.objects.create(
        programme=programme, name=name.strip()[:200], on=on, given=given, expected=expected, area_code=area_code,
        corrects=corrects, by=by,
    )  # fmt: skip
    audit.record(by, "rights.case.kept", "programme", programme, area_code=area_code, case=kept.pk)
    return kept


@transaction.atomic
def take_back_case(case_id: int, *, by: User) -> CaseRow:
    """Let a case stand no longer; the shipped one that it corrected stands again. Raises NotFound, CaseTakenBack."""
    kept = CaseRow.objects.select_for_update().filter(pk=case_id).first()
    if kept is None:
        raise NotFound(_("This case does not exist."))
    access.require(by, RULES, kept.area_code)
    if kept.taken_back_at is not None:
        raise CaseTakenBack(_("This case was taken back already."))
    _withdraw(CaseRow.objects.filter(pk=kept.pk), by)
    audit.record(by, "rights.case.taken_back", "programme", kept.programme, area_code=kept.area_code, case=kept.pk)
    return kept


def _withdraw(cases: Any, by: User) -> None:
    cases.update(taken_back_at=timezone.now(), taken_back_by=by)
