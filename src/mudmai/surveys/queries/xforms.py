"""Versions of forms, read once and kept for the life of the process: a version never changes."""

from functools import lru_cache
from uuid import UUID

from mudmai.surveys.models import FormVersion, Media
from mudmai.surveys.rules.xform import XForm


@lru_cache(maxsize=100)
def xform_of(version_id: UUID) -> XForm:
    """A version as it is asked and checked, with the files beside it."""
    xml = FormVersion.objects.values_list("xform", flat=True).get(pk=version_id)
    media = dict(Media.objects.filter(version_id=version_id).values_list("name", "content"))
    return XForm.parse(xml, {name: bytes(content) for name, content in media.items()})


@lru_cache(maxsize=100)
def asked_in(version_id: UUID) -> frozenset[str]:
    """The names of the questions of a version that a phone fills in beforehand; what is calculated it works out."""
    return frozenset(field.name for field in xform_of(version_id).fields.values() if not field.calculated)
