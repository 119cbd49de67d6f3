"""Assemblies on a phone: JSON over HTTPS with the token of the phone, so that a meeting needs no signal.

The phone holds the steps, adds its own bound to the last one, and sends them when it can; see docs/assembly.md.
"""

from typing import Any, Literal
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, ValidationError
from ninja.security import HttpBearer

from mudmai.access.queries import scope_for
from mudmai.accounts.models import Token
from mudmai.accounts.services import use_token
from mudmai.assembly import queries, services
from mudmai.assembly.models import Assembly
from mudmai.kernel.errors import DomainError
from mudmai.people.queries import area_names

# What was certified or cancelled long ago is not carried around.
MOST_ON_A_PHONE = 50


class ByToken(HttpBearer):
    """`Authorization: Bearer <secret>`; the request acts as the token's user, in that user's language."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        found = use_token(token)
        if found is not None:
            translation.activate(found.user.language)
        return found


api = NinjaAPI(title="Mudmai assemblies", docs_url=None, openapi_url=None, urls_namespace="assembly_phone")


class Held(Schema):
    """One assembly with its steps, each as it was written."""

    id: UUID
    village: str
    may_run: bool
    batch_withdrawn: bool
    steps: list[str]


class NewStep(Schema):
    """A step that the phone wrote: its very text and the hash that follows from it."""

    text: str
    hash: str


class Kept(Schema):
    """Whether the step is kept now, or was before."""

    kept: Literal["now", "before"]


# POST: a phone that is heard of leaves the day of it with its token, and GET may write nothing.
@api.post("take", auth=ByToken(), response=list[Held], url_name="held")
def held(request: HttpRequest) -> Any:
    """The assemblies of the user's villages, the newest first, to be taken along."""
    user = _user(request)
    found = list(queries.assemblies_for(user).select_related("batch")[:MOST_ON_A_PHONE])
    names, scope = area_names({each.area_code for each in found}), scope_for(user)
    return [
        {
            "id": each.pk,
            "village": names[each.area_code],
            "may_run": scope.allows(services.RUN, each.area_code),
            "batch_withdrawn": each.batch is not None and each.batch.withdrawn,
            "steps": [link.text for link in queries.links_of(each)],
        }
        for each in found
    ]


@api.put("{assembly_id}/steps/{n}", auth=ByToken(), response=Kept, url_name="keep_step")
def keep_step(request: HttpRequest, assembly_id: UUID, n: int, step: NewStep) -> Any:
    """Keep a step that follows from the last one. Safe to repeat."""
    kept = services.receive_step(_assembly(request, assembly_id), n, step.text, step.hash, by=_user(request))
    return {"kept": "before" if kept is None else "now"}


@api.put("{assembly_id}/photos/{sha256}", auth=ByToken(), response=Kept, url_name="keep_photo")
def keep_photo(request: HttpRequest, assembly_id: UUID, sha256: str) -> Any:
    """Keep the picture that a step names by its SHA-256. Safe to repeat."""
    is_new = services.receive_photo(_assembly(request, assembly_id), sha256, request.body, by=_user(request))
    return {"kept": "now" if is_new else "before"}


@api.post("{assembly_id}/certify", auth=ByToken(), response=Kept, url_name="certify_held")
def certify(request: HttpRequest, assembly_id: UUID) -> Any:
    """Certify a list that everybody has signed, and tell the registry. Safe to repeat."""
    found = _assembly(request, assembly_id)
    if found.phase == Assembly.Phase.CERTIFIED:
        return {"kept": "before"}
    services.certify(found, by=_user(request))
    return {"kept": "now"}


def _user(request: HttpRequest) -> Any:
    token: Token = request.auth  # type: ignore[attr-defined]  # set by ByToken
    return token.user


def _assembly(request: HttpRequest, assembly_id: UUID) -> Assembly:
    return queries.assembly_for(_user(request), assembly_id)


@api.exception_handler(DomainError)
def _refused(request: HttpRequest, problem: DomainError) -> HttpResponse:
    body = {"code": problem.code, "message": str(problem)}
    return api.create_response(request, body, status=problem.status)


@api.exception_handler(AuthenticationError)
def _no_token(request: HttpRequest, _problem: AuthenticationError) -> HttpResponse:
    body = {"code": "not_signed_in", "message": _("Sign in again, then send once more. Nothing was lost.")}
    return api.create_response(request, body, status=401)


@api.exception_handler(ValidationError)
def _unreadable(request: HttpRequest, _problem: ValidationError) -> HttpResponse:
    body = {"code": "unreadable", "message": _("This step cannot be read. Update the app, then send it again.")}
    return api.create_response(request, body, status=422)


def urlpatterns() -> list[URLPattern]:
    """The addresses, for whoever holds a token: the sign-in form is not asked for."""
    patterns: list[URLPattern] = [each for each in api.urls[0] if isinstance(each, URLPattern)]
    for each in patterns:
        if each.name not in {"api-root", None}:
            each.callback = login_not_required(each.callback)
    return [each for each in patterns if each.name not in {"api-root", None}]
