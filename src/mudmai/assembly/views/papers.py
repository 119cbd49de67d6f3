"""The paper: the list as it was closed, with its signatures, its fingerprint and the code that checks it."""

from uuid import UUID

import segno
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET

from mudmai.accounts.rules import SignedInRequest
from mudmai.assembly import queries
from mudmai.assembly.forms import LISTS
from mudmai.assembly.rules.minutes import POSITIONS, Signature
from mudmai.audit import services as audit
from mudmai.places import queries as places


@require_GET
def paper(request: SignedInRequest, assembly_id: UUID) -> HttpResponse:
    """The list for paper. Printing leaves a line in the log: the names go out of the house."""
    held = queries.assembly_for(request.user, assembly_id)
    with audit.allowed_write():
        audit.record(request.user, "assembly.paper.shown", "assembly", held.pk, area_code=held.area_code)
    minutes = queries.minutes_of(held)
    address = request.build_absolute_uri(reverse("assembly:check", args=[held.token]))
    signed = {each.position: each for each in minutes.signatures}
    more = [each for each in minutes.signatures if signed[each.position] is not each]
    context = {
        "assembly": held,
        "minutes": minutes,
        "facts": queries.paper_of(held),
        "village": places.full_name(held.area_code),
        "rows": [
            {"row": row, "reasons": [LISTS[reason] for reason in row.reasons if reason in LISTS]}
            for row in minutes.standing
        ],
        "struck": [row for row in minutes.rows.values() if not row.stands],
        "blocks": [_block(position, signed.get(position)) for position in minutes.signers]
        + [_block(each.position, each) for each in more],
        "address": address,
        "qr": qr(address),
    }
    return render(request, "assembly/paper.html", context)


def _block(position: str, signature: Signature | None) -> dict[str, object]:
    """One place to sign: the drawing where there is one, a dotted line to sign by hand where there is none."""
    return {
        "position": POSITIONS[position],
        "signature": signature,
        "lines": drawn(signature.strokes) if signature else "",
    }


def drawn(strokes: list[list[int]]) -> str:
    """The drawing as the path of an SVG on 1000 × 300."""
    lines = ([f"{x} {y}" for x, y in zip(line[::2], line[1::2], strict=True)] for line in strokes if line)
    return " ".join(f"M{points[0]}" + "".join(f"L{each}" for each in points[1:] or points) for points in lines)


def qr(address: str) -> SafeString:
    """A QR code as an SVG of our own making."""
    svg: str = segno.make(address, error="m").svg_inline(
        scale=1, border=2, omitsize=True, svgclass="qr", lineclass=None
    )
    return mark_safe(svg)  # noqa: S308 - squares only; the address is not written into it
