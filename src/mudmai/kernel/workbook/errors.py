"""Why a file cannot be read: each reason is a class, with a sentence that says how to put it right.

At the edge: `gettext(error.sentence) % error.params`.
"""

from mudmai.kernel.errors import BadInput
from mudmai.kernel.words import gettext_noop


class UnreadableFile(BadInput):
    """No row of this file can be used."""

    code = "unreadable_file"
    sentence = gettext_noop("This file cannot be read.")

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.sentence % params)


class PasswordProtected(UnreadableFile):
    code = "password_protected"
    sentence = gettext_noop(
        "The file “%(filename)s” is locked with a password. Open it in Excel with the password, "
        "choose File > Info > Protect Workbook > Encrypt with Password, clear the password, save, and send it again."
    )


class BrokenFile(UnreadableFile):
    code = "broken_file"
    sentence = gettext_noop(
        "The file “%(filename)s” is damaged or was not copied completely. Open it in Excel, save it again as .xlsx, "
        "or ask the sender for a new copy."
    )


class EmptyFile(UnreadableFile):
    code = "empty_file"
    sentence = gettext_noop(
        "The file “%(filename)s” has nothing in it. Check that the list was saved, and send the file again."
    )


class TooLarge(UnreadableFile):
    code = "too_large"
    sentence = gettext_noop(
        "The file “%(filename)s” is larger than %(limit)s million cells, or grows to more than %(megabytes)s MB when "
        "unpacked. Split the list into smaller files, for example one for each village."
    )


class SpreadTooWide(TooLarge):
    code = "spread_too_wide"
    sentence = gettext_noop(
        "Sheet “%(sheet)s” of the file “%(filename)s” reaches down to row %(rows)s and across %(columns)s columns, "
        "though most of it is blank. Copy only the list into a new workbook and send that."
    )


class TooManyRows(TooLarge):
    code = "too_many_rows"
    sentence = gettext_noop(
        "The file “%(filename)s” has more than %(limit)s rows. Split it into smaller files, for example one for each "
        "district."
    )


class UnknownFormat(UnreadableFile):
    """Not a list at all; the subclasses say what it is."""

    code = "unknown_format"
    sentence = gettext_noop(
        "The file “%(filename)s” is not a table that can be read. Send an Excel file (.xlsx, .xls), "
        "an OpenDocument file (.ods) or a CSV file."
    )


class IsPdf(UnknownFormat):
    code = "is_pdf"
    sentence = gettext_noop(
        "The file “%(filename)s” is a PDF, which cannot be read as a table. Ask the sender for the Excel file "
        "from which it was made."
    )


class IsDocument(UnknownFormat):
    code = "is_document"
    sentence = gettext_noop(
        "The file “%(filename)s” is a text document or presentation. Copy its table into Excel, save it as .xlsx "
        "and send that."
    )


class IsImage(UnknownFormat):
    code = "is_image"
    sentence = gettext_noop(
        "The file “%(filename)s” is a picture. Type the list into Excel, or ask the sender for the file "
        "from which it was printed."
    )


class IsArchive(UnknownFormat):
    code = "is_archive"
    sentence = gettext_noop(
        "The file “%(filename)s” is an archive of other files. Extract it first, then send the Excel files "
        "that are inside."
    )


class IsOtherSpreadsheet(UnknownFormat):
    code = "is_other_spreadsheet"
    sentence = gettext_noop(
        "The file “%(filename)s” is a %(format)s file. Open it in the program it came from, save it as an Excel "
        "workbook (.xlsx), and send that."
    )


class IsLinkOnly(UnknownFormat):
    code = "is_link_only"
    sentence = gettext_noop(
        "The file “%(filename)s” is only a link to Google Sheets. Open it there, choose File > Download > "
        "Microsoft Excel (.xlsx), and send that."
    )


class IsWebPage(UnknownFormat):
    code = "is_web_page"
    sentence = gettext_noop(
        "The file “%(filename)s” is a web page without a table, perhaps a sign-in page that was saved by mistake. "
        "Sign in again at the system it came from and download the list once more."
    )
