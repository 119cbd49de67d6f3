"""`mudmai user`: accounts and duties from the command line; the first account is made here."""

import json
import sys
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from mudmai.access import rules
from mudmai.access.models import Duty
from mudmai.access.queries import duties_of, standing
from mudmai.access.services import (
    add_user,
    end_duty,
    give_duty,
    give_token,
    revoke_token,
    set_password,
    switch_off_user,
    switch_on_user,
)
from mudmai.accounts.queries import all_users, token_with, tokens_of, user_named
from mudmai.accounts.services import new_password
from mudmai.kernel import clock
from mudmai.kernel.errors import DomainError


class Command(BaseCommand):
    help = "Add users, give and end duties, set passwords, switch accounts off."

    def add_arguments(self, parser: CommandParser) -> None:
        act = parser.add_subparsers(dest="act", required=True)
        add = act.add_parser("add", help="make an account with its first duty")
        add.add_argument("name", help="user name to sign in with")
        add.add_argument("--full-name", default="")
        add.add_argument("--position", default="")
        add.add_argument("--phone", default="")
        self.add_duty_arguments(add)
        self.add_password_argument(add)
        for word, says in (("give", "give one more duty"), ("end", "end a duty")):
            duty = act.add_parser(word, help=says)
            duty.add_argument("name")
            self.add_duty_arguments(duty)
        password = act.add_parser("password", help="set another password")
        password.add_argument("name")
        self.add_password_argument(password)
        act.add_parser("off", help="let nobody sign in with this account any more").add_argument("name")
        act.add_parser("on", help="open an account again").add_argument("name")
        act.add_parser("list", help="show accounts and their duties").add_argument("--json", action="store_true")

        self.add_token_arguments(act.add_parser("token", help="let a program act as a user, see docs/api.md"))

    def add_token_arguments(self, token: CommandParser) -> None:
        do = token.add_subparsers(dest="do", required=True)
        give = do.add_parser("give", help="make a token; its secret is shown only now")
        give.add_argument("name", help="user name as whom the program acts")
        give.add_argument("--for", dest="program", required=True, help="which program, in words")
        give.add_argument("--days", type=int, default=90, help="how many days it opens; 90 when left out")
        do.add_parser("list", help="show the tokens of a user").add_argument("name")
        do.add_parser("revoke", help="let a token open nothing any more").add_argument("number", type=int)

    def add_duty_arguments(self, parser: Any) -> None:
        parser.add_argument("--role", required=True, choices=sorted(rules.ROLES))
        parser.add_argument("--area", default="", help="code of 2, 4, 6 or 8 digits; left out means the whole country")

    def add_password_argument(self, parser: Any) -> None:
        parser.add_argument(
            "--password", help="a good one is made and printed when left out; - asks for it without showing it"
        )

    def handle(self, *, act: str, **options: Any) -> None:
        try:
            getattr(self, f"act_{act}")(**options)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal

    def act_add(self, *, name: str, role: str, area: str, password: str | None, **options: Any) -> None:
        chosen, shown = chosen_password(password)
        account = {key: options[key] for key in ("full_name", "position", "phone")}
        user = add_user(by=None, area_code=area, role=role, username=name, password=chosen, **account)
        self.stdout.write(
            _("Added %(name)s as %(role)s of %(area)s.")
            % {"name": user.username, "role": rules.ROLES[role].label, "area": area or _("the whole country")}
        )
        self.show_password(shown)

    def act_give(self, *, name: str, role: str, area: str, **_options: Any) -> None:
        give_duty(by=None, user=user_named(name), role=role, area_code=area)
        self.stdout.write(_("Done."))

    def act_end(self, *, name: str, role: str, area: str, **_options: Any) -> None:
        found = duties_of(user_named(name), clock.today()).filter(role=role, area_code=area)
        if not found:
            raise CommandError(_("%(name)s has no such duty.") % {"name": name})
        for duty in found:
            end_duty(by=None, duty=duty)
        self.stdout.write(_("Done."))

    def act_password(self, *, name: str, password: str | None, **_options: Any) -> None:
        chosen, shown = chosen_password(password)
        set_password(by=None, user=user_named(name), password=chosen)
        self.stdout.write(_("The password was changed."))
        self.show_password(shown)

    def act_off(self, *, name: str, **_options: Any) -> None:
        switch_off_user(by=None, user=user_named(name))
        self.stdout.write(_("Done."))

    def act_on(self, *, name: str, **_options: Any) -> None:
        switch_on_user(by=None, user=user_named(name))
        self.stdout.write(_("Done."))

    def act_token(self, *, do: str, **options: Any) -> None:
        getattr(self, f"token_{do}")(**options)

    def token_give(self, *, name: str, program: str, days: int, **_options: Any) -> None:
        token, secret = give_token(by=None, user=user_named(name), name=program, days=days)
        self.stdout.write(_("Token %(number)s opens until %(day)s.") % {"number": token.pk, "day": token.expires_on})
        self.stdout.write(_("Secret: %(secret)s (shown only now)") % {"secret": secret})

    def token_list(self, *, name: str, **_options: Any) -> None:
        for token in tokens_of(user_named(name)):
            used = token.last_used_on or _("never")
            days = _("until %(day)s, last used: %(used)s") % {"day": token.expires_on, "used": used}
            state = _("revoked") if token.revoked_at else _("stands")
            self.stdout.write(f"{token.pk} · {token.name} · {days} · {state}")

    def token_revoke(self, *, number: int, **_options: Any) -> None:
        revoke_token(by=None, token=token_with(number))
        self.stdout.write(_("Done."))

    def act_list(self, *, json: bool, **_options: Any) -> None:
        rows = accounts_with_duties()
        if json:
            self.stdout.write(as_json(rows))
            return
        for row in rows:
            state = "" if row["active"] else f" ({_('switched off')})"
            self.stdout.write(f"{row['username']} · {row['full_name']}{state}")
            for duty in row["duties"]:
                self.stdout.write(f"    {duty['role']} {duty['area'] or _('the whole country')}")

    def show_password(self, shown: str) -> None:
        if shown:
            self.stdout.write(_("Password: %(password)s (shown only now)") % {"password": shown})


def chosen_password(given: str | None) -> tuple[str, str]:
    """The password to set, and what to show of it: only one that was made here."""
    if given == "-":
        return (getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")), ""
    if given:
        return given, ""
    made = new_password()
    return made, made


def accounts_with_duties() -> list[dict[str, Any]]:
    duties: dict[int, list[dict[str, str]]] = {}
    for duty in Duty.objects.filter(standing(clock.today())).order_by("area_code", "role"):
        duties.setdefault(duty.user_id, []).append({"role": duty.role, "area": duty.area_code})
    return [
        {
            "username": user.username,
            "full_name": user.full_name,
            "active": user.is_active,
            "duties": duties.get(user.pk, []),
        }
        for user in all_users()
    ]


def as_json(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=1)
