"""The sentences behind the codes of doubts and problems: English here, other languages in this module's `locale`.

The kernel knows no Django, so the sentences are only marked; whoever shows one translates it.
"""


def gettext_noop(message: str) -> str:
    """Marks a message for translation and returns it as it is."""
    return message


_ = gettext_noop

SENTENCES: dict[str, str] = {
    # ---- citizen id and house code
    "cid_length": _("The citizen id does not have 13 digits. Check it against the card."),
    "cid_checksum": _("The citizen id has a wrong digit: its check digit does not agree. Check it against the card."),
    "cid_scientific": _(
        "The spreadsheet cut off digits of the citizen id. Format that column as text and send it again."
    ),
    "cid_first_digit": _("No citizen id begins with 9. Check it against the card."),
    "cid_maybe_one_digit": _("One digit of the citizen id may be mistyped."),
    "cid_maybe_swapped": _("Two neighbouring digits of the citizen id may be swapped."),
    "cid_leading_zero": _("The citizen id had 12 digits; the 0 that a spreadsheet drops was put back in front."),
    "cid_school_number": _("This is a school number (G and 12 digits), not a citizen id."),
    "cid_kind_unregistered": _("Person without civil registration status"),
    "cid_kind_born_on_time": _("Thai, born since 1984, birth notified in time"),
    "cid_kind_born_late_notice": _("Thai, born since 1984, birth notified late"),
    "cid_kind_first_register": _("In a house register when numbers were first given (before June 1984)"),
    "cid_kind_moved_first_period": _("Moved house without a number when numbers were first given"),
    "cid_kind_added_later": _("Added to the register later"),
    "cid_kind_temporary": _("Entered temporarily or without permission, or highland person without nationality"),
    "cid_kind_child_of_temporary": _("Born in Thailand to a person staying temporarily"),
    "cid_kind_alien_or_naturalised": _("Foreigner with residence permit, or naturalised"),
    "cid_kind_school": _("School number of a pupil without registration"),
    "house_code_length": _("The house code does not have 11 digits. Check it against the house register."),
    "house_code_scientific": _(
        "The spreadsheet cut off digits of the house code. Format that column as text and send it again."
    ),
    # ---- names
    "name_unreadable": _("There is no name to read in this cell. Write the given name and the family name."),
    "name_too_long": _("This is too long for a name (more than 200 letters). Write one person's name only."),
    "name_no_family": _("No family name was found. That may be right."),
    "name_several_words": _("The name has more words than usual; the first was taken as the given name."),
    "name_title_joined": _("The first letters could be a title or part of the name; they were taken as a title."),
    "name_title_or_name": _("The first letters could be a title or part of the name; they were left in the name."),
    "name_title_only": _("There is a title but no name. Write the name after it."),
    "name_titles_differ": _("The title in the name differs from the title in its own column; the column was taken."),
    "name_has_digits": _("There are digits in the name."),
    "name_latin_o": _("A Latin letter o was read as the Thai letter อ."),
    "name_note_left_out": _("A remark in brackets was not taken as part of the name."),
    "name_two_people": _("There may be two people in this cell. Write each on a row of her own."),
    "name_family_repeated": _("The family name stood in the name too; it was taken once."),
    "title_unknown": _("This title is not known; it was kept as written."),
    # ---- dates and ages
    "date_unreadable": _("This is not a date we can read. Write it like 15/03/2493."),
    "date_impossible": _("There is no such day in the calendar. Check the day and the month."),
    "date_out_of_range": _("The year is impossible. Write the year in Buddhist era with four digits."),
    "date_in_future": _("The date lies in the future."),
    "date_approximate": _("The date was given as approximate."),
    "date_serial": _("A number was read as a spreadsheet's count of days."),
    "year_read_as_buddhist": _("The spreadsheet holds this year as Gregorian; it was read as Buddhist era."),
    "year_read_as_gregorian": _("The year was read as Gregorian though Buddhist era was expected."),
    "year_two_digits": _("The year has only two digits; the century was assumed."),
    "day_month_swapped": _("Day and month were read the other way round, because there is no month above 12."),
    "old_new_year": _("Before 1941 the year began in April: a day from January to March may belong to the next year."),
    "age_unreadable": _("This is not an age we can read. Write a number of years."),
    "age_out_of_range": _("Nobody is this old. Write the age in years, from 0 to 130."),
    "age_approximate": _("The age was given as approximate."),
    # ---- phones
    "phone_unreadable": _("This is not a phone number we can read. Write it like 081 234 5678."),
    "phone_length": _("The phone number has too few or too many digits. Mobile numbers have 10, others 9."),
    "phone_leading_zero": _("The 0 that a spreadsheet drops was put back in front of the phone number."),
    "phone_some_unreadable": _("Some of the phone numbers in this cell could not be read."),
    "phone_digits_added": _("What follows the phone number was left out."),
    "phone_old_style": _("This is a mobile number as written before 2006; the digit 8 was put in."),
    # ---- addresses
    "address_unreadable": _("No part of an address was found. Write it like 12/3 หมู่ 2 ต.เกาะคา อ.เกาะคา จ.ลำปาง."),
    "address_too_long": _("This is too long for an address (more than 500 letters)."),
    "address_left_over": _("Some words of the address were not understood."),
    "address_guessed_places": _("The subdistrict, district and province were told apart by their order only."),
    "house_no_unreadable": _("This is not a house number we can read. Write it like 12/3."),
    "house_no_unusual": _("The house number looks unusual; it was kept as written."),
    "house_no_was_date": _("The spreadsheet turned the house number into a date; it was turned back."),
    "house_no_has_moo": _("The village number stood with the house number; it was taken apart."),
    "moo_unreadable": _("This is not a village number we can read. Write a number from 1 to 99."),
    "moo_zero": _("The village number is 0, which usually means inside a town without village numbers."),
    # ---- coordinates
    "coordinates_unreadable": _("These are not coordinates we can read. Write them like 18.1893, 99.3915."),
    "coordinates_incomplete": _("Only one of latitude and longitude is there. Write both."),
    "coordinates_outside_thailand": _("This place is outside Thailand. Check latitude and longitude."),
    "coordinates_swapped": _("Latitude and longitude were swapped; they were put right."),
    "coordinates_coarse": _("The coordinates have few decimals, so the pin may be more than 100 metres off."),
    "coordinates_utm_zone": _("These are UTM metres without a zone. Write 47N or 48N before them."),
    "coordinates_from_utm": _("The coordinates were converted from UTM metres."),
    # ---- numbers and answers
    "number_unreadable": _("This is not a number we can read. Write digits only."),
    "number_not_whole": _("A whole number is needed here."),
    "number_negative": _("The number cannot be below zero."),
    "number_has_words": _("Words beside the number were left out."),
    "number_decimal_comma": _("A comma was read as the decimal point."),
    "yes_no_unreadable": _("This is neither yes nor no. Write มี or ไม่มี."),
}


def sentence(code: str) -> str:
    """The English sentence for a code; the code itself where it has none.

    >>> sentence("cid_first_digit")
    'No citizen id begins with 9. Check it against the card.'
    """
    return SENTENCES.get(code, code)
