"""Who gets what at every address. The listing of this file is the policy; a new address must get its row here.

A row is: name of the address, what each member of the cast gets for GET (in the order of CAST), and, where the address
has parts, a function that makes them from the `world` fixture (tests/architecture/conftest.py).
302 = asked to sign in, 403 = may not, 404 = does not exist for them, 405 = only for sending.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

CAST = ("anonymous", "somsri", "noi", "wichai", "nayok", "admin", "stranger")


@dataclass(frozen=True)
class Row:
    name: str
    gets: str
    parts: Callable[[Any], dict[str, Any]] | None = None
    query: str = ""

    def expected(self) -> dict[str, int]:
        codes = [int(code) for code in self.gets.split()]
        return dict(zip(CAST, codes, strict=True))


def upload(world: Any) -> dict[str, Any]:
    return {"upload_id": world.upload.pk}


def done(world: Any) -> dict[str, Any]:
    return {"upload_id": world.done.pk}


def question(world: Any) -> dict[str, Any]:
    return {"question_id": world.question.pk}


# fmt: off
SITE = (
    #                              anon som noi wic nay adm str
    Row("healthz",                "200 200 200 200 200 200 200"),
)
ACCOUNT = (
    Row("account_login",          "200 302 302 302 302 302 302"),
    Row("account_logout",         "302 200 200 200 200 200 200"),
    Row("account_change_password", "302 200 200 200 200 200 200"),
    Row("account_reauthenticate", "302 200 200 200 200 200 200"),
    Row("mfa_index",              "302 200 200 200 200 200 200"),
)
# The screens; one row each, in the order of pages/urls.py.
PAGES: tuple[Row, ...] = ()
INTAKE = (
    Row("intake:home",            "302 200 403 403 403 403 200"),
    Row("intake:upload",          "302 405 405 405 405 405 405"),
    Row("intake:map",             "302 200 404 404 404 404 404", upload),
    Row("intake:progress",        "302 302 404 404 404 404 404", upload),
    Row("intake:preview",         "302 200 404 404 404 404 404", upload),
    Row("intake:commit",          "302 405 405 405 405 405 405", upload),
    Row("intake:cancel",          "302 405 405 405 405 405 405", upload),
    Row("intake:result",          "302 200 404 404 404 404 404", done),
    Row("intake:report",          "302 200 404 404 404 404 404", done),
)
LINKAGE = (
    Row("linkage:questions",      "302 200 403 403 403 403 200"),
    Row("linkage:question",       "302 200 404 404 404 404 404", question),
    Row("linkage:answer",         "302 405 405 405 405 405 405", question),
    Row("linkage:undo",           "302 405 405 405 405 405 405", question),
)
# fmt: on

TABLE: tuple[Row, ...] = (*SITE, *ACCOUNT, *PAGES, *INTAKE, *LINKAGE)

# allauth brings these addresses too. They lead nowhere without sign-in, or only to the closed sign-up and reset pages.
BROUGHT_BY_ALLAUTH = ("account_", "mfa_")
# Of allauth's addresses, those that open without sign-in: signing in, its second step, and pages that say "closed".
OPEN_OF_ALLAUTH = {
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_confirm_email",
    "account_email_verification_sent",
    "mfa_authenticate",
}
