"""What can be found wrong with a submission, or be noted about it, in sentences."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

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
    "other_file": gettext_noop("Another file with other content came under the same name, and is kept as %(told)s."),
    "outside_area": gettext_noop("The sender may not fill forms about this house or area (%(told)s), or not any more."),
    "person_outside": gettext_noop("The sender may not fill forms about this person, or not any more."),
    "house_unknown": gettext_noop("The household of this form is no longer in the registry."),
    "person_unknown": gettext_noop("A person of this form is no longer in the registry."),
    "no_area": gettext_noop("It cannot be told in which village this house stands."),
    "no_name": gettext_noop("A new person has no name."),
    "value_unreadable": gettext_noop("“%(told)s” is not what can stand for “%(expected)s”."),
    "code_unknown": gettext_noop("“%(told)s” is none of the choices that the registry knows for “%(expected)s”."),
    "date_in_future": gettext_noop("“%(expected)s” lies in the future: %(told)s."),
    "pin_in_sea": gettext_noop("The pin (%(told)s) lies in the sea or abroad."),
    "pin_outside": gettext_noop("The pin (%(told)s) lies outside %(expected)s."),
    "clock_wrong": gettext_noop("The phone's clock was wrong; the day of the visit was put right from %(told)s."),
    "day_after_arrival": gettext_noop(
        "The day of the visit (%(told)s) lies after the day it arrived; the day of arrival stands."
    ),
    "long_ago": gettext_noop("The day of the visit (%(told)s) lies long before it arrived."),
    "taken_back": gettext_noop("It was in the registry and was taken back: %(told)s"),
    "broken": gettext_noop("Something went wrong that should not. The maintainers find it in the log."),
}
# Said to whoever reads the submission; they stop nothing.
NOTES: frozenset[str] = frozenset({"clock_wrong", "day_after_arrival", "long_ago", "other_file"})
# Nobody can take a submission of which these are true: there is nothing that could stand.
HOPELESS: frozenset[str] = frozenset({"not_xml", "unknown_form", "no_area", "broken"})


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing about one answer (`path` as in the form, "" = the whole): its kind, what was told and what expected.

    `message` is the sentence of kinds that the check of the form brings.
    """

    path: str
    kind: str
    told: str = ""
    expected: str = ""
    message: str = ""

    @property
    def stops(self) -> bool:
        """Whether a person must look before any of the submission stands."""
        return self.kind not in NOTES

    @property
    def sentence(self) -> str:
        """For the person who reads it, in their language."""
        if self.kind not in SENTENCES:
            return self.message
        return _(SENTENCES[self.kind]) % {"told": self.told, "expected": self.expected}
