"""What happens around every page: language, who may write, what to say when something is refused, what may be kept."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import select_template
from django.utils import translation
from django.utils.cache import patch_vary_headers

from mudmai.audit import services as audit
from mudmai.kernel.errors import DomainError

Answer = Callable[[HttpRequest], HttpResponseBase]

# The first word of statements that change nothing; savepoints come from `transaction.atomic` around reads.
READING = {"SELECT", "WITH", "VALUES", "EXPLAIN", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK", "DECLARE", "FETCH"} | {
    "CLOSE",
    "SET",
    "SHOW",
}
FIRST_WORD = re.compile(r"^[\s(]*(?:/\*.*?\*/\s*)*(\w+)", re.DOTALL)
# Whoever is signed in is remembered in these; they say nothing about people of the registry.
HOUSEKEEPING = ('"django_session"',)
LOG_TABLE = '"audit_entry"'
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class WriteInGet(RuntimeError):
    """A page that is only shown tried to change the database. This is a bug, not something a user did."""


def language(get_response: Answer) -> Answer:
    """Show pages in the user's language; before sign-in in the one chosen on this browser, else Thai.

    The browser's own list is not asked: an office PC with an English Windows belongs to somebody who reads Thai.
    """
    known = {code for code, _name in settings.LANGUAGES}

    def answer(request: HttpRequest) -> HttpResponseBase:
        user = getattr(request, "user", None)
        chosen = user.language if user and user.is_authenticated else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        code = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        patch_vary_headers(response, ["Cookie"])
        return response

    return answer


def read_only_get(get_response: Answer) -> Answer:
    """Let GET, HEAD and OPTIONS change nothing but sessions and the look-log; sign-in's own pages are left alone."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method not in SAFE_METHODS or request.path.startswith("/account/"):
            return get_response(request)
        with connection.execute_wrapper(refuse_writes):
            return get_response(request)

    return answer


def refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if not (reads_only(sql) or is_housekeeping(sql)):
        raise WriteInGet(f"GET may not write: {sql[:200]}")
    return execute(sql, params, many, context)


def reads_only(sql: str) -> bool:
    word = FIRST_WORD.match(sql)
    return word is not None and word[1].upper() in READING


def is_housekeeping(sql: str) -> bool:
    start = sql[:120]
    return any(table in start for table in HOUSEKEEPING) or (audit.write_is_allowed() and LOG_TABLE in start)


class RefusalsInWords:
    """Turns a DomainError that no view caught into a page (or JSON) with its sentence and status."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        if request.accepts("text/html"):
            return self.page(request, exception)
        body = {"code": exception.code, "message": str(exception)}
        return JsonResponse(body, status=exception.status, json_dumps_params={"ensure_ascii": False})

    def page(self, request: HttpRequest, problem: DomainError) -> HttpResponse:
        template = select_template([f"{problem.status}.html", "400.html"])
        content = template.render({"message": str(problem), "code": problem.code}, request)
        return HttpResponse(content, status=problem.status)


def private_pages(get_response: Answer) -> Answer:
    """Tell browsers to keep no copy of what a signed-in user saw (others use the PC too), unless the view said so."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", "geolocation=(self), camera=(self), microphone=()")
        user = getattr(request, "user", None)
        if user and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return answer
