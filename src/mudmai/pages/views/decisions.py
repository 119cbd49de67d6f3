"""Every decision in a sentence with its evidence, and taking one back after a look at what that changes."""

import tempfile
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mudmai.access import services as access
from mudmai.access.queries import scope_for
from mudmai.accounts.rules import SignedInRequest
from mudmai.audit import services as audit
from mudmai.kernel import clock, tables
from mudmai.linkage import queries as linkage
from mudmai.linkage import services as reviewing
from mudmai.linkage.rules.words import findings, reason_sentence
from mudmai.pages.forms import DecisionExportForm, DecisionFilterForm, TakeBackForm
from mudmai.pages.rules.told import sentence_of
from mudmai.pages.templatetags.thai import thai_date
from mudmai.pages.views.changes import shown_changes
from mudmai.pages.views.lists import asked
from mudmai.people import queries as people
from mudmai.people import services as registry

if TYPE_CHECKING:
    from mudmai.accounts.models import User
    from mudmai.people.models import Decision, Record

REVIEW = "linkage.review"
IN_MEMORY = 2**20
# A workbook is made while one waits; the page says that a longer list comes whole as CSV.
WORKBOOK_ROWS = 20_000
WHO_IS_WHO = {"link", "merge", "different"}


@require_GET
def decisions(request: SignedInRequest) -> HttpResponse:
    """The decisions of the user's areas that the filter keeps, newest first."""
    access.require_somewhere(request.user, REVIEW)
    form = DecisionFilterForm(request.GET, user=request.user, scope=scope_for(request.user), action="people.view")
    page = people.decisions_page(
        request.user, form.keep(), after=asked(request, "after"), before=asked(request, "before")
    )
    context = {
        "form": form,
        "chosen": form.in_words(),
        "rows": told_rows(page.rows),
        "export_url": reverse("pages:export_decisions") + people.kept_query(request.GET),
        "page": page.links(request.GET) | {"shown": ""},
    }
    return render(request, "pages/decisions.html", context, status=422 if form.errors else 200)


def told_rows(rows: Iterable[people.DecisionRow]) -> list[dict[str, Any]]:
    """Decisions in words for a list: sentence, ground, links to whom it is about."""
    rows = list(rows)
    doubts = linkage.doubted(row.decision.pk for row in rows)
    return [told(row, doubts.get(row.decision.pk)) for row in rows]


def told(row: people.DecisionRow, doubt: UUID | None = None) -> dict[str, Any]:
    decision = row.decision
    reason = reason_sentence(decision.evidence)
    lines = [
        {"label": _(line.label), "sentence": _(line.sentence), "speaks": line.speaks}
        for line in findings(decision.evidence)
    ]
    return {
        "decision": decision,
        "sentence": sentence(row),
        "url": reverse("pages:decision", args=[decision.pk]),
        "percent": percent(decision.score),
        "reason": _(reason) if reason else "",
        "findings": lines,
        "links": links_of(row),
        "doubt_url": reverse("linkage:question", args=[doubt]) if doubt else "",
    }


def sentence(row: people.DecisionRow) -> str:
    decision = row.decision
    if decision.kind in WHO_IS_WHO:
        words = {"left": side(row.left, decision), "right": side(row.right, decision, whom=decision.kind == "link")}
    elif row.target is not None:
        words = {"left": f"“{sentence(row.target)}”", "right": ""}
    else:
        words = {"left": side(row.left, decision), "right": ""}
    words |= {"who": str(decision.by or _("Somebody")), "percent": percent(decision.score)}
    return sentence_of(decision.kind, decision.about, decision.basis, words)


def side(subject: people.Subject | None, decision: "Decision", *, whom: bool = False) -> str:
    """One side in words: a person by name and list, a row by its place, a house by its number, a list by its name."""
    if subject is None:
        return "–"
    if decision.about == "batch":
        return _("the list “%(list)s”") % {"list": subject.batch.label} if subject.batch else _("a list")
    if decision.about == "household":
        told_no = subject.record.said.get("house_no") if subject.record is not None else ""
        number = told_no or (subject.household.house_no if subject.household is not None else "")
        return _("house %(number)s") % {"number": number} if number else _("a house")
    if whom and subject.person is not None:
        return subject.person.full_name or "–"
    if subject.record is None:
        return subject.person.full_name if subject.person else _("a row that is not here")
    return row_in_words(subject.record)


