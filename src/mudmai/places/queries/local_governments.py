"""Local governments and the tambons they cover."""

from django.db.models import Q
from django.utils.translation import gettext as _

from mudmai.kernel.errors import NotFound
from mudmai.places.models import LocalGovernment
from mudmai.places.queries.areas import prefix_q
from mudmai.places.rules import is_community


def local_government(code: str) -> LocalGovernment:
    """The local government with this code. Raises NotFound."""
    found = LocalGovernment.objects.filter(code=code).first()
    if found is None:
        raise NotFound(_("There is no local government with the code %(code)s.") % {"code": code})
    return found


def local_governments_of(code: str) -> list[LocalGovernment]:
    """The local governments in office that cover the area or a part of it, by code; a village goes by its tambon."""
    if is_community(code):
        condition = Q(geocode=code[:4])
    else:
        condition = prefix_q("coverage__area_code", [code[:6]])
        if len(code) == 2:
            condition |= Q(geocode=code)  # the provincial organization covers no tambon by list
    return list(LocalGovernment.objects.filter(condition, is_abolished=False).distinct().order_by("code"))


def tambons_of(local_government_code: str) -> list[tuple[str, bool]]:
    """The codes of the tambons that a local government covers, each with whether it does so wholly. By code."""
    found = local_government(local_government_code)
    return list(found.coverage.order_by("area_code").values_list("area_code", "whole"))
