"""Registers the module with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The module `people`."""

    name = "mudmai.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
