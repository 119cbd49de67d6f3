"""Questions whether two houses are one: side by side, with who lives there and where they stand."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mudmai.access import services as access
from mudmai.accounts.models import User
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel.errors import BadInput, DomainError
from mudmai.kernel.geo import metres_between
from mudmai.linkage import queries, services
from mudmai.linkage.models import Question
from mudmai.linkage.rules.letters import pieces
from mudmai.linkage.rules.words import UNKNOWN_FINDING, reason_sentence
from mudmai.linkage.views.compared import address_of
from mudmai.linkage.views.shown import percent, tabs, tell_problem
from mudmai.people import queries as people
from mudmai.places import queries as places

MOST = 200
VERDICTS = ("same", "different", "moved", "later")


@require_GET
def houses(request: SignedInRequest) -> HttpResponse:
    """The questions about houses, and the newest answers."""
    access.require_somewhere(request.user, queries.REVIEW)
    waiting = queries.open_house_questions_for(request.user)
    context = {
        "tabs": tabs(request.user),
        "tab": "houses",
        "count": waiting.count(),
        "rows": _rows(request.user, waiting[:MOST]),
        "answered": _rows(request.user, queries.answered_house_questions_for(request.user)),
    }
    return render(request, "linkage/houses.html", context)


def _rows(user: User, questions: Iterable[Question]) -> list[dict[str, Any]]:
    """Questions in a list, each with both addresses; of two that became one, the one that stands."""
    questions = list(questions)
    keys = {key for each in questions for key in (each.left_id, each.right_id)}
    standing = {key: address_of(house) for key, house in people.visible_households(user).in_bulk(keys).items()}
    return [
        {
            "question": each,
            "left": standing.get(each.left_id, ""),
            "right": standing.get(each.right_id, ""),
            "reason": _(reason) if (reason := reason_sentence(each.evidence)) else "",
            "percent": percent(each.score),
            "verdict": house_verdict(each.verdict),
        }
        for each in questions
    ]


def house_verdict(verdict: str) -> str:
    return {
        "same": _("the same house"),
        "different": _("not the same house"),
        "moved": _("the household moved"),
    }.get(verdict, "")


@require_GET
def house(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """Two houses side by side."""
    case = queries.house_case_for(request.user, question_id)
    question = case.question
    sides = [case.left, case.right]
    context = {
        "case": case,
        "question": question,
        "is_open": question.state in queries.WAITING and not case.is_one,
        "verdict": house_verdict(question.verdict),
        "reason": _(case.reason) if case.reason else "",
        "percent": percent(question.score),
        "lines": _lines(*sides),
        "words": [(_(each.sentence), each.speaks) for each in case.findings if each.sentence != UNKNOWN_FINDING],
        "sides": [(side, _members(side, case.shared)) for side in sides],
        "map_config": _map_of(*(side.house for side in sides)),
        "far": _far_apart(*sides),
        "crumbs": [
            {"url": reverse("linkage:houses"), "label": _("Same house?")},
            {"url": "", "label": case.left.house.house_no or case.left.house.code},
        ],
    }
    return render(request, "linkage/house.html", context)


def _lines(left: queries.HouseSide, right: queries.HouseSide) -> list[dict[str, Any]]:
    """The two addresses, part by part, with unequal letters marked."""
    parts = (
        (_("House number"), "house_no"),
        (_("Moo"), "moo"),
        (_("Village"), "village_name"),
        (_("Soi"), "soi"),
        (_("Road"), "road"),
        (_("House code"), "house_code"),
    )
    told = [
        (label, str(getattr(left.house, name) or ""), str(getattr(right.house, name) or "")) for label, name in parts
    ]
    area = [places.full_name(side.house.area_code) if side.house.area_code else "" for side in (left, right)]
    told.append((_("Area"), area[0], area[1]))
    told.append((_("Head"), left.house.head_name, right.house.head_name))
    return [
        {"label": label, "cells": pieces(one, other), "verdict": _verdict_of(one, other)}
        for label, one, other in told
        if one or other
    ]


def _verdict_of(one: str, other: str) -> str:
    if not one or not other:
        return "missing"
    return "agree" if one == other else "differ"


def _members(side: queries.HouseSide, shared: frozenset[UUID]) -> list[dict[str, Any]]:
    return [{"person": each, "shared": each.pk in shared} for each in side.members]


def _map_of(later: Any, earlier: Any) -> dict[str, Any] | None:
    """The pin of the house told later among the houses around it; of the other where only that has one."""
    pinned = next((house for house in (later, earlier) if house.lat is not None), None)
    if pinned is None:
        return None
    tiles = reverse("pages:tile", args=[0, 0, 0]).replace("0/0/0", "{z}/{x}/{y}")
    config: dict[str, Any] = {
        "areas": f"{reverse('pages:area_shapes', args=[4])}?in={pinned.area_code[:6]}",
        "point": [pinned.lon, pinned.lat],
        "center": [pinned.lon, pinned.lat],
        "zoom": 16,
        "tiles": tiles,
    }
    return config | ({"basemap": reverse("pages:basemap")} if places.basemap_path() else {})


def _far_apart(left: queries.HouseSide, right: queries.HouseSide) -> int | None:
    """Metres between the two pins; None where one is not known."""
    a, b = left.house, right.house
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return round(metres_between((a.lat, a.lon), (b.lat, b.lon)))


@require_POST
def answer_house(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """Keep the answer and show the next question about houses."""
    case = queries.house_case_for(request.user, question_id)
    verdict = request.POST.get("answer", "")
    if verdict not in VERDICTS:
        raise BadInput(_("Choose one of the answers on the page."))
    try:
        services.answer(case.question, verdict, request.user)  # type: ignore[arg-type]  # one of VERDICTS
    except DomainError as problem:
        tell_problem(request, problem)
        return redirect("linkage:house", question_id)
    words = house_verdict(verdict) or _("put off")
    told = {"number": case.left.house.house_no, "answer": words}
    messages.success(request, _("House %(number)s: %(answer)s.") % told)
    return redirect(*(("linkage:house", case.next) if case.next else ("linkage:houses",)))
