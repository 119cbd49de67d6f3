"""Registers the module with Django."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The module `access`."""

    name = "mudmai.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
