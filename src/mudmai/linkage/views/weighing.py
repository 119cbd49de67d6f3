"""The page of the model: what is compared, how much each finding weighs, and which weights are in use."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mudmai.access.queries import scope_for
from mudmai.access.services import require_somewhere
from mudmai.accounts.models import User
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel.errors import DomainError
from mudmai.linkage import queries, services
from mudmai.linkage.models import Weights
from mudmai.linkage.rules.model import Model
from mudmai.linkage.rules.model import model as shipped_model
from mudmai.linkage.rules.shares import Part, parts_of
from mudmai.linkage.tasks import learn_weights
from mudmai.linkage.views.shown import tabs, tell_problem

MANAGE = "access.manage"


def _may_manage(user: User) -> bool:
    return scope_for(user).allows_somewhere(MANAGE)


@require_GET
def model(request: SignedInRequest) -> HttpResponse:
    """Every finding with its weight, for the weights in use or another version."""
    manages = _may_manage(request.user)
    reviews = scope_for(request.user).allows_somewhere(queries.REVIEW)
    if not manages:
        require_somewhere(request.user, queries.REVIEW)
    versions = queries.versions_of_weights()
    wanted = request.GET.get("version", "")
    shown = _wanted(wanted, versions)
    used, shipped = services.model_in_use(), shipped_model()
    before = used if shown.version != used.version else shipped
    context = {
        "tabs": tabs(request.user) if reviews else [],
        "tab": "model",
        "manages": manages,
        "versions": versions,
        "shown": shown,
        "used": used,
        "shipped": shipped,
        "before": before if before.version != shown.version else None,
        "parts": [_in_words(part) for part in parts_of(shown, before)],
        "sure": f"{shown.thresholds.sure * 100:g}",
        "ask": f"{shown.thresholds.ask * 100:g}",
        "wrong": f"{100 - shown.thresholds.sure * 100:g}",
        "lead": f"{2**shown.thresholds.lead:g}",
    }
    return render(request, "linkage/model.html", context)


def _wanted(version: str, versions: list[Weights]) -> Model:
    if not version:
        return services.model_in_use()
    if version == shipped_model().version:
        return shipped_model()
    found = next((each for each in versions if each.version == version), None)
    if found is None:
        raise Http404
    return services.model_of(found)


def _in_words(part: Part) -> dict[str, Any]:
    lines = [
        line._asdict() | {"sentence": _(line.sentence), "strength": _(line.strength), "told": f"{line.bits:+.1f}"}
        | {"changed": f"{line.change:+.1f}" if abs(line.change) >= 0.1 else ""}
        for line in part.lines
    ]  # fmt: skip
    return {"name": part.name, "label": _(part.label), "lines": lines}


@require_POST
def learn(request: SignedInRequest) -> HttpResponse:
    """Have the weights learned anew, by a job."""
    require_somewhere(request.user, MANAGE)
    try:
        services.enough()
    except DomainError as problem:
        tell_problem(request, problem)
    else:
        learn_weights.enqueue(str(request.user.pk), get_language() or "th")
        messages.success(request, _("The registry is being counted. The new weights stand here in a few minutes."))
    return redirect("linkage:model")


@require_POST
def use_weights(request: SignedInRequest) -> HttpResponse:
    """Let the weights of a version judge from now on."""
    require_somewhere(request.user, MANAGE)
    version = request.POST.get("version", "")
    weights = Weights.objects.filter(version=version).first()
    if weights is None and version != shipped_model().version:
        raise Http404
    try:
        services.put_to_use(weights, by=request.user)
    except DomainError as problem:
        tell_problem(request, problem)
    else:
        messages.success(request, _("These weights judge from now on. What was decided before stays as it is."))
    return redirect("linkage:model")
