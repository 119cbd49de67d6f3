"""What can be found wrong with a submission, or be noted about it, in sentences."""

from mudmai.kernel.words import gettext_noop

# The check of the form itself (rules.xform) brings sentences of its own.
SENTENCES: dict[str, str] = {
    "same_id": gettext_noop(
        "Another form with other answers came under the same number (%(told)s); both are kept. "
        "This happens when a phone is brought back from a backup."
    ),
    "not_xml": gettext_noop("The file cannot be read as a filled form. It is kept as it came."),
    "unknown_form": gettext_noop("There is no published form “%(told)s” in this version."),
    "wrong_instance": gettext_noop("The number inside the form (%(told)s) is not the one it was sent under."),
    "files_missing": gettext_noop("These files have not come within a day: %(told)s."),
    "not_a_picture": gettext_noop("The file %(told)s calls itself a picture, but is none."),
    "other_file": gettext_noop("Another file with other content came under the name %(told)s; both are kept."),
    "outside_area": gettext_noop("The sender may not fill forms in this area (%(told)s), or not any more."),
    "person_outside": gettext_noop("The sender may not fill forms about this person."),
    "house_unknown": gettext_noop("The household of this form is no longer in the registry."),
    "person_unknown": gettext_noop("A person of this form is no longer in the registry."),
    "no_area": gettext_noop("It cannot be told in which village this house stands."),
    "value_unreadable": gettext_noop("“%(told)s” is not what %(expected)s can be."),
    "code_unknown": gettext_noop("“%(told)s” is none of the choices that the registry knows for %(expected)s."),
    "date_in_future": gettext_noop("%(expected)s lies in the future: %(told)s."),
    "pin_in_sea": gettext_noop("The pin (%(told)s) lies in no place of Thailand: in the sea, or abroad."),
    "pin_outside": gettext_noop("The pin (%(told)s) lies outside %(expected)s."),
    "clock_behind": gettext_noop("The phone's clock was wrong by %(told)s; the times were put right by that."),
    "day_after_arrival": gettext_noop(
        "The day of the visit (%(told)s) lies after the day it arrived; the day of arrival stands."
    ),
    "long_ago": gettext_noop("The day of the visit (%(told)s) lies more than a year before it arrived."),
}
# Said to whoever reads the submission; they stop nothing.
NOTES: frozenset[str] = frozenset({"clock_behind", "day_after_arrival", "long_ago", "other_file"})
