"""Forms and their versions, for whom may manage them or fill them in."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from mudmai.access.queries import area_q, scope_for, standing, teams_of
from mudmai.kernel import clock
from mudmai.kernel.errors import NotFound
from mudmai.surveys.models import Assignment, Form, FormVersion, Media
from mudmai.surveys.rules.xform import XForm

if TYPE_CHECKING:
    from mudmai.accounts.models import User

MANAGE, SUBMIT = "forms.manage", "surveys.submit"
# A version without what is heavy: the workbook and the XForm.
LIGHT = ("source", "xform")


def forms_for(user: "User") -> QuerySet[Form]:
    """The forms of the areas where the user manages forms, and those above them, which may be assigned; by title."""
    return Form.objects.filter(_around(scope_for(user).prefixes_for(MANAGE))).order_by("retired_at", "title", "pk")


def form_for(user: "User", form_id: UUID) -> Form:
    """One of them. Raises NotFound."""
    form = forms_for(user).filter(pk=form_id).first()
    if form is None:
        raise NotFound(_("This form is not here, or not in your area."))
    return form


def version_for(user: "User", form_id: UUID, version_id: UUID) -> FormVersion:
    """One version of one of them. Raises NotFound."""
    form = form_for(user, form_id)
    version = FormVersion.objects.filter(form=form, pk=version_id).select_related("form").first()
    if version is None:
        raise NotFound(_("This version of the form is not here."))
    return version


def versions_of(form: Form) -> QuerySet[FormVersion]:
    """All versions, newest first, without their heavy parts."""
    return FormVersion.objects.filter(form=form).defer(*LIGHT).order_by("-made_at", "-pk")


def assignments_of(form: Form) -> QuerySet[Assignment]:
    """Where the form is to be filled in today or later, by area."""
    open_ones = Q(ends_on__isnull=True) | Q(ends_on__gte=clock.today())
    return (
        Assignment.objects.filter(open_ones, form=form).select_related("team").order_by("area_code", "team__name", "pk")
    )


def published_for(user: "User", today: date | None = None) -> QuerySet[FormVersion]:
    """The published versions that the user is to fill in on that day: assigned to his areas or to a team of his."""
    day = today or clock.today()
    mine = Q(team__isnull=True) & _around(scope_for(user, day).prefixes_for(SUBMIT))
    given = Assignment.objects.filter(standing(day), mine | Q(team__in=teams_of(user, day)), form=OuterRef("form"))
    found = FormVersion.objects.filter(Exists(given), state=FormVersion.State.PUBLISHED, form__retired_at=None)
    return found.select_related("form").order_by("form__title", "pk")


def published_of(form: Form) -> FormVersion | None:
    """The version that phones get now."""
    return versions_of(form).filter(state=FormVersion.State.PUBLISHED).first()


def media_of(version: FormVersion) -> QuerySet[Media]:
    """The files beside a version, by name, without their content."""
    return Media.objects.filter(version=version).defer("content").order_by("name")


def missing_media(version: FormVersion) -> list[str]:
    """The files that the form names and that were not attached yet."""
    have = set(media_of(version).values_list("name", flat=True))
    return [name for name in XForm.parse(version.xform).files if name not in have]


def media_for(version: FormVersion, name: str) -> Media:
    """One file beside a version. Raises NotFound."""
    found = Media.objects.filter(version=version, name=name).first()
    if found is None:
        raise NotFound(_("There is no file of this name beside the form."))
    return found


def _around(prefixes: tuple[str, ...]) -> Q:
    """Rows inside these areas, and those of the areas that hold them."""
    above = {prefix[:length] for prefix in prefixes for length in range(0, len(prefix), 2)}
    return (area_q(prefixes) | Q(area_code__in=above)) if prefixes else Q(pk__in=[])
