"""Types of the signed-in request, so that views need not ask again who is there."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from mudmai.accounts.models import User


class SignedInRequest(HttpRequest):
    """A request that passed LoginRequiredMiddleware: its user is a real one."""

    user: "User"  # the middleware has refused everybody else
    htmx: HtmxDetails
