"""How well review goes: whether reviewers agree, how scores lie month by month, and whether they keep their word."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mudmai.access import services as access
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel import clock
from mudmai.kernel.errors import DomainError
from mudmai.linkage import queries, services
from mudmai.linkage.forms import ShareForm
from mudmai.linkage.rules.bands import BANDS, edges_of
from mudmai.linkage.rules.model import model
from mudmai.linkage.views.drawn import chart_of
from mudmai.linkage.views.shown import tabs, tell_problem
from mudmai.people.rules.catalogue import catalogue

ENOUGH = 30  # answers in a band before its share says anything
MOST_CHARTS = 12


@require_GET
def quality(request: SignedInRequest) -> HttpResponse:
    """The three measures and the share of second looks."""
    access.require_somewhere(request.user, queries.REVIEW)
    return _page(request, ShareForm())


@require_POST
def set_share(request: SignedInRequest) -> HttpResponse:
    """From a day on, another share of answers gets a second look."""
    access.require_somewhere(request.user, queries.REVIEW)
    form = ShareForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        services.set_share(form.cleaned_data["percent"], starts_on=form.cleaned_data["starts_on"], by=request.user)
    except DomainError as problem:
        tell_problem(request, problem)
    else:
        messages.success(request, _("The share of second looks is set."))
    return redirect("linkage:quality")


def _page(request: SignedInRequest, form: ShareForm, status: int = 200) -> HttpResponse:
    kind = request.GET.get("kind", "")
    total, pairs = queries.agreements_for(request.user)
    months = queries.drift_for(request.user)
    kinds = sorted({each.kind for each in months})
    shown = [each for each in months if kind in ("", each.kind)][:MOST_CHARTS]
    context = {
        "tabs": tabs(request.user),
        "tab": "quality",
        "form": form,
        "share": queries.share_on(clock.today()),
        "shares": queries.shares(),
        "total": _in_figures(total),
        "pairs": [{"pair": pair, "found": _in_figures(pair.found)} for pair in pairs],
        "kind": kind,
        "kinds": [(code, kind_label(code)) for code in kinds],
        "months": [month_of(each) for each in shown],
        "bands": [band_label(band) for band in range(len(BANDS))],
        "calibration": [calibrated(each) for each in queries.calibration_for(request.user)],
        "ask": f"{model().thresholds.ask * 100:g}",
        "sure": f"{model().thresholds.sure * 100:g}",
    }
    return render(request, "linkage/quality.html", context, status=status)


def _in_figures(found: Any) -> dict[str, Any]:
    counts = found.counts
    return {
        "n": found.n,
        "agreed": found.agreed,
        "percent": round(100 * found.rate) if found.rate is not None else None,
        "kappa": f"{found.kappa:.2f}" if found.kappa is not None else "",
        "both_same": counts.get(("same", "same"), 0),
        "both_different": counts.get(("different", "different"), 0),
        "same_different": counts.get(("same", "different"), 0),
        "different_same": counts.get(("different", "same"), 0),
    }


def kind_label(code: str) -> str:
    """A kind of list by its name."""
    kind = catalogue().kinds.get(code)
    if kind is None:
        return code
    return kind.th if (get_language() or "th").startswith("th") else kind.en


def band_label(band: int) -> str:
    """A band in percent: 30–40%."""
    first, last = (f"{edge * 100:g}" for edge in edges_of(band))
    return f"{first}–{last}%"


def month_of(month: queries.MonthOfScores) -> dict[str, Any]:
    """One month's lists of one kind: the drawing, the shares, and the figures of each band."""
    limits = model().thresholds
    totals = {outcome: sum(counts) for outcome, counts in month.counts.items()}
    return {
        "month": month.month,
        "kind": kind_label(month.kind),
        "rows": month.rows,
        "shares": {outcome: round(100 * n / month.rows, 1) if month.rows else 0 for outcome, n in totals.items()},
        "totals": totals,
        "chart": chart_of(month.counts, month.rows, ask=limits.ask, sure=limits.sure),
        "bands": [
            {"label": band_label(band), "linked": linked, "asked": asked}
            for band, (linked, asked) in enumerate(zip(month.counts["linked"], month.counts["asked"], strict=True))
            if linked or asked
        ],
    }


def calibrated(band: queries.BandOfAnswers) -> dict[str, Any]:
    """How often "the same" was the answer in one band, and whether the score promised it."""
    first, last = edges_of(band.band)
    share = band.same / band.answered
    words = ""
    if band.answered >= ENOUGH and share > last:
        words = _("more often the same than the score says")
    elif band.answered >= ENOUGH and share < first:
        words = _("less often the same than the score says")
    return {
        "label": band_label(band.band), "answered": band.answered, "same": band.same, "percent": round(100 * share),
        "words": words,
    }  # fmt: skip
