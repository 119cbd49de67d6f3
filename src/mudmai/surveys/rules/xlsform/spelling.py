"""The words an XLSForm is written with, and the one that was most likely meant."""

from collections.abc import Iterable
from difflib import get_close_matches

from pyxform import aliases, constants
from pyxform.question import Option
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT
from pyxform.survey import Survey
from pyxform.survey_element import SURVEY_ELEMENT_FIELDS

# The old names of types ("add text prompt", "q int") are understood, but nobody means them any more.
TYPES: frozenset[str] = frozenset(name for name in QUESTION_TYPE_DICT if " " not in name) | frozenset(
    ["begin_group", "end_group", "begin_repeat", "end_repeat", "select_one", "select_multiple", "select_one_from_file",
     "select_multiple_from_file", "rank"]
)  # fmt: skip
HEADERS: dict[str, frozenset[str]] = {
    constants.SURVEY: frozenset(SURVEY_ELEMENT_FIELDS)
    | frozenset(aliases.survey_header)
    | frozenset(
        ["type", "name", "label", "hint", "guidance_hint", "default", "required", "relevant", "constraint",
         "constraint_message", "calculation", "choice_filter", "appearance", "parameters", "repeat_count", "read_only",
         "trigger", "media", "bind", "body", "instance", "note", "notes", "disabled", "save_to"]
    ),
    constants.CHOICES: frozenset(Option.get_slot_names())
    | frozenset(aliases.list_header)
    | frozenset(["list_name", "name", "label", "media"]),
    constants.SETTINGS: frozenset(Survey.get_slot_names())
    | frozenset(aliases.settings_header)
    | frozenset(
        ["form_id", "form_title", "version", "default_language", "style", "public_key", "submission_url",
         "instance_name", "auto_send", "auto_delete", "allow_choice_duplicates", "name", "namespaces"]
    ),
}  # fmt: skip
_LIKE = 0.75


def close_to(word: str, known: Iterable[str], like: float = _LIKE) -> str:
    """The known word nearest to this one; "" where none is near.

    >>> close_to("lable", ["label", "name"])
    'label'
    """
    return next(
        iter(get_close_matches(word.lower(), [each for each in known if not each.startswith("_")], 1, like)), ""
    )


def close_type(told: str) -> str:
    """The type that was most likely meant; text where nothing is near.

    >>> close_type("intger"), close_type("select_on yes_no"), close_type("ข้อความ")
    ('integer', 'select_one yes_no', 'text')
    """
    first, _, rest = told.partition(" ")
    near = close_to(first, TYPES, 0.6)
    return f"{near} {rest}".strip() if near else "text"
