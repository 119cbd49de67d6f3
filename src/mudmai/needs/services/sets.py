"""Sets of indicators that an office brings in: checked, kept for good, and put to use for its area."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from mudmai.access import services as access
from mudmai.audit import services as audit
from mudmai.kernel.errors import BadInput, NotFound
from mudmai.needs.models import IndicatorSet
from mudmai.needs.rules.sets import check, whole_body
from mudmai.needs.rules.targets import read_targets
from mudmai.needs.services.weighing import WEIGH, weighed

if TYPE_CHECKING:
    from mudmai.accounts.models import User


class SetRefused(BadInput):
    """Something is wrong with the set; the sentences say what, and the cure."""

    code = "set_refused"


@transaction.atomic
def keep_set(
    *, by: "User", area_code: str, body: str | Mapping[str, Any], title: str = "", in_use: bool = False
) -> IndicatorSet:
    """Keep one version of an office's own set. It is used once somebody says so. Raises NotAllowed, SetRefused.

    The whole set is kept, also what it takes from the set it is based on: what was in use never changes by itself.
    """
    access.require(by, WEIGH, area_code)
    found, faults = check(body)
    whole = whole_body(body)
    _targets, wrong = read_targets(whole.get("targets", {}))
    if found is None or wrong:
        raise SetRefused(" ".join([*faults, *wrong]))
    kept = IndicatorSet.objects.create(
        code=found.code[:40],
        title=(title.strip() or found.th)[:200],
        area_code=area_code,
        valid_from=found.valid_from,
        body=_as_json(whole),
        source=found.source[:300],
        by=by,
    )
    audit.record(by, "needs.set.kept", "indicator_set", kept.pk, area_code=area_code, set=found.code)
    return use_set(by=by, set_id=kept.pk) if in_use else kept


@transaction.atomic
def use_set(*, by: "User", set_id: int, in_use: bool = True) -> IndicatorSet:
    """Measure the households of the set's area by it from today, or no longer. Raises NotFound, NotAllowed.

    One set is in use in an area: the one before it goes out of use, and stays to be looked at.
    """
    kept = IndicatorSet.objects.select_for_update().filter(pk=set_id).first()
    if kept is None:
        raise NotFound(_("There is no such set of indicators."))
    access.require(by, WEIGH, kept.area_code)
    if in_use and check(kept.body).set is None:
        raise SetRefused(
            _("This set can no longer be read with the catalogue of now. Check it again, and bring it in anew.")
        )
    if in_use:
        IndicatorSet.objects.filter(area_code=kept.area_code, in_use=True).exclude(pk=kept.pk).update(in_use=False)
    kept.in_use = in_use
    kept.save(update_fields=["in_use"])
    audit.record(by, "needs.set.used", "indicator_set", kept.pk, area_code=kept.area_code, set=kept.code, in_use=in_use)
    weighed.send(sender=None, area=kept.area_code)
    return kept


def _as_json(body: Any) -> Any:
    """Days as text; everything else as it is."""
    if isinstance(body, Mapping):
        return {str(word): _as_json(each) for word, each in body.items()}
    if isinstance(body, list | tuple):
        return [_as_json(each) for each in body]
    return body.isoformat() if isinstance(body, date) else body
