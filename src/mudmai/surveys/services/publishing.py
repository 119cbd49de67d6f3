"""Letting phones have a form, taking it back, and saying who fills it in where."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from mudmai.access import services as access
from mudmai.access.queries import standing
from mudmai.access.rules import is_area_code
from mudmai.audit import services as audit
from mudmai.kernel import clock
from mudmai.kernel.errors import BadInput, Conflict
from mudmai.surveys.models import Assignment, Form, FormVersion
from mudmai.surveys.queries.forms import MANAGE, missing_media

if TYPE_CHECKING:
    from mudmai.access.models import Team
    from mudmai.accounts.models import User

State = FormVersion.State


class FilesMissing(BadInput):
    """The form names files that were not attached."""

    code = "files_missing"


class FormIsRetired(Conflict):
    """Nobody fills this form in any more."""

    code = "form_is_retired"


class WrongDays(BadInput):
    """The days of the assignment are the wrong way round."""

    code = "assignment_wrong_days"


class NoSuchArea(BadInput):
    """Not an area code."""

    code = "no_such_area"


@transaction.atomic
def publish(version: FormVersion, *, by: "User | None") -> FormVersion:
    """Let phones have this version; the one they had is replaced, and what they still send of it is taken.

    Safe to repeat; an older version can be published again. Raises FilesMissing, FormIsRetired, OutsideYourAreas,
    DutyDoesNotAllow.
    """
    form = Form.objects.select_for_update().get(pk=version.form_id)
    _require(by, form.area_code)
    if form.retired_at is not None:
        raise FormIsRetired(_("This form is retired. Bring it back first."))
    missing = missing_media(version)
    if missing:
        sentence = _("The form names files that are not here yet: %(names)s. Attach them, then publish.")
        raise FilesMissing(sentence % {"names": ", ".join(missing)})
    if version.state == State.PUBLISHED:
        return version
    FormVersion.objects.filter(form=form, state=State.PUBLISHED).update(state=State.REPLACED)
    version.state, version.published_at = State.PUBLISHED, clock.now()
    version.save(update_fields=["state", "published_at"])
    _record(by, "surveys.form.published", form, version=version.version)
    return version


@transaction.atomic
def retire(form: Form, *, by: "User | None") -> Form:
    """Let nobody begin this form any more; what was sent stays, and what phones still send is taken. Safe to repeat."""
    _require(by, form.area_code)
    if form.retired_at is None:
        form.retired_at = clock.now()
        form.save(update_fields=["retired_at"])
        _record(by, "surveys.form.retired", form)
    return form


@transaction.atomic
def bring_back(form: Form, *, by: "User | None") -> Form:
    """Let a retired form be filled in again, as it was. Safe to repeat."""
    _require(by, form.area_code)
    if form.retired_at is not None:
        form.retired_at = None
        form.save(update_fields=["retired_at"])
        _record(by, "surveys.form.brought_back", form)
    return form


@transaction.atomic
def assign(
    form: Form,
    *,
    area_code: str,
    by: "User | None",
    team: "Team | None" = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Assignment:
    """Let everybody with a duty to submit in the area fill the form in, or only one team. Safe to repeat.

    Raises FormIsRetired, WrongDays, NoSuchArea, OutsideYourAreas, DutyDoesNotAllow.
    """
    _require(by, area_code)
    if form.retired_at is not None:
        raise FormIsRetired(_("This form is retired. Bring it back first."))
    if not is_area_code(area_code):
        raise NoSuchArea(_("“%(code)s” is no area code: write 2, 4, 6 or 8 digits.") % {"code": area_code})
    first = starts_on or clock.today()
    if ends_on is not None and ends_on < first:
        raise WrongDays(_("The last day lies before the first. Put them the right way round."))
    same = Assignment.objects.filter(
        standing(first), form=form, area_code=area_code, team=team, ends_on=ends_on
    ).first()
    if same is not None:
        return same
    given = Assignment.objects.create(
        form=form, area_code=area_code, team=team, starts_on=first, ends_on=ends_on, given_by=by
    )
    _record(by, "surveys.form.assigned", form, area=area_code, team=team.pk if team else None)
    return given


@transaction.atomic
def end_assignment(assignment: Assignment, *, by: "User | None") -> Assignment:
    """End it now; one that began today or later never counted. Safe to repeat."""
    _require(by, assignment.area_code)
    yesterday = clock.today() - timedelta(days=1)
    if assignment.ends_on is not None and assignment.ends_on <= yesterday:
        return assignment
    assignment.starts_on, assignment.ends_on = min(assignment.starts_on, yesterday), yesterday
    assignment.save(update_fields=["starts_on", "ends_on"])
    _record(by, "surveys.form.assignment_ended", assignment.form, area=assignment.area_code)
    return assignment


def _require(by: "User | None", area_code: str) -> None:
    if by is not None:
        access.require(by, MANAGE, area_code)


def _record(by: "User | None", action: str, form: Form, **details: Any) -> None:
    audit.record(by, action, "form", form.pk, area_code=form.area_code, form=form.form_id, **details)
