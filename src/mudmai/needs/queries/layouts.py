"""The layouts of files for other offices that a user may use: those that come with the program and the office's own."""

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from mudmai.access.queries import scope_for
from mudmai.kernel.errors import NotFound
from mudmai.needs.models import Layout
from mudmai.needs.rules import layouts as rules
from mudmai.needs.rules.layouts import Column

if TYPE_CHECKING:
    from mudmai.accounts.models import User


class LaidOut(NamedTuple):
    """One layout; `row` is the newest version of the office, None for one that comes with the program."""

    code: str
    title: str
    columns: list[Column]
    row: Layout | None = None


def layouts_for(user: "User") -> list[LaidOut]:
    """Every layout, the office's newest version in place of the one that comes with the program."""
    prefixes = scope_for(user).prefixes
    found = {code: LaidOut(code, title, columns) for code, (title, columns) in rules.shipped().items()}
    for row in Layout.objects.select_related("by").order_by("id"):
        if any(prefix.startswith(row.area_code) or row.area_code.startswith(prefix) for prefix in prefixes):
            found[row.code] = LaidOut(row.code, row.title, rules.read(row.columns), row)
    return list(found.values())


def layout_for(user: "User", code: str) -> LaidOut:
    """One of them. Raises NotFound."""
    found = next((each for each in layouts_for(user) if each.code == code), None)
    if found is None:
        raise NotFound(_("There is no such layout."))
    return found


def versions_of(user: "User", code: str) -> list[Layout]:
    """What the office made of it, the newest first."""
    prefixes = scope_for(user).prefixes
    rows = Layout.objects.filter(code=code).select_related("by").order_by("-id")
    return [row for row in rows if any(_touch(prefix, row.area_code) for prefix in prefixes)]


def _touch(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
