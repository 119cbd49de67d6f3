"""Keep a layout of files for other offices: each change is a new version, and none is ever lost."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from mudmai.access import services as access
from mudmai.audit import services as audit
from mudmai.kernel.errors import BadInput
from mudmai.needs.models import Layout
from mudmai.needs.rules import layouts as rules
from mudmai.needs.rules.layouts import Column

if TYPE_CHECKING:
    from mudmai.accounts.models import User

EXPORT = "people.export"


class LayoutRefused(BadInput):
    """The layout cannot be used; `str()` says what is wrong with it."""

    code = "layout_refused"


@transaction.atomic
def keep_layout(*, by: "User", area_code: str, code: str, title: str, columns: list[Column]) -> Layout:
    """A new version of a layout for the offices of an area. Raises LayoutRefused, and as `access.require` does."""
    access.require(by, EXPORT, area_code)
    wrong = rules.faults(columns)
    if not title.strip():
        wrong.insert(0, _("Give the layout a title."))
    if wrong:
        raise LayoutRefused(" ".join(wrong))
    kept = Layout.objects.create(
        code=code, title=title.strip()[:200], area_code=area_code, columns=rules.written(columns), by=by
    )
    audit.record(by, "needs.layout.changed", "layout", kept.pk, area_code=area_code, layout=code, columns=len(columns))
    return kept
