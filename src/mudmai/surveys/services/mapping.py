"""Saying by hand where the answers of a form go."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from mudmai.access import services as access
from mudmai.audit import services as audit
from mudmai.kernel.errors import BadInput
from mudmai.surveys.models import FormVersion
from mudmai.surveys.queries.forms import MANAGE
from mudmai.surveys.rules.mapping import may_fill
from mudmai.surveys.rules.xform import XForm

if TYPE_CHECKING:
    from mudmai.accounts.models import User


class CannotFill(BadInput):
    """The question is not in the form, or cannot fill that attribute where it stands."""

    code = "cannot_fill"


@transaction.atomic
def map_answers(version: FormVersion, mapping: Mapping[str, str], *, by: "User | None") -> FormVersion:
    """Keep where answers go: {path: attribute, "-" for nowhere, "" for what its name says}. What is not named stays.

    Submissions that are settled from now on follow it. Raises CannotFill, OutsideYourAreas, DutyDoesNotAllow.
    """
    if by is not None:
        access.require(by, MANAGE, version.form.area_code)
    fields = XForm.parse(version.xform).fields
    kept = dict(version.mapping)
    for path, attribute in mapping.items():
        field = fields.get(path)
        if field is None or (attribute and not may_fill(field, attribute)):
            raise CannotFill(_("This question is not in the form, or cannot fill that part of the registry."))
        if attribute:
            kept[path] = attribute
        else:
            kept.pop(path, None)
    if kept != version.mapping:
        changed = sorted(
            path for path in kept.keys() | version.mapping.keys() if kept.get(path) != version.mapping.get(path)
        )
        version.mapping = kept
        version.save(update_fields=["mapping"])
        audit.record(
            by, "surveys.form.mapped", "form", version.form_id, area_code=version.form.area_code,
            version=version.version, paths=changed,
        )  # fmt: skip
    return version
