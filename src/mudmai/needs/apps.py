"""Registers the module with Django."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """The module `needs`."""

    name = "mudmai.needs"
    label = "needs"
    default_auto_field = "django.db.models.BigAutoField"
