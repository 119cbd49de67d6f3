"""What can be wrong with an XLSForm, and the cure, in words: msgids with named places.

Source:  the XLSForm standard (xlsform.org) and the checks of pyxform 4.5; reviewed 2569-11.
"""

from mudmai.kernel.words import gettext_noop as _

SENTENCES: dict[str, tuple[str, str]] = {
    # ---- the file
    "not_a_form": (
        _("This is no form: %(reason)s"),
        _("Send an XLSForm: an Excel workbook with the sheets survey, choices and settings."),
    ),
    "too_large": (
        _("The file is larger than %(megabytes)s MB, or holds more than %(rows)s rows."),
        _("Keep only the sheets of the form, and put long lists of choices into a CSV file beside it."),
    ),
    "macros": (
        _("The workbook holds macros (small programs)."),
        _("In Excel choose File > Save As > Excel Workbook (.xlsx), which leaves the macros out, and send that."),
    ),
    "no_survey_sheet": (
        _("There is no sheet “survey”."),
        _("Name the sheet with the questions survey. Sheets of this file: %(sheets)s"),
    ),
    "similar_sheet": (
        _("There is no sheet “%(wanted)s”, but one with a similar name: %(candidates)s"),
        _("Rename it to %(wanted)s, or put _ before its name if it is not part of the form."),
    ),
    "empty_survey": (
        _("The sheet “survey” holds no question."),
        _("Write one question a row, with its type, name and label."),
    ),
    "cell_error": (
        _("A formula in this cell failed: %(value)s"),
        _("Mend the formula, or type the value itself."),
    ),
    # ---- columns
    "header_twice": (
        _("The column “%(header)s” stands there twice."),
        _("Rename or delete one of the two columns."),
    ),
    "header_same": (
        _("“%(other)s” and “%(header)s” are two names of the same column."),
        _("Delete one of the two columns."),
    ),
    "header_missing": (
        _("The sheet lacks the columns %(missing)s."),
        _("Write these words into the first row: type, name, label on survey; list_name, name, label on choices."),
    ),
    "header_row_missing": (
        _("The first row does not hold the names of the columns."),
        _("Put the names of the columns (type, name, label …) into the first row of the sheet."),
    ),
    "header_unknown": (
        _("The column “%(header)s” is not known."),
        _("Did you mean “%(close)s”? A column of your own notes may stay."),
    ),
    "header_bad": (
        _("The name of the column “%(header)s” is empty or holds a space; the column is left out."),
        _("Write the name in one word, with _ for a space."),
    ),
    # ---- names
    "name_missing": (
        _("This row has no name."),
        _("Write a short name in English letters without spaces into the column name, such as house_no."),
    ),
    "name_characters": (
        _("The name “%(value)s” holds a character that a name may not hold."),
        _("Begin with a letter; after it only letters, digits, _ and -. No spaces."),
    ),
    "name_twice": (
        _("The name “%(value)s” stands twice in the same group."),
        _("Give one of the two rows another name."),
    ),
    "name_alike": (
        _("The name “%(value)s” differs from another only in capital letters."),
        _("Better give one of the two another name: some programs take them for the same."),
    ),
    "name_of_root": (
        _("A repeat may not be named “%(value)s”, as the form itself is."),
        _("Give the repeat another name, such as members."),
    ),
    "name_meta": (
        _("The name “meta” is kept for the form's own notes."),
        _("Rename this row, for example to about."),
    ),
    "audit_named": (
        _("A row of type audit has no name of its own."),
        _("Leave the column name empty in this row."),
    ),
    # ---- types
    "type_missing": (
        _("This row has no type."),
        _("Write the type of the question, such as text, integer, date, select_one LIST, or note."),
    ),
    "type_unknown": (
        _("There is no type of question “%(value)s”."),
        _("Did you mean “%(close)s”? Common types: text, integer, decimal, date, select_one LIST, note, image."),
    ),
    "label_missing": (
        _("The question “%(name)s” has no label."),
        _("Write the question into the column label (or a hint, or a picture)."),
    ),
    "group_without_label": (
        _("The group has no label."),
        _("That is allowed; a label helps whoever fills the form in."),
    ),
    "calculation_missing": (
        _("A row of type calculate has no calculation."),
        _("Write the formula into the column calculation."),
    ),
    "big_image": (
        _("“%(name)s” has a big-image but no image."),
        _("Fill the column image as well."),
    ),
    # ---- choices
    "choices_sheet_missing": (
        _("The form uses lists of choices, but there is no sheet “choices”."),
        _("Add a sheet choices with the columns list_name, name and label."),
    ),
    "list_missing": (
        _("There is no list of choices “%(value)s”."),
        _("Write its choices on the sheet choices with list_name %(value)s, or mend the name of the list here."),
    ),
    "external_list_missing": (
        _("There is no list “%(value)s” on the sheet “external_choices”."),
        _("Write it there, with the columns list_name and name, or use select_one with the sheet choices."),
    ),
    "choice_name_missing": (
        _("This choice has no name."),
        _("Write what is to be kept when it is chosen into the column name, such as 1 or yes."),
    ),
    "choice_label_missing": (
        _("This choice has no label."),
        _("Write the words that are shown into the column label."),
    ),
    "choice_twice": (
        _("The name of this choice stands twice in its list."),
        _("Change one of the two, or write allow_choice_duplicates yes on the sheet settings if it is meant so."),
    ),
    "choice_space": (
        _("The choice “%(value)s” of the list “%(list)s” holds a space, and several choices can be ticked."),
        _("Write _ instead of the space in the column name."),
    ),
    "choice_file_kind": (
        _("The list “%(value)s” is read from a file, but its name does not end as such files do."),
        _("Use a file .csv, .xml or .geojson, and write its whole name after select_one_from_file."),
    ),
    "or_other": (
        _("or_other does not go with a choice_filter, and needs a list of choices."),
        _("Leave or_other out and add a choice “other” with a text question after it."),
    ),
    "table_list": (
        _("All questions of a table-list must have the same list of choices, and no choice_filter."),
        _("Use one list for all of them, or leave table-list out."),
    ),
    "search_use": (
        _("search() cannot be used here: %(message)s"),
        _("Use select_one_from_file instead of search()."),
    ),
    # ---- groups
    "end_without_begin": (
        _("The end_%(type)s in this row has no begin_%(type)s above it."),
        _("Delete this row, or add the row begin_%(type)s where the group starts."),
    ),
    "begin_without_end": (
        _("The begin_%(type)s “%(name)s” in this row is never closed."),
        _("Add a row end_%(type)s where it ends."),
    ),
    "repeat_name_twice": (
        _("There are two repeats named “%(value)s”."),
        _("Give one of them another name."),
    ),
    # ---- expressions
    "reference_broken": (
        _("A reference in the column “%(column)s” is written wrongly."),
        _("Write ${name}, with the name of the question between the curly brackets."),
    ),
    "reference_unknown": (
        _("The column “%(column)s” speaks of ${%(value)s}, but there is no such question."),
        _("Mend the name, or add the question. Names are told apart by capital letters."),
    ),
    "reference_unclear": (
        _("The column “%(column)s” speaks of ${%(value)s}, but there are several questions of this name."),
        _("Rename the others, so that the name stands once in the form."),
    ),
    "brackets": (
        _("The brackets or quotation marks in the column “%(column)s” do not pair up."),
        _("Count the opening and closing brackets and quotation marks: %(value)s"),
    ),
    "expression": (
        _("The expression in the column “%(column)s” cannot be read."),
        _("Compare it with the examples on xlsform.org: %(value)s"),
    ),
    "function_unknown": (
        _("The column “%(column)s” uses a function that phones do not know: %(value)s()"),
        _("Say it with other functions. Those that every phone knows stand in docs/forms.md."),
    ),
    "function_misspelt": (
        _("The column “%(column)s” uses a function that phones do not know: %(value)s()"),
        _("Did you mean %(close)s()? The functions that every phone knows stand in docs/forms.md."),
    ),
    "circle": (
        _("The values wait for each other in a circle: %(value)s"),
        _("Change one of these rows so that it does not depend on the others."),
    ),
    "trigger_hidden": (
        _("A question that is not shown cannot set off a calculation: %(message)s"),
        _("Name a question that is shown in the column trigger."),
    ),
    "parameters": (
        _("The column “parameters” cannot be read: %(message)s"),
        _("Write it like start=1 end=10 step=1, only with words that this type knows."),
    ),
    "geopoint_trigger": (
        _("A background-geopoint needs a trigger and no calculation."),
        _("Write the question that sets it off into the column trigger, and empty the column calculation."),
    ),
    # ---- what Mudmai does not take
    "encrypted": (
        _("The form asks phones to encrypt what they send (%(setting)s)."),
        _("Delete public_key and submission_url from the sheet settings: Mudmai seals every answer itself."),
    ),
    "entities": (
        _("The form uses the sheet “entities” of ODK in a way that cannot be converted: %(message)s"),
        _("Delete the sheet entities and the column save_to: here the registry keeps people and houses."),
    ),
    "same_version": (
        _("Version “%(version)s” of this form is here already, with other content."),
        _("Write a new version on the sheet settings (or empty the cell, then one is made), and send it again."),
    ),
    "other_owner": (
        _("A form with the id “%(form_id)s” is here already, and belongs to another area."),
        _("Choose another form_id on the sheet settings."),
    ),
    "form_id_long": (
        _("The form_id or version is longer than 100 letters."),
        _("Write a short one on the sheet settings, such as home_visit."),
    ),
    # ---- worth knowing
    "form_id_made": (
        _("The sheet settings names no form_id; “%(form_id)s” was made from the file name."),
        _("Write it there, so that the next version finds this form again."),
    ),
    "version_made": (
        _("The sheet settings names no version; “%(version)s” was made from the time."),
        _("That is enough; or write your own."),
    ),
    "members_repeat": (
        _("The repeat “%(name)s” holds facts about people (%(codes)s), but is not named members."),
        _("Name it members, then the answers reach each person by themselves. Otherwise they stay in the form."),
    ),
    "language_missing": (
        _("The language “%(language)s” lacks %(columns)s."),
        _("Fill these columns too, or the words appear as “-” in this language."),
    ),
    "language_code": (
        _("These languages have no code: %(value)s"),
        _("Write them like label::ไทย (th) and label::English (en)."),
    ),
    "row_skipped": (
        _("This row has no type, name or label, and is left out."),
        _("Delete it if it is not meant as a note."),
    ),
    "disabled": (
        _("The column disabled is old."),
        _("Better use relevant."),
    ),
    "old_metadata": (
        _("Most phones no longer tell “%(value)s”."),
        _("Delete the row if you do not need it."),
    ),
    "external_filter": (
        _("select_one_external is an old way to choose from a long list; not every phone shows it."),
        _("Use select_one, or select_one_from_file."),
    ),
    "other_warning": (
        _("The converter remarks: %(message)s"),
        _("The form works all the same."),
    ),
    "other": (
        _("The form cannot be converted: %(message)s"),
        _("Compare the row with a form that works, for example one of the ready forms."),
    ),
}
