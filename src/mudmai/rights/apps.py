"""Registers the module with Django."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    """The module `rights`."""

    name = "mudmai.rights"
    label = "rights"
    default_auto_field = "django.db.models.BigAutoField"
