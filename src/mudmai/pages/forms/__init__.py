"""Forms of the screens: corrections of staff, filters of lists, exports, taking a list back."""

from mudmai.pages.forms.decisions import DecisionExportForm, DecisionFilterForm
from mudmai.pages.forms.exports import ExportForm
from mudmai.pages.forms.filters import HouseholdFilterForm, PersonFilterForm
from mudmai.pages.forms.log import LogFilterForm
from mudmai.pages.forms.newcomer import NewcomerForm
from mudmai.pages.forms.registry import HouseholdForm, MergeForm, PersonForm, PinForm, SplitForm
from mudmai.pages.forms.teams import (
    ChangeTeamForm,
    FollowForm,
    HousesFilterForm,
    InviteForm,
    MemberForm,
    RoleForm,
    TeamForm,
)
from mudmai.pages.forms.undo import TakeBackForm, UndoForm

__all__ = [
    "ChangeTeamForm",
    "DecisionExportForm",
    "DecisionFilterForm",
    "ExportForm",
    "FollowForm",
    "HouseholdFilterForm",
    "HouseholdForm",
    "HousesFilterForm",
    "InviteForm",
    "LogFilterForm",
    "MemberForm",
    "MergeForm",
    "NewcomerForm",
    "PersonFilterForm",
    "PersonForm",
    "PinForm",
    "RoleForm",
    "SplitForm",
    "TakeBackForm",
    "TeamForm",
    "UndoForm",
]
