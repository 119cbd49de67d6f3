"""Registers the module with Django."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The module `pages`."""

    name = "mudmai.pages"
    label = "pages"
    default_auto_field = "django.db.models.BigAutoField"
