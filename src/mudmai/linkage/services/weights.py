"""The weights in use: those that were learned and put to use, else those that are shipped."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mudmai.access.services import require_somewhere
from mudmai.audit.services import record
from mudmai.kernel.errors import Conflict
from mudmai.linkage.models import Weights
from mudmai.linkage.rules.model import Model, model, told
from mudmai.linkage.rules.people import PEOPLE

if TYPE_CHECKING:
    from mudmai.accounts.models import User

MANAGE = "access.manage"


class InUseAlready(Conflict):
    code = "weights_in_use"


def model_in_use() -> Model:
    """The model that judges now."""
    active = Weights.objects.filter(active=True).values_list("pk", flat=True).first()
    return model() if active is None else _learned(active)


@lru_cache(maxsize=4)
def _learned(pk: UUID) -> Model:
    # Weights are never changed, so what was read stays true.
    return model_of(Weights.objects.get(pk=pk))


def model_of(weights: Weights) -> Model:
    """The shipped model with these weights; what they do not tell, such as a newer finding, stays as shipped."""
    merged: dict[str, Any] = told() | {"version": weights.version}
    for comparison in PEOPLE.comparisons:
        learned = weights.numbers.get(comparison.name, {})
        shipped = merged[comparison.name]
        merged[comparison.name] = {code: shipped[code] | learned.get(code, {}) for code in comparison.findings}
    return Model.of(PEOPLE, merged)


@transaction.atomic
def put_to_use(weights: Weights | None, *, by: "User") -> None:
    """Let these weights judge from now on; None: the shipped ones. What was judged before stays as it is.

    Raises NotAllowed, InUseAlready.
    """
    require_somewhere(by, MANAGE)
    before = Weights.objects.select_for_update().filter(active=True).first()
    if before == weights:
        raise InUseAlready(_("These weights are in use already."))
    Weights.objects.filter(active=True).update(active=False)
    if weights is not None:
        Weights.objects.filter(pk=weights.pk).update(active=True)
    record(
        by, "linkage.weights.put_to_use", "weights", weights.pk if weights else None,
        version=weights.version if weights else model().version, before=before.version if before else model().version,
    )  # fmt: skip
