"""The phone app's own files at the addresses a browser asks for: the shell, the service worker, the manifest.

They are built from field/ by tools/assets.py and say nothing about anybody, so nobody needs to be signed in.
"""

from pathlib import Path

from csp.decorators import csp_update
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

BUILT = Path(__file__).resolve().parents[1] / "static" / "field"


@login_not_required
@require_safe
@csp_update({"script-src": ["'wasm-unsafe-eval'"]})  # the form engine is WebAssembly
def shell(request: HttpRequest) -> HttpResponse:
    """The empty page in which the app runs; the same for everybody."""
    return _built("index.html", "text/html; charset=utf-8")


@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the app's files on the phone."""
    answer = _built("sw.js", "text/javascript; charset=utf-8")
    answer.headers["Service-Worker-Allowed"] = "/field/"
    return answer


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the app on its home screen."""
    return _built("manifest.webmanifest", "application/manifest+json")


def _built(name: str, content_type: str) -> HttpResponse:
    """Raises ImproperlyConfigured where the app has not been built."""
    try:
        content = (BUILT / name).read_bytes()
    except FileNotFoundError:
        raise ImproperlyConfigured(f"The phone app is not built: {name} is missing. Run `make setup`.") from None
    # Asked for anew each time: that is how a phone learns of a new version.
    return HttpResponse(content, content_type=content_type, headers={"Cache-Control": "no-cache"})