def row_in_words(record: "Record") -> str:
    """A row by the name on it, its place and its list."""
    said = record.said
    name = people.full_name(*(str(said.get(code) or "") for code in ("title", "given_name", "family_name")))
    if record.kind == "staff":
        return _("the correction of %(day)s") % {"day": thai_date(record.observed_on)}
    words = {"name": name or "–", "ref": record.place or "–", "list": record.batch.label}
    return _("%(name)s (row %(ref)s of “%(list)s”)") % words


def links_of(row: people.DecisionRow) -> list[dict[str, str]]:
    """Where whom or what it is about is seen: each person and list once."""
    inner = row.target or row
    found: dict[str, str] = {}
    for subject in (inner.left, inner.right):
        if subject is None:
            continue
        if subject.person is not None:
            found[reverse("pages:person", args=[subject.person.pk])] = subject.person.full_name
        elif subject.household is not None and inner.decision.about == "household":
            found[reverse("pages:household", args=[subject.household.pk])] = _("House %(number)s") % {
                "number": subject.household.house_no or "–"
            }
        if inner.decision.about != "household" and subject.record is not None and subject.record.kind != "staff":
            place = [subject.record.place, subject.record.batch.label]
            words = {"ref": " · ".join(each for each in place if each)}
            found[reverse("pages:record", args=[subject.key])] = _("row %(ref)s") % words
        if subject.batch is not None:
            found[reverse("pages:batch", args=[subject.batch.pk])] = subject.batch.label
    return [{"url": url, "label": label} for url, label in found.items()]


def percent(score: float | None) -> str:
    """How sure, never quite: 99.7 %; "" where nobody reckoned it."""
    return "" if score is None else f"{min(99.9, int(score * 1000) / 10):g} %"


@require_http_methods(["GET", "POST"])
def decision(request: SignedInRequest, decision_id: UUID) -> HttpResponse:
    """One decision with its evidence and what taking it back would change; then take it back, or put it back."""
    row = people.decision_row_for(request.user, decision_id)
    found, area = row.decision, area_of(row)
    if found.kind not in WHO_IS_WHO:
        return _turn_page(request, row)
    action = "people.edit" if found.about == "household" else REVIEW
    if request.method == "POST":
        access.require(request.user, action, area)
    may = scope_for(request.user).allows(action, area)
    changes = registry.foresee(found)
    form = TakeBackForm(
        request.POST if request.method == "POST" else None, changes=changes, names=_names(request, changes)
    )
    if request.method == "POST" and form.is_valid():
        how = {"by": request.user, "area_code": area, "reason": form.cleaned_data["reason"]}
        if found.withdrawn:
            reviewing.put_back(found, **how)
            messages.success(request, _("The decision stands again."))
        else:
            reviewing.take_back(found, edits=form.sent_elsewhere(), **how)
            messages.success(request, _("The decision was taken back; everything that follows from it is as it was."))
        return redirect("pages:decision", found.pk)
    context = {
        "row": told(row, linkage.doubted([found.pk]).get(found.pk)),
        "form": form,
        "may": may,
        "changes": shown_changes(request.user, changes),
        "others": told_rows(people.rows_of(visible(request.user, changes.decisions))),
        "turns": people.turns_of(found),
        "crumbs": _crumbs(),
    }
    return render(request, "pages/decision.html", context, status=422 if form.errors else 200)


def _names(request: SignedInRequest, changes: registry.Changes) -> dict[str, str]:
    """{person id: name} of those among whom the corrections are divided."""
    parting = [each for each in changes.told if each.how == "parts"]
    others = people.visible_persons(request.user).filter(pk__in=[UUID(each.other) for each in parting])
    return {each.id: each.name for each in parting} | {other.pk.hex: other.full_name for other in others}


