"""What every page shows around its content."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from mudmai.access.queries import Scope, scope_for
from mudmai.linkage import queries as linkage
from mudmai.places import queries as places


class Entry(NamedTuple):
    """One line of the menu."""

    name: str
    icon: str
    label: str
    short: str
    actions: str  # any of these opens it
    group: str = ""  # heading under which it stands; "" stands above all


def entries() -> list[Entry]:
    first, registry, field, office = _("Who needs what"), _("Registry"), _("In the field"), _("Office")
    return [
        Entry("pages:home", "overview", _("Overview"), _("Overview"), "counts.view"),
        Entry("pages:map", "map", _("Map"), _("Map"), "counts.view people.view"),
        Entry("needs:ranked", "walk", _("Who comes first"), _("Comes first"), "people.view", first),
        Entry("rights:missed", "gift", _("Who is missed"), _("Missed"), "counts.view", first),
        Entry("needs:area", "chart", _("Poverty and needs"), _("Needs"), "counts.view", first),
        Entry("rights:alerts", "calendar", _("Days that matter"), _("Days"), "people.view", first),
        Entry("needs:compare", "merge", _("Compare registers"), _("Compare"), "counts.view", first),
        Entry("needs:unseen", "eye", _("Still unseen"), _("Unseen"), "counts.view", first),
        Entry("rights:rules", "file", _("Rules and rates"), _("Rules"), "counts.view", first),
        Entry("pages:households", "house", _("Households"), _("Houses"), "people.view", registry),
        Entry("pages:persons", "people", _("Persons"), _("Persons"), "people.view", registry),
        Entry("linkage:questions", "same", _("Same person?"), _("Same?"), "linkage.review", registry),
        Entry("pages:decisions", "link", _("Decisions"), _("Decided"), "linkage.review", registry),
        Entry("intake:home", "import", _("Bring in a list"), _("Import"), "intake.import", registry),
        Entry("pages:batches", "history", _("What came in"), _("History"), "intake.undo", registry),
        Entry("assembly:assemblies", "shield", _("Village assemblies"), _("Assembly"), "assembly.sign", field),
        Entry("pages:teams", "heart", _("Teams"), _("Teams"), "people.view teams.manage", field),
        Entry("surveys:phones", "phone", _("Phones"), _("Phones"), "surveys.submit access.manage", field),
        Entry("surveys:forms", "form", _("Forms"), _("Forms"), "forms.manage", field),
        Entry("linkage:model", "chart", _("How people are told apart"), _("Weights"), "access.manage", office),
        Entry("pages:log", "shield", _("Log"), _("Log"), "audit.read", office),
    ]


def shell(request: HttpRequest) -> dict[str, Any]:
    """nav, town_name and demo_notice of `shared/page.html`."""
    shown: dict[str, Any] = {"nav": [], "town_name": "", "demo_notice": settings.DEMO_MARK.exists()}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return shown
    scope = scope_for(user)
    current = request.resolver_match.view_name if request.resolver_match else ""
    shown["nav"] = [
        {
            "url": reverse(entry.name),
            "icon": entry.icon,
            "label": entry.label,
            "short": entry.short,
            "current": entry.name == current,
            "group": entry.group,
            "count": linkage.open_count(user) if entry.name == "linkage:questions" else 0,
        }
        for entry in offered(scope)
    ]
    shown["town_name"] = town_name(scope)
    return shown


def offered(scope: Scope) -> list[Entry]:
    """What the user may open; whoever has nothing yet waits for a team's yes."""
    found = [entry for entry in entries() if any(scope.allows_somewhere(each) for each in entry.actions.split())]
    return found or [entry for entry in entries() if entry.name == "pages:teams"]


def town_name(scope: Scope) -> str:
    """The area of the duty as its people call it; nothing for duties in several places."""
    prefixes = scope.prefixes
    if len(prefixes) != 1:
        return ""
    return places.name_of(prefixes[0]) if prefixes[0] else _("Thailand")
