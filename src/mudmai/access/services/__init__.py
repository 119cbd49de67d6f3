"""What is done about duties, accounts, teams and invitations: the door for every other module."""

from mudmai.access.services.duties import DutyEndsBeforeStart, UnknownArea, UnknownRole, end_duty, give_duty
from mudmai.access.services.refusing import (
    DutyDoesNotAllow,
    OutsideYourAreas,
    require,
    require_in,
    require_somewhere,
)
from mudmai.access.services.users import (
    add_user,
    give_token,
    revoke_token,
    set_password,
    switch_off_user,
    switch_on_user,
)

__all__ = [
    "DutyDoesNotAllow",
    "DutyEndsBeforeStart",
    "OutsideYourAreas",
    "UnknownArea",
    "UnknownRole",
    "add_user",
    "end_duty",
    "give_duty",
    "give_token",
    "require",
    "require_in",
    "require_somewhere",
    "revoke_token",
    "set_password",
    "switch_off_user",
    "switch_on_user",
]
