"""Marks that places have changed, so that every process reads them anew."""

from uuid import uuid4

from django.db import transaction

from mudmai.places.models import Edition
from mudmai.places.queries.editions import AREAS, BOUNDARIES, recheck

__all__ = ["AREAS", "BOUNDARIES", "mark_changed"]


def mark_changed(subject: str, **more: str) -> None:
    """Give the subject a new stamp in the transaction of the change, and let this process see it."""
    Edition.objects.update_or_create(subject=subject, defaults={"stamp": uuid4(), **more})
    recheck()
    transaction.on_commit(recheck)
