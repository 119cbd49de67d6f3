"""Registers the module with Django."""

from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    """The module `integrations`."""

    name = "mudmai.integrations"
    label = "integrations"
    default_auto_field = "django.db.models.BigAutoField"
