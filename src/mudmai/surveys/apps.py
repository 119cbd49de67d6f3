"""Registers the module with Django."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """The module `surveys`."""

    name = "mudmai.surveys"
    label = "surveys"
    default_auto_field = "django.db.models.BigAutoField"
