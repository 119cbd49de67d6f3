"""Phones of one's own and of those one manages, and keys for ODK Collect: made, shown once, locked out."""

from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mudmai.access.queries import scope_for
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel.errors import NotFound
from mudmai.surveys.models import Device
from mudmai.surveys.queries.devices import device_for, managed_devices, own_devices
from mudmai.surveys.rules.openrosa import collect_settings
from mudmai.surveys.services.devices import lock_phone
from mudmai.surveys.services.keeping import SUBMIT
from mudmai.surveys.services.openrosa import COLLECT, make_collect_key

MOST_SHOWN = 200
MANAGE_USERS = "access.manage"


@require_GET
def phones(request: SignedInRequest) -> HttpResponse:
    """The phones that hold, or send, something in one's name, and those of the people one manages."""
    scope = scope_for(request.user)
    may_fill = scope.allows_somewhere(SUBMIT)
    own = list(own_devices(request.user)[:MOST_SHOWN])
    others = list(managed_devices(request.user)[:MOST_SHOWN])
    if not (may_fill or own or scope.allows_somewhere(MANAGE_USERS)):
        raise NotFound(_("There are no phones that you look after."))
    context = {
        "own": [_row(device) for device in own],
        "others": [_row(device) for device in others],
        "may_fill": may_fill,
        "crumbs": _crumbs(),
    }
    return render(request, "surveys/phones.html", context)


def _crumbs(label: str = "") -> list[dict[str, str]]:
    own = {"url": reverse("surveys:phones") if label else "", "label": _("Phones")}
    return [own, {"url": "", "label": label}] if label else [own]


def _row(device: Device) -> dict[str, Any]:
    is_open = device.locked_at is None and device.token is not None and device.token.revoked_at is None
    return {"device": device, "is_collect": device.app_version == COLLECT, "is_open": is_open}


@require_POST
def new_key(request: SignedInRequest) -> HttpResponse:
    """Make a key for one ODK Collect, and show it the only time that it can be shown."""
    made = make_collect_key(request.user, name=request.POST.get("name", ""))
    plain = request.build_absolute_uri(reverse("surveys:openrosa_form_list").removesuffix("/formList"))
    told = collect_settings(f"{plain}/key/{made.secret}", _("Mudmai"))
    context = {
        "device": made.device,
        "server": plain,
        "keyed": f"{plain}/key/{made.secret}",
        "password": made.password,
        "qr": segno.make(told, error="l", micro=False).svg_inline(border=4, scale=4, light="#fff"),
        "crumbs": _crumbs(_("ODK Collect")),
    }
    return render(request, "surveys/collect_key.html", context)


@require_POST
def lock(request: SignedInRequest, device_id: UUID) -> HttpResponse:
    """Lock a phone out, or take a key back."""
    device = lock_phone(
        device_for(request.user, device_id), by=request.user, reason=request.POST.get("reason", "").strip()
    )
    messages.success(
        request, _("“%(name)s” is locked out: nothing more can be fetched or sent with it.") % {"name": device}
    )
    return redirect("surveys:phones")
