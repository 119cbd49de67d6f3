"""The assemblies of the user's villages, and freezing a list for a new one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mudmai.access import services as access
from mudmai.access.queries import scope_for
from mudmai.accounts.rules import SignedInRequest
from mudmai.assembly import queries, services
from mudmai.assembly.forms import RUN, FreezeForm
from mudmai.assembly.models import Assembly
from mudmai.kernel.errors import BadInput
from mudmai.people.queries import area_names

SHOWN = 200
# What colour and icon each state has.
STATES: dict[str, tuple[str, str]] = {
    Assembly.Phase.OPEN: ("info", "edit"),
    Assembly.Phase.CLOSED: ("warn", "clock"),
    Assembly.Phase.CERTIFIED: ("ok", "check"),
    Assembly.Phase.CANCELLED: ("", "cross"),
}


@require_GET
def assemblies(request: SignedInRequest) -> HttpResponse:
    """Assemblies of the user's villages, the newest first."""
    access.require_somewhere(request.user, queries.SEE)
    found = list(queries.assemblies_for(request.user)[:SHOWN])
    names = area_names({each.area_code for each in found})
    context = {
        "rows": [
            {"assembly": each, "village": names[each.area_code], "state": STATES[each.phase][0]} for each in found
        ],
        "may_run": scope_for(request.user).allows_somewhere(RUN),
    }
    return render(request, "assembly/assemblies.html", context)


@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Freeze a list: choose the village, the lists and the day."""
    access.require_somewhere(request.user, RUN)
    data = request.POST if request.method == "POST" else None
    # Choosing an area asks for the page again with what is typed so far.
    typed = request.GET if request.GET and data is None else None
    form = FreezeForm(data or typed, scope=scope_for(request.user))
    if typed is not None:
        form.errors.clear()
    if data is not None and form.is_valid():
        try:
            made = services.freeze(by=request.user, **form.cleaned_data)
        except BadInput as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The list is frozen. Now go through it with the village."))
            return redirect("assembly:assembly", made.pk)
    return render(request, "assembly/new.html", {"form": form}, status=422 if data is not None else 200)