def _turn_page(request: SignedInRequest, row: people.DecisionRow) -> HttpResponse:
    """A taking back has no taking back of its own: it leads to what it is about."""
    if request.method == "POST":
        raise reviewing.NotADecisionOfThisKind(
            _("This is itself a taking back. Open what it is about and put that back there.")
        )
    names = {"batch": "pages:undo_batch", "record": "pages:record", "decision": "pages:decision"}
    target = reverse(names[row.decision.about], args=[row.decision.left])
    context = {"row": told(row), "target_url": target, "crumbs": _crumbs()}
    return render(request, "pages/decision.html", context)


def visible(user: "User", found: list["Decision"]) -> list["Decision"]:
    """Those of these decisions that the user may see."""
    return people.visible_decisions(user, [each.pk for each in found])


def _crumbs() -> list[dict[str, str]]:
    return [{"url": reverse("pages:decisions"), "label": _("Decisions")}, {"url": "", "label": _("Decision")}]


def area_of(row: people.DecisionRow) -> str:
    """Where a decision belongs: the person's or house's area now, else the row's or its list's."""
    for subject in (row.left, row.right):
        if subject is None:
            continue
        if row.decision.about == "household" and subject.household is not None:
            return subject.household.area_code
        if subject.person is not None:
            return subject.person.area_code
    record = row.left.record
    return (record.area_code or record.batch.area_code) if record is not None else ""


@require_http_methods(["GET", "POST"])
def export_decisions(request: SignedInRequest) -> HttpResponseBase:
    """Ask what for, then send the decisions that the filter of the address keeps."""
    access.require_somewhere(request.user, REVIEW)
    access.require_somewhere(request.user, "people.export")
    filters = DecisionFilterForm(request.GET, user=request.user, scope=scope_for(request.user), action="people.view")
    form = DecisionExportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _send(request, filters, form)
    back = f"{reverse('pages:decisions')}?{urlencode({k: v for k, v in request.GET.items() if v})}"
    context = {
        "form": form,
        "chosen": filters.in_words(),
        "back": back,
        "crumbs": [{"url": back, "label": _("Decisions")}, {"url": "", "label": _("Export")}],
    }
    return render(request, "pages/export_decisions.html", context, status=422 if form.errors else 200)


def _send(request: SignedInRequest, filters: DecisionFilterForm, form: DecisionExportForm) -> HttpResponseBase:
    """Put a line in the log and send the list: CSV as it is written, a workbook when it is whole."""
    kind = form.cleaned_data["format"]
    rows = (cells(row) for row in people.decisions_to_export(request.user, filters.keep()))
    header = [_("When"), _("What was decided"), _("Who"), _("Ground"), _("How sure"), _("Why"), _("State")]
    name = f"mudmai-decisions-{clock.today():%Y-%m-%d}.{kind}"
    area = filters.chosen("area")
    prefixes = scope_for(request.user).prefixes_for(REVIEW)
    audit.record(
        request.user, "linkage.decisions.exported", "decisions",
        area_code=area or (prefixes[0] if len(prefixes) == 1 else ""), purpose=form.cleaned_data["purpose"],
        format=kind, filter=request.GET.dict(),
    )  # fmt: skip
    if kind == "csv":
        pieces = tables.csv_pieces(header, rows)
        headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
        return StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8", headers=headers)
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the response closes it
    tables.write_xlsx(file, _("Decisions"), header, islice(rows, WORKBOOK_ROWS))
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name)


def cells(row: people.DecisionRow) -> list[str]:
    found = row.decision
    told_row = told(row)
    return [
        found.decided_at.astimezone(clock.BANGKOK).strftime("%Y-%m-%d %H:%M"),
        told_row["sentence"],
        str(found.by or ""),
        str(found.get_basis_display()),
        told_row["percent"],
        " · ".join(each for each in (found.reason, told_row["reason"]) if each),
        _("taken back") if found.withdrawn else _("standing"),
    ]
