"""The API for other programs: JSON over HTTPS, with a token that acts as its user."""

from typing import Any, Literal

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import Field, NinjaAPI, Schema
from ninja.errors import AuthenticationError, ValidationError
from ninja.security import HttpBearer, django_auth

from mudmai.access.rules import PURPOSES
from mudmai.accounts.models import Token, User
from mudmai.accounts.services import use_token
from mudmai.integrations import services
from mudmai.integrations.rules import MOST_ROWS, Asked
from mudmai.kernel.errors import DomainError

PREFIX = "/api/v1/"


class ByToken(HttpBearer):
    """`Authorization: Bearer <secret>`; the request acts as the token's user, with the duties of that user."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        return use_token(token)


# The pages of django-ninja load scripts from other sites; the description alone is enough.
api = NinjaAPI(title="Mudmai", version="1", docs_url=None, openapi_url=None, urls_namespace="integrations")


class PersonAsked(Schema):
    """One person: the given name, and the id or the family name with the birth date or the house."""

    given: str = Field("", max_length=200, description="given name, with or without a title")
    family: str = Field("", max_length=200)
    birth: str = Field("", max_length=40, description="birth date as lists write it (15/03/2493, 1950-03-15) or a year")
    cid: str = Field("", max_length=40, description="13-digit id")
    house: str = Field("", max_length=40, description="house number; needs the area")
    area: str = Field("", max_length=8, description="area code: 6 digits a tambon, 8 a village")


class Question(Schema):
    """Up to 100 people, asked about for one purpose."""

    purpose: str = Field(description=f"why it is asked, kept in the log: {', '.join(PURPOSES)}")
    persons: list[PersonAsked] = Field(description=f"1 to {MOST_ROWS} people")


class PersonAnswer(Schema):
    """Whether the person is known in the areas of the asker; `code` only where known."""

    answer: Literal["known", "unsure", "unknown"]
    code: str | None = None


class Answers(Schema):
    """One answer for each person, in the order asked."""

    answers: list[PersonAnswer]


@api.post(
    "persons/known", auth=ByToken(), response=Answers, exclude_none=True, url_name="known",
    summary="Is this person known?",
)  # fmt: skip
def known(request: HttpRequest, question: Question) -> Any:
    """Say of each person whether the registry knows them in the asker's areas, and nothing else."""
    token: Token = request.auth  # type: ignore[attr-defined]  # set by ByToken
    asked = [Asked(**each.dict()) for each in question.persons]
    with _in_words_of(token.user):
        found = services.are_known(asked, by=token.user, purpose=question.purpose, program=token.name)
    return {"answers": [{"answer": each.answer, "code": each.code or None} for each in found]}


@api.get("openapi.json", auth=django_auth, include_in_schema=False, url_name="openapi")
def openapi(request: HttpRequest) -> Any:
    """The description of this API for programs that write programs; for whoever is signed in."""
    return api.get_openapi_schema(path_prefix=PREFIX)


def _in_words_of(user: User) -> Any:
    return translation.override(user.language)


@api.exception_handler(DomainError)
def refused(request: HttpRequest, problem: DomainError) -> HttpResponse:
    """A refusal as JSON: code, sentence, and for rows that cannot be read, which and why."""
    body: dict[str, Any] = {"code": problem.code, "message": str(problem)}
    if isinstance(problem, services.RowsUnreadable):
        body["problems"] = problem.problems
    answer = api.create_response(request, body, status=problem.status)
    if isinstance(problem, services.AskedTooOften):
        answer["Retry-After"] = str(problem.wait)
    return answer


@api.exception_handler(ValidationError)
def not_in_form(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    """The question is no JSON of the form described: what is wrong, and where."""
    where = [".".join(str(part) for part in each["loc"][2:]) for each in problem.errors]
    body = {
        "code": "not_in_form",
        "message": _("The question is not written as the API describes it. Look at: %(where)s.")
        % {"where": ", ".join(filter(None, where)) or "JSON"},
    }
    return api.create_response(request, body, status=422)


@api.exception_handler(AuthenticationError)
def who_asks(request: HttpRequest, problem: AuthenticationError) -> HttpResponse:
    """No token, or one that opens nothing (any more)."""
    body = {"code": "no_token", "message": _("Send a valid token: Authorization: Bearer … It may have expired.")}
    answer = api.create_response(request, body, status=401)
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def open_to_tokens() -> Any:
    """The two addresses; the one that asks for a token does not ask for sign-in besides."""
    patterns, app, namespace = api.urls
    named = {each.name: each for each in patterns if isinstance(each, URLPattern)}
    named["known"].callback = login_not_required(named["known"].callback)
    return [named["known"], named["openapi"]], app, namespace
