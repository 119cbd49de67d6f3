"""Registers the module with Django."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The module `intake`."""

    name = "mudmai.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
