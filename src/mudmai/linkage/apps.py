"""Registers the module with Django."""

from django.apps import AppConfig


class LinkageConfig(AppConfig):
    """The module `linkage`."""

    name = "mudmai.linkage"
    label = "linkage"
    default_auto_field = "django.db.models.BigAutoField"
