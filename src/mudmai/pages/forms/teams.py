"""Teams: making them, letting people in, inviting, and choosing who follows whom."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mudmai.access import rules
from mudmai.access.queries import Scope, may_hand_out, may_make_team, roles_in
from mudmai.people.queries import area_choices, area_names

if TYPE_CHECKING:
    from mudmai.access.models import Team
    from mudmai.accounts.models import User

SHORTEST_AREA = 4


def role_choices(user: "User", team: "Team") -> list[tuple[str, Any]]:
    """The roles in which the user may let somebody into the team."""
    return [(code, rules.GROUP_ROLES[code].label) for code in roles_in(team) if may_hand_out(user, team, code)]


class TeamForm(forms.Form):
    """A new team, or another name for one."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        error_messages={"required": _("Give the team a name by which its members know it.")},
    )
    kind = forms.ChoiceField(label=_("Kind of team"), widget=forms.RadioSelect)
    area_code = forms.ChoiceField(label=_("Area"))
    whole_area = forms.BooleanField(
        label=_("Every member looks after all houses of the area"),
        required=False,
        help_text=_("Else each sees only the houses that are given to him. Only for village teams."),
    )

    def __init__(self, data: Any, *, user: "User", scope: Scope, area: str = "") -> None:
        super().__init__(data, initial={"kind": rules.TeamKind.VILLAGE, "area_code": area})
        chosen = str((data or {}).get("area_code") or area)
        codes = [each for each in area_choices(scope, "teams.manage", chosen) if len(each[0]) >= SHORTEST_AREA]
        kinds = [
            (value, label)
            for value, label in rules.TeamKind.choices
            if any(may_make_team(user, value, code) for code, _name in codes) or value == rules.TeamKind.VILLAGE
        ]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # a ChoiceField has them
        self.fields["area_code"].choices = [("", "—"), *codes]  # type: ignore[attr-defined]


class ChangeTeamForm(forms.Form):
    """Another name, and whether its members look after the whole area."""

    name = TeamForm.base_fields["name"]
    whole_area = TeamForm.base_fields["whole_area"]

    def __init__(self, data: Any, *, team: "Team") -> None:
        super().__init__(data, initial={"name": team.name, "whole_area": team.whole_area})
        if not team.is_village:
            del self.fields["whole_area"]


class MemberForm(forms.Form):
    """Somebody who has an account, and the role."""

    username = forms.CharField(
        label=_("User name"), max_length=150, widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "off"})
    )
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, data: Any, *, user: "User", team: "Team") -> None:
        choices = role_choices(user, team)
        super().__init__(data, initial={"role": choices[-1][0] if len(choices) == 1 else "volunteer"})
        self.fields["role"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField has them


class InviteForm(forms.Form):
    """What an invitation allows, and for how long."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    days = forms.TypedChoiceField(
        label=_("Open for"),
        coerce=int,
        choices=[(1, _("1 day")), (7, _("7 days")), (14, _("14 days")), (30, _("30 days")), (90, _("90 days"))],
        initial=14,
    )
    most_uses = forms.IntegerField(label=_("How many people may join by it"), min_value=1, max_value=500, initial=1)
    needs_yes = forms.BooleanField(
        label=_("Each waits until somebody who runs the team says yes"),
        required=False,
        initial=True,
        help_text=_("Leave it ticked for a sheet that hangs where many pass by."),
    )

    def __init__(self, data: Any, *, user: "User", team: "Team") -> None:
        super().__init__(data, initial={"role": "volunteer"})
        self.fields["role"].choices = role_choices(user, team)  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, data: Any, *, user: "User", team: "Team", role: str) -> None:
        super().__init__(data, initial={"role": role})
        self.fields["role"].choices = role_choices(user, team)  # type: ignore[attr-defined]


class HousesFilterForm(forms.Form):
    """Which houses to choose from when they are given out."""

    area = forms.ChoiceField(label=_("Village"), required=False)
    free = forms.ChoiceField(
        label=_("Which houses"),
        required=False,
        choices=[("", _("All houses")), ("on", _("Only houses that nobody has yet"))],
    )

    def __init__(self, data: Any, *, team: "Team", codes: list[str]) -> None:
        super().__init__(data)
        names = area_names([team.area_code, *codes])
        found = [(code, names[code]) for code in codes]
        self.fields["area"].choices = [("", names[team.area_code]), *found]  # type: ignore[attr-defined]


class FollowForm(forms.Form):
    """Which group is to follow, and why."""

    team = forms.TypedChoiceField(label=_("Group"), coerce=int)
    reason = forms.CharField(
        label=_("Why (kept in the log and shown to the group)"), max_length=300, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip

    def __init__(self, data: Any, *, teams: "list[Team]") -> None:
        super().__init__(data)
        self.fields["team"].choices = [(team.pk, team.name) for team in teams]  # type: ignore[attr-defined]
