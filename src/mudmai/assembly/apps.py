"""Registers the module with Django."""

from django.apps import AppConfig


class AssemblyConfig(AppConfig):
    """The module `assembly`."""

    name = "mudmai.assembly"
    label = "assembly"
    default_auto_field = "django.db.models.BigAutoField"
