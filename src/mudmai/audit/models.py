"""What is remembered about who did what, and who looked at whom."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryIsForever(Exception):
    """Code tried to change or remove a line of the log. This is a bug, not something a user did."""


class Entries(models.QuerySet["Entry"]):
    """Lines of the log: they can be added and read."""

    def update(self, **_values: Any) -> NoReturn:
        raise EntryIsForever

    def delete(self) -> NoReturn:
        raise EntryIsForever


class Entry(models.Model):
    """One act of one user, or one look at sensitive data. Only ever added; the database refuses changes."""

    at = models.DateTimeField(_("when"))
    # Empty where the machine itself acted: a nightly job, the command line.
    who = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    action = models.CharField(_("action"), max_length=80)
    object_kind = models.CharField(_("kind of object"), max_length=40, blank=True)
    object_id = models.CharField(_("object"), max_length=64, blank=True)
    area_code = models.CharField(_("area"), max_length=8, blank=True)
    purpose = models.CharField(_("purpose"), max_length=40, blank=True)
    details = models.JSONField(_("details"), default=dict)

    objects = Entries.as_manager()

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log entries")
        indexes = [
            models.Index(fields=["object_kind", "object_id"], name="audit_entry_object"),
            models.Index(fields=["who", "id"], name="audit_entry_who"),
            models.Index(fields=["area_code", "id"], name="audit_entry_area"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_kind} {self.object_id}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise EntryIsForever
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise EntryIsForever
