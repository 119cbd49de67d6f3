"""The versions of learned weights, newest first."""

from mudmai.linkage.models import Weights


def versions_of_weights() -> list[Weights]:
    """Every version that was learned; it holds no person's data."""
    return list(Weights.objects.select_related("by").order_by("-made_at", "-id"))
