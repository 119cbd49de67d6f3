"""The files beside a form: pictures of choices, sounds, long lists."""

import hashlib
import re
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from lxml import etree

from mudmai.access import services as access
from mudmai.audit import services as audit
from mudmai.kernel.errors import BadInput, Conflict
from mudmai.kernel.pictures import picture_kind
from mudmai.kernel.workbook.text_encoding import decode
from mudmai.surveys.models import FormVersion, Media
from mudmai.surveys.queries.forms import MANAGE
from mudmai.surveys.rules.xform import XForm

if TYPE_CHECKING:
    from mudmai.accounts.models import User

MAX_BYTES = 10 << 20  # a phone fetches each of them once, often over a slow line
_SOUNDS = {".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".wav": "audio/wav", ".ogg": "audio/ogg", ".mp4": "video/mp4",
           ".3gp": "video/3gpp", ".webm": "video/webm"}  # fmt: skip
_LISTS = {".csv": "text/csv", ".xml": "text/xml", ".geojson": "application/geo+json"}
_ACTIVE_SVG = re.compile(rb"<script|\son\w+\s*=|javascript:|<foreignObject", re.IGNORECASE)


class MediaRefused(BadInput):
    """The file is not what its name says, too large, or not one that the form names."""

    code = "media_refused"


class VersionIsOut(Conflict):
    """Phones have this version already, so it stays as it is."""

    code = "version_is_out"


def attach_media(version: FormVersion, name: str, content: bytes, *, by: "User | None") -> Media:
    """Keep a file beside a draft. Raises MediaRefused, VersionIsOut, OutsideYourAreas, DutyDoesNotAllow."""
    if by is not None:
        access.require(by, MANAGE, version.form.area_code)
    if version.state != FormVersion.State.DRAFT:
        raise VersionIsOut(
            _("This version is out on phones. Upload the form with a new version, and the files with it.")
        )
    with transaction.atomic():
        media = keep_media(version, name, content)
        audit.record(
            by, "surveys.media.attached", "form", version.form_id, area_code=version.form.area_code,
            version=version.version, name=media.name,
        )  # fmt: skip
    return media


def keep_media(version: FormVersion, name: str, content: bytes) -> Media:
    """Check and keep a file under the name by which the form calls it. Raises MediaRefused."""
    called = name_in_form(version, name)
    if called is None:
        named = ", ".join(_files_named(version.xform)) or "–"
        raise MediaRefused(
            _("The form names no file “%(name)s”. It names: %(named)s. Rename the file, or mend the name in the form.")
            % {"name": name, "named": named}
        )
    if len(content) > MAX_BYTES:
        sentence = _("The file “%(name)s” is larger than %(megabytes)s MB. Make the picture or the list smaller.")
        raise MediaRefused(sentence % {"name": name, "megabytes": MAX_BYTES >> 20})
    return put_beside(version, called, content)


def put_beside(version: FormVersion, name: str, content: bytes) -> Media:
    """Check and keep a file under this very name. Raises MediaRefused."""
    mime, kept = _checked(name, content)
    told = {"content": kept, "mime": mime, "md5": hashlib.md5(kept, usedforsecurity=False).hexdigest()}
    return Media.objects.update_or_create(version=version, name=name, defaults=told)[0]


def name_in_form(version: FormVersion, name: str) -> str | None:
    """How the form calls this file, whatever its capital letters; None where it does not."""
    plain = PurePosixPath(name.replace("\\", "/")).name.lower()
    return next((each for each in _files_named(version.xform) if each.lower() == plain), None)


@lru_cache(maxsize=4)
def _files_named(xform: str) -> tuple[str, ...]:
    """Kept for a moment: the pictures of one form come one after the other."""
    return tuple(XForm.parse(xform).files)


def _checked(name: str, content: bytes) -> tuple[str, bytes]:
    """The kind of the file by what it holds, and the content: lists become UTF-8. Raises MediaRefused."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _LISTS:
        return _LISTS[suffix], _checked_list(name, suffix, content)
    if suffix in _SOUNDS:
        return _SOUNDS[suffix], content
    if suffix == ".svg" and not _ACTIVE_SVG.search(content) and b"<svg" in content:
        return "image/svg+xml", content
    picture = picture_kind(content)
    if picture is None:
        raise MediaRefused(
            _("The file “%(name)s” is no picture that phones can show. Save it as JPEG or PNG and send that.")
            % {"name": name}
        )
    return picture, content


def _checked_list(name: str, suffix: str, content: bytes) -> bytes:
    text = decode(content).text
    if suffix == ".csv" and "," not in text.partition("\n")[0]:
        raise MediaRefused(
            _("The first line of “%(name)s” must name its columns, such as name,label. Save it in Excel as CSV UTF-8.")
            % {"name": name}
        )
    if suffix == ".xml":
        try:
            etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            raise MediaRefused(_("The file “%(name)s” is no whole XML file.") % {"name": name}) from error
        return content
    return text.encode()
