"""What is read of a submission before its form is asked: which house and person it names, which files, which id."""

import re
from typing import Any, NamedTuple

from mudmai.surveys.rules.xform import XForm
from mudmai.surveys.rules.xform.submission import form_id_of, open_submission, version_of
from mudmai.surveys.rules.xform.xml import elements, local

KEY = re.compile(r"[0-9a-f]{32}")
# A name of a file as the address of a request and a disk can hold it.
_FILE_NAME = re.compile(r"[^/\\\x00-\x1f\x7f]{1,200}")


class Cover(NamedTuple):
    """The little that is needed to keep a submission; "" where the XML does not tell it."""

    form_id: str = ""
    version: str = ""
    household_key: str = ""
    person_key: str = ""
    area: str = ""


def read_cover(xml: bytes) -> tuple[Cover, Any]:
    """What a submission says about itself, and its root element. Raises NotASubmission, EncryptedSubmission."""
    root = open_submission(xml)
    found: dict[str, str] = {}
    for node in root.iter():
        if len(node) == 0 and isinstance(node.tag, str):
            found.setdefault(local(node), (node.text or "").strip())
    area = found.get("area", "")
    cover = Cover(
        form_id=form_id_of(root)[:100],
        version=version_of(root)[:100],
        household_key=key_or_none(found.get("household_key", "")) or "",
        person_key=key_or_none(found.get("person_key", "")) or "",
        area=area if area.isdecimal() and len(area) in {6, 8} else "",
    )
    return cover, root


def files_named(root: Any, uploads: frozenset[str]) -> list[str]:
    """Names of the files that a submission says it has, in their order, each once."""
    found: dict[str, None] = {}

    def walk(node: Any, path: str) -> None:
        kids = elements(node)
        name = (node.text or "").strip()
        if not kids and name and path in uploads:
            found[name] = None
        for kid in kids:
            walk(kid, f"{path}/{local(kid)}")

    if uploads:
        walk(root, f"/{local(root)}")
    return list(found)


def uploads_of(form: XForm) -> frozenset[str]:
    """Paths of the questions that are answered by a file."""
    return frozenset(path for path, field in form.fields.items() if field.control == "upload")


def key_or_none(text: str) -> str | None:
    """A key of the registry (32 hex digits), however it is written.

    >>> key_or_none("0193F0A0-0000-7000-8000-000000000001"), key_or_none("1"), key_or_none("")
    ('0193f0a0000070008000000000000001', None, None)
    """
    plain = text.strip().lower().replace("-", "")
    return plain if KEY.fullmatch(plain) else None


def is_file_name(name: str) -> bool:
    """Whether a file of a submission may bear this name.

    >>> is_file_name("1762052400123.jpg"), is_file_name("../etc/passwd"), is_file_name("")
    (True, False, False)
    """
    return _FILE_NAME.fullmatch(name) is not None and name not in {".", ".."}


def about_of(form: XForm) -> str:
    """What a form is about: a household with its members, one person, or a place.

    The names decide: `members` repeats for the people of a house, `person_key` names one person.
    """
    steps = {step for path in form.fields for step in path.split("/")}
    if "members" in steps:
        return "household"
    if "person_key" in steps:
        return "person"
    return "household" if "household_key" in steps else "place"
