"""The findings and reasons in words; whoever shows them translates them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from mudmai.kernel.words import gettext_noop as _

COMPARED: dict[str, str] = {
    "cid": _("13-digit id"),
    "given": _("Given name"),
    "family": _("Family name"),
    "birth": _("Birth date"),
    "sex": _("Sex"),
    "house": _("Address"),
    "phone": _("Phone"),
    "mates": _("Lives with"),
    "life": _("Alive or dead"),
    "house_code": _("House code"),
    "house_number": _("House number"),
    "village": _("Village"),
    "living": _("Who lives there"),
    "seen": _("Seen in both"),
}

FINDINGS: dict[tuple[str, str], str] = {
    ("cid", "exact"): _("The 13-digit id is the same."),
    ("cid", "swapped"): _("The 13-digit id on the list is mistyped: two digits are swapped."),
    ("cid", "near"): _("The 13-digit id on the list is mistyped: one digit is wrong."),
    ("cid", "different"): _("The 13-digit ids are different, and both are valid."),
    ("given", "exact"): _("The given name is the same."),
    ("given", "sound"): _("The given name sounds the same but is written differently."),
    ("given", "close"): _("The given name is nearly the same."),
    ("given", "loose"): _("The given name is only somewhat alike."),
    ("given", "different"): _("The given names are different."),
    ("family", "exact"): _("The family name is the same."),
    ("family", "sound"): _("The family name sounds the same but is written differently."),
    ("family", "close"): _("The family name is nearly the same."),
    ("family", "loose"): _("The family name is only somewhat alike."),
    ("family", "married"): _("The family names are different; given name and birth date suggest a change at marriage."),
    ("family", "different"): _("The family names are different; marriage or a change of name may explain that."),
    ("birth", "exact"): _("The birth date is the same."),
    ("birth", "swapped"): _("Day and month of birth are swapped."),
    ("birth", "slip"): _("The birth dates differ only in the year, as a typing slip would make it."),
    ("birth", "era"): _("The years of birth are 543 apart: one is Buddhist, the other common era."),
    ("birth", "digit"): _("The birth dates differ in one digit."),
    ("birth", "month"): _("Month and year of birth are the same; one side gives no day."),
    ("birth", "other_day"): _("Month and year of birth are the same, the day differs."),
    ("birth", "year"): _("The year of birth is the same; one side gives no day and month."),
    ("birth", "other_month"): _("The year of birth is the same, day and month differ."),
    ("birth", "other_year"): _("Day and month of birth are the same, the year differs."),
    ("birth", "next_year"): _("The years of birth are next to each other; one side gives only the year."),
    ("birth", "about"): _("The years of birth are a few years apart; one side gives only about when."),
    ("birth", "different"): _("The birth dates are different."),
    ("birth", "generation"): _("The birth dates are a generation apart."),
    ("sex", "same"): _("The sex is the same."),
    ("sex", "different"): _("The sex differs."),
    ("house", "same"): _("The house is the same."),
    ("house", "number"): _("The house number and the subdistrict are the same; one side gives no village."),
    ("house", "village"): _("The village is the same, the house differs."),
    ("house", "tambon"): _("The subdistrict is the same, the village differs."),
    ("house", "elsewhere"): _("The addresses are in different subdistricts; moving may explain that."),
    ("phone", "same"): _("The phone number is the same."),
    ("phone", "different"): _("The phone numbers are different."),
    ("house_code", "same"): _("The house code is the same."),
    ("house_code", "different"): _("The house codes are different."),
    ("house_number", "same"): _("The house number is the same."),
    ("house_number", "written"): _("The same digits are written differently."),
    ("house_number", "part"): _("One number is a part of the other, as when a house is split."),
    ("house_number", "different"): _("The house numbers are different."),
    ("village", "same"): _("The village is the same."),
    ("village", "untold"): _("One side gives no village."),
    ("village", "different"): _("The villages are different."),
    ("living", "most"): _("Most of those who live there bear the same names."),
    ("living", "some"): _("Some of those who live there bear the same names."),
    ("living", "none"): _("Nobody who lives there bears the same name."),
    ("seen", "most"): _("Most people of one house were seen in the other."),
    ("seen", "some"): _("Some people were seen in both houses."),
    ("seen", "none"): _("Nobody was seen in both houses."),
    ("mates", "several"): _("Both live with the same people, at different addresses."),
    ("mates", "one"): _("Both live with somebody of the same given name, at different addresses."),
    ("mates", "none"): _("They live with different people, at different addresses."),
    ("life", "dead_and_seen"): _("One list tells of the death, and later somebody saw the person alive."),
}

REASONS: dict[str, str] = {
    "cid": _("The 13-digit id and the name agree."),
    "model": _("Enough agrees, and nothing speaks against it."),
    "unsure": _("Much agrees, but not enough to be sure."),
    "id_two_people": _("This 13-digit id is used by two people: the name or the birth date does not fit."),
    "id_of_another": _("The 13-digit id on this row belongs to somebody else in the registry."),
    "two_ids": _("The two have different valid 13-digit ids."),
    "other_name": _("The 13-digit id is nearly the same, but the given name is not."),
    "other_sex": _("Nearly everything agrees, but the sex differs."),
    "other_birth": _("Nearly everything agrees, but the birth dates are far apart."),
    "maybe_twins": _("Born on the same day in the same family with similar names: they may be twins."),
    "near_name": _("The given names are only similar, and the birth date does not confirm it."),
    "name_only": _("Only the name agrees; there may be two people of that name."),
    "several": _("Several people fit this row equally well."),
    "generation": _("One person now, but the birth dates that were told are a generation apart."),
    "two_sexes": _("One person now, but told of as a man and as a woman."),
    "dead_and_seen": _("One person now, but dead on one list and seen alive later."),
    "two_spellings": _("Two spellings of one address."),
    "moved": _("The household seems to have moved."),
    "two_numbers": _("One house with two numbers, or a house that was split."),
    "kept_apart": _("It would bring together people who are known not to be the same."),
}

UNKNOWN_FINDING = _("Not told on one side.")


class Finding(NamedTuple):
    """One line of the evidence: English sentences to be translated by the page."""

    code: str
    label: str
    sentence: str
    speaks: str  # for, against or nothing
    left: str
    right: str
    bits: float


def findings(evidence: Mapping[str, Mapping[str, Any]]) -> list[Finding]:
    """The evidence of a decision or a question, line by line, in the order in which people check it."""
    lines = []
    for code, label in COMPARED.items():
        found = evidence.get(code)
        if found is None:
            continue
        bits = float(found.get("weight", 0.0))
        sentence = FINDINGS.get((code, str(found["level"])), UNKNOWN_FINDING)
        speaks = "for" if bits > 1 else "against" if bits < -1 else "nothing"
        left, right = str(found.get("left") or ""), str(found.get("right") or "")
        lines.append(Finding(code, label, sentence, speaks, left, right, bits))
    return lines


def reason_sentence(evidence: Mapping[str, Mapping[str, Any]]) -> str:
    """Why it was linked or asked, as an English sentence to be translated; "" where nothing was written down."""
    return REASONS.get(str(evidence.get("why", {}).get("level", "")), "")
