"""The sentences behind the codes that intake itself gives; those of parsers, places and linkage stand beside theirs."""

from mudmai.kernel import words as kernel_words
from mudmai.kernel.words import gettext_noop as _
from mudmai.linkage.rules import words as linkage_words
from mudmai.places.rules import words as places_words

SENTENCES: dict[str, str] = {
    # ---- cells
    "formula_error": _(
        "The formula in this cell failed. Put the value in, or mend the formula, and send the file again."
    ),
    "code_unknown": _("This is not one of the answers that the list of values knows. Correct it, or leave it out."),
    "code_some_unknown": _("Some of the answers in this cell were not understood."),
    "text_cut": _("The text was longer than 500 letters and was cut."),
    "adl_out_of_range": _("An ADL score lies between 0 and 20."),
    "birth_from_age": _("There is no birth date; the year of birth was reckoned from the age."),
    "name_is_no_name": _("This cell holds program text or a link, not a name. Write the name of the person."),
    # ---- rows
    "row_no_name": _("There is no name on this row. Write the given name and the family name."),
    "row_no_house": _("This row says neither who nor which house. Write a name, or a house number with its village."),
    "row_no_area": _(
        "It is not clear in which subdistrict this is. Write it on the row, or choose the area of the list."
    ),
    "row_outside_area": _("This place lies outside your areas. Ask the office that is responsible for it."),
    "row_repeats": _("This row says the same as an earlier row of this list."),
    "id_not_kept": _(
        "The 13-digit id was not kept, because it belongs to somebody else; a question was put to the staff."
    ),
    "future_day": _("This day lies in the future."),
    # ---- the list as a whole
    "many_in_house": _("%(count)s people stand under one address (%(house)s). Check the house numbers."),
    "no_area": _("It is not clear which area this list is about. Choose the area (on the command line: --area CODE)."),
    "no_list": _("No list of people or houses was found in this file."),
    "area_guessed": _("The area was guessed; check it before you import."),
    "left_table": _("A table on sheet “%(sheet)s” was left out: it has no column with names or houses."),
    "spread_down": _("Sheet “%(sheet)s”: blank house numbers were read as “the same house as above”."),
    "already_imported": _("This file was already imported on %(day)s, as batch %(batch)s. Nothing was changed."),
    "nothing_new": _("Everything in this list stands in the registry already, word for word. Nothing was changed."),
    "linked_again": _("The registry had changed since the preview; the rows were compared with it again."),
    "many_left": _(
        "%(count)s of the %(of)s people of the last list are missing here, so this was taken as a part of the list: "
        "nobody was marked as having left."
    ),
    "older_list": _(
        "A newer list of this kind stands already (%(day)s). Where the two differ, the newer one goes first."
    ),
}

# Doubts about what was read rightly as a rule; they are counted, but not written beside every row.
QUIET = frozenset(
    [
        "year_read_as_buddhist", "old_new_year", "phone_leading_zero", "cid_leading_zero", "name_no_family",
        "date_serial", "coordinates_swapped", "house_no_has_moo", "year_read_as_gregorian",
    ]
)  # fmt: skip

OUTCOMES: dict[str, str] = {
    "new": _("New person"),
    "new_house": _("New household"),
    "changed": _("Known; some values change"),
    "same": _("Known; nothing changes"),
    "review": _("Maybe known: somebody must decide"),
    "duplicate": _("Repeats an earlier row of this list"),
    "problem": _("Cannot be imported"),
}

KINDS_OF_WHY: dict[str, str] = {
    "header": _("from the name of the column"),
    "values": _("from the values"),
    "memory": _("as it was the last time"),
    "person": _("chosen by you"),
    "title": _("from the title"),
    "filename": _("from the file name"),
    "columns": _("from the rows"),
    "pins": _("from the pins on the map"),
    "history": _("as in the lists imported before"),
    "duty": _("from your duty"),
    "today": _("today, because the list does not say"),
    "nothing": _("not known"),
}

PHASES: dict[str, str] = {
    "reading": _("Reading the file"),
    "parsing": _("Reading the rows"),
    "linking": _("Looking for the same people"),
    "comparing": _("Comparing with what is known"),
    "writing": _("Keeping the records"),
    "folding": _("Putting the records together"),
    "undoing": _("Taking the list back"),
}


def sentence(code: str) -> str:
    """The English sentence of any doubt or problem that a row can have; the code itself where it has none."""
    for known in (SENTENCES, places_words.SENTENCES, linkage_words.REASONS):
        if code in known:
            return known[code]
    return kernel_words.sentence(code)
