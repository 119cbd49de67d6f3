"""Taking a form in: from an Excel file, or from a ready one, to a version that can be looked at and published."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from mudmai.access import services as access
from mudmai.access.queries import scope_for
from mudmai.audit import services as audit
from mudmai.kernel import clock
from mudmai.kernel.workbook import UnreadableFile
from mudmai.surveys.models import Form, FormVersion, Media
from mudmai.surveys.queries.forms import MANAGE, missing_media
from mudmai.surveys.rules.mapping import still_there
from mudmai.surveys.rules.scales import pictures
from mudmai.surveys.rules.xform import XForm
from mudmai.surveys.rules.xlsform import Converted, Fault, FormRefused, convert
from mudmai.surveys.services.media import keep_media, put_beside

if TYPE_CHECKING:
    from mudmai.accounts.models import User


def receive_form(
    content: bytes,
    filename: str,
    *,
    by: "User | None",
    area_code: str = "",
    media: Mapping[str, bytes] | None = None,
    ready: str = "",
) -> FormVersion:
    """Keep an XLSForm as a draft of a new version; `media` are files beside it. `by` is None on the command line.

    The same file sent again is the same version; a draft of the same version is replaced; files that the version before
    had, and our own pictures of choices, need not be sent again. Raises FormRefused with everything that is wrong,
    OutsideYourAreas, DutyDoesNotAllow.
    """
    if by is not None:
        access.require(by, MANAGE, area_code)
    now = clock.now()
    converted = _converted(content, filename, now)
    with transaction.atomic():
        form = _form_of(converted, by, area_code, ready, now)
        version = _version_of(form, converted, content, filename, by, now)
        if version.state != FormVersion.State.DRAFT:
            return version  # it was here already, and out on phones with its files
        for name, data in converted.files.items():
            put_beside(version, name, data)
        for name, data in (media or {}).items():
            keep_media(version, name, data)
        _take_media_over(version)
        audit.record(
            by, "surveys.form.received", "form", form.pk, area_code=form.area_code,
            form=form.form_id, version=version.version,
        )  # fmt: skip
    return version


def _converted(content: bytes, filename: str, now: datetime) -> Converted:
    try:
        return convert(content, filename, now=now)
    except UnreadableFile as problem:
        reason = _(problem.sentence) % problem.params
        raise FormRefused([Fault("not_a_form", params={"reason": reason})]) from problem


def _form_of(converted: Converted, by: "User | None", area_code: str, ready: str, now: datetime) -> Form:
    told = {"title": converted.title[:300], "area_code": area_code, "ready": ready, "made_by": by, "made_at": now}
    Form.objects.get_or_create(form_id=converted.form_id, defaults=told)
    form = Form.objects.select_for_update().get(form_id=converted.form_id)  # one version of it at a time
    if by is not None and not scope_for(by).allows(MANAGE, form.area_code):
        raise FormRefused([Fault("other_owner", "settings", 0, "form_id", {"form_id": form.form_id})])
    if form.title != converted.title[:300]:
        form.title = converted.title[:300]
        form.save(update_fields=["title"])
    return form


def _version_of(
    form: Form, converted: Converted, content: bytes, filename: str, by: "User | None", now: datetime
) -> FormVersion:
    md5 = hashlib.md5(converted.xform.encode(), usedforsecurity=False).hexdigest()
    version = FormVersion.objects.filter(form=form, version=converted.version).first()
    if version is not None and version.md5 == md5:
        return version
    if version is not None and version.state != FormVersion.State.DRAFT:
        raise FormRefused([Fault("same_version", "settings", 0, "version", {"version": version.version})])
    version = version or FormVersion(form=form, version=converted.version, mapping=_mapping_before(form))
    version.source, version.filename, version.xform, version.md5 = content, filename[-300:], converted.xform, md5
    version.warnings = [each.to_json() for each in converted.warnings]
    version.mapping = still_there(XForm.parse(converted.xform), version.mapping)
    version.made_by, version.made_at = by, now
    version.save()
    return version


def _mapping_before(form: Form) -> dict[str, str]:
    """How the newest version's answers were mapped: a newer one keeps that where its questions are the same."""
    newest = FormVersion.objects.filter(form=form).order_by("-made_at").first()
    return newest.mapping if newest is not None else {}


def _take_media_over(version: FormVersion) -> None:
    """A ready form that was changed in Excel comes back with its pictures, though nobody has their files."""
    for name in missing_media(version):
        earlier = Media.objects.filter(version__form=version.form_id, name=name).order_by("-version__made_at").first()
        content = bytes(earlier.content) if earlier is not None else pictures().get(name)
        if content is not None:
            put_beside(version, name, content)
