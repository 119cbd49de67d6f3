"""Registers the module with Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The module `audit`."""

    name = "mudmai.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
