"""The five dimensions, the target groups and the urgencies in the words of the screens, with their colours."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mudmai.access.rules import DataClass

# TPMAP's five dimensions, in its order.
DIMENSIONS: dict[str, Promise] = {
    "health": _("Health"),
    "living": _("Living"),
    "education": _("Education"),
    "income": _("Income"),
    "access": _("Access to public services"),
}
# The three target groups of Nakhonsawan Change.
GROUPS: dict[str, Promise] = {
    "tpmap": _("In TPMAP"),
    "missed": _("Missed by TPMAP"),
    "vulnerable": _("Vulnerable household"),
}
# By urgency: colour, and with it the icon, of `shared/tag.html`.
COLOURS = {9: "bad", 5: "warn", 1: "info"}


def of_dimension(code: str) -> str:
    """The class of data that a dimension tells of."""
    return {"health": DataClass.HEALTH, "income": DataClass.MONEY}.get(code, DataClass.SOCIAL).value
