"""The page behind the QR of a paper: whether it is the one that was signed. It shows no name."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mudmai.assembly import queries
from mudmai.assembly.forms import CheckForm
from mudmai.assembly.rules.minutes import POSITIONS
from mudmai.kernel.errors import TooOften
from mudmai.places import queries as places

# A paper has some dozens of lines; whoever tries more names an hour is guessing.
LINES_AN_HOUR = 60


@login_not_required
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, token: str) -> HttpResponse:
    """The fingerprint, the signatures and counts; and whether one line of the paper is the one that was signed."""
    held = queries.assembly_of_token(token)
    form = CheckForm(request.POST if request.method == "POST" else None)
    answer = None
    if request.method == "POST" and form.is_valid():
        _hold_back(token)
        answer = queries.is_on_paper(held, form.cleaned_data["no"], form.cleaned_data["name"])
    facts = queries.paper_of(held)
    context = {
        "facts": facts,
        "village": places.full_name(held.area_code),
        "signed": [(POSITIONS[position], at, way) for position, at, way in facts.signed],
        "form": form,
        "answer": answer,
    }
    return render(request, "assembly/check.html", context, status=422 if form.errors else 200)


def _hold_back(token: str) -> None:
    key = f"assembly-check-{token}"
    cache.add(key, 0, 3600)
    if cache.incr(key) > LINES_AN_HOUR:
        raise TooOften(_("Too many lines were checked. Try again in an hour."))
