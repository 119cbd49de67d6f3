"""The acts of the log in words. A code that is not here is shown as it is."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# First words of action codes, as the filter offers them.
SUBJECTS: dict[str, Promise] = {
    "people.person.looked_at": _("Looks at sensitive data"),
    "people.full_id": _("Looks at 13-digit ids"),
    "people.exported": _("Exports"),
    "people": _("The registry"),
    "intake": _("Lists brought in and taken back"),
    "linkage": _("Who is who"),
    "needs": _("Poverty and needs"),
    "rights": _("Entitlements"),
    "access": _("Duties"),
    "accounts": _("Accounts"),
    "places": _("Places"),
    "integrations": _("Questions of other programs"),
}
ACTS: dict[str, Promise] = {
    "people.person.looked_at": _("looked at sensitive data of a person"),
    "people.full_id.seen": _("saw a 13-digit id in full"),
    "people.exported": _("exported a list"),
    "people.person.added": _("added a person"),
    "people.person.corrected": _("corrected a person"),
    "people.household.corrected": _("corrected a house"),
    "people.household.pinned": _("set the pin of a house"),
    "people.household.split": _("split a household"),
    "people.household.merged": _("put two houses together"),
    "intake.file.received": _("sent a file"),
    "intake.files.cleared": _("cleared files that nobody went on with"),
    "intake.list.imported": _("brought a list in"),
    "intake.list.undone": _("took a list back"),
    "intake.list.restored": _("put a list back"),
    "linkage.lake.written": _("wrote the registry as a lake"),
    "linkage.record.unlinked": _("parted a row from a person"),
    "linkage.decision.withdrawn": _("took a decision back"),
    "linkage.decision.restored": _("put a decision back"),
    "linkage.decisions.exported": _("exported decisions"),
    "people.record.withdrawn": _("took a row back"),
    "people.record.restored": _("put a row back"),
    "linkage.question.answered": _("answered “same person?”"),
    "linkage.weights.learned": _("learned weights from the registry"),
    "linkage.weights.put_to_use": _("put weights to use"),
    "linkage.question.undone": _("undid an answer to “same person?”"),
    "linkage.question.inquired": _("put a question to the volunteers"),
    "linkage.question.replied": _("wrote down the reply of a volunteer"),
    "linkage.question.recalled": _("took a question back from the volunteers"),
    "linkage.question.second_look": _("looked a second time at an answer"),
    "linkage.question.settled": _("settled what two people answered differently"),
    "linkage.bulk.answered": _("answered many questions at once"),
    "linkage.bulk.undone": _("took back many answers at once"),
    "linkage.share.set": _("set the share of second looks"),
    "needs.list.shown": _("looked at sensitive reasons on a list of needs"),
    "needs.list.printed": _("printed a list of needs"),
    "needs.weights.set": _("set the points of reasons"),
    "needs.snapshot.asked": _("kept a day for comparing"),
    "needs.set.kept": _("brought a set of indicators in"),
    "needs.set.used": _("put a set of indicators to use, or out of use"),
    "needs.layout.changed": _("changed the columns of a file for TPMAP"),
    "rights.list.shown": _("looked at a list of entitlements"),
    "rights.list.printed": _("printed a list of entitlements"),
    "rights.letters.printed": _("printed letters about entitlements"),
    "rights.row.added": _("changed a rate or a limit"),
    "rights.row.taken_back": _("took a rate or a limit back"),
    "rights.case.kept": _("kept a case of a rule"),
    "rights.case.taken_back": _("took a case of a rule back"),
    "access.duty.given": _("gave a duty"),
    "access.duty.ended": _("ended a duty"),
    "accounts.user.added": _("added a user"),
    "accounts.user.password_changed": _("changed a user's password"),
    "accounts.token.given": _("let a program act as a user"),
    "accounts.token.revoked": _("closed a program's way in"),
    "integrations.person.asked": _("answered another program whether a person is known"),
    "accounts.user.switched_off": _("closed an account"),
    "accounts.user.switched_on": _("opened an account again"),
    "places.file.loaded": _("loaded a file of places"),
    "places.file.removed": _("removed a file of places"),
    "places.basemap.set": _("set the ground map"),
    "places.basemap.removed": _("removed the ground map"),
}
ICONS = {
    "people": "person",
    "intake": "import",
    "linkage": "same",
    "needs": "heart",
    "rights": "gift",
    "access": "key",
    "accounts": "key",
    "places": "map",
    "integrations": "key",
}


def act_in_words(action: str) -> str:
    return str(ACTS.get(action, action))


def icon_of(action: str) -> str:
    """The picture beside an act, by the module it happened in."""
    return ICONS.get(action.split(".")[0], "info")
