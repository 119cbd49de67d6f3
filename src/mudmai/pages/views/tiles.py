"""What the map is made of: tiles of houses, and the ground map of this installation."""

import gzip
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mudmai.access.queries import Scope
from mudmai.accounts.rules import SignedInRequest
from mudmai.kernel.errors import NotFound
from mudmai.pages.rules import mvt
from mudmai.people import queries as people
from mudmai.places import queries as places

TILE_KEPT_SECONDS = 60
CHUNK = 64 * 1024


@require_GET
def tile(request: SignedInRequest, z: int, x: int, y: int) -> HttpResponse:
    """One vector tile of the houses the user may see; 204 where there are none."""
    scope = people.scope_of(request.user)
    if not scope.allows_somewhere("people.view"):
        return HttpResponse(status=204, headers={"Cache-Control": "private, max-age=60"})
    packed = packed_tile(request.user, scope, z, x, y)
    if not packed:
        return HttpResponse(status=204, headers={"Cache-Control": "private, max-age=60"})
    headers = {"Cache-Control": "private, max-age=60"}
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        packed = gzip.decompress(packed)
    response = HttpResponse(packed, content_type="application/vnd.mapbox-vector-tile", headers=headers)
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def packed_tile(user: Any, scope: Scope, z: int, x: int, y: int) -> bytes:
    """The tile, packed; kept for everybody who sees the same, until the registry changes."""
    sees = [scope.prefixes_for("people.view"), scope.prefixes_for("people.view", "health")]
    follows = [sorted(scope.households_for("people.view")), sorted(scope.households_for("people.view", "health"))]
    facts = f"{sees} {follows} {people.stamp()} {get_language()} {z}/{x}/{y}"
    key = "tile-" + blake2b(facts.encode(), digest_size=16).hexdigest()
    packed: bytes | None = cache.get(key)
    if packed is None:
        pins = people.houses_in_tile(user, z, x, y)
        content = mvt.encode("houses", ((*mvt.tile_point(p.lat, p.lon, z, x, y), _properties(p)) for p in pins))
        packed = gzip.compress(content, 3) if content else b""
        cache.set(key, packed, TILE_KEPT_SECONDS)
    return packed


def _properties(pin: people.Pin) -> dict[str, Any]:
    if pin.n > 1:
        return {"n": pin.n}
    # Short, for it stands under the dot: 12/3 ม.2
    label = pin.house_no or "–"
    if pin.moo:
        label += " " + _("M.%(moo)s") % {"moo": pin.moo}
    people_words = _("%(n)s people") % {"n": pin.member_count}
    note = " · ".join(
        filter(None, (pin.head_name, people_words, _("somebody bedridden lives there") if pin.need else ""))
    )
    return {"n": 1, "id": str(UUID(pin.id)), "label": label, "note": note} | ({"need": 1} if pin.need else {})


@require_GET
def basemap(request: HttpRequest) -> HttpResponseBase:
    """The ground map of this installation, in the pieces that the map asks for."""
    path = places.basemap_path()
    if path is None:
        raise NotFound(_("There is no ground map on this server."))
    facts = path.stat()
    headers = {
        "Accept-Ranges": "bytes",
        "ETag": f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"',
        "Cache-Control": "private, max-age=86400",
    }
    wanted = request.headers.get("Range", "")
    if not wanted:
        return _piece(path, 0, facts.st_size, 200, headers)
    span = span_of(wanted, facts.st_size)
    if span is None:
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{facts.st_size}"})
    first, last = span
    return _piece(
        path, first, last - first + 1, 206, headers | {"Content-Range": f"bytes {first}-{last}/{facts.st_size}"}
    )


def span_of(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte of a Range header with one range; None where it cannot be met.

    >>> span_of("bytes=0-99", 50), span_of("bytes=-10", 50), span_of("bytes=40-", 50), span_of("bytes=50-", 50)
    ((0, 49), (40, 49), (40, 49), None)
    """
    unit, _equals, span = header.partition("=")
    start, dash, end = span.strip().partition("-")
    if unit.strip() != "bytes" or not dash or not (start + end).isdecimal():
        return None
    if not start:
        return (max(0, size - int(end)), size - 1) if int(end) and size else None
    first, last = int(start), min(int(end) if end else size - 1, size - 1)
    return (first, last) if first <= last else None


def _piece(path: Path, first: int, length: int, status: int, headers: dict[str, str]) -> StreamingHttpResponse:
    response = StreamingHttpResponse(
        _read(path, first, length), status=status, content_type="application/vnd.pmtiles", headers=headers
    )
    response["Content-Length"] = str(length)
    return response


def _read(path: Path, first: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        while length > 0 and (part := file.read(min(CHUNK, length))):
            length -= len(part)
            yield part
