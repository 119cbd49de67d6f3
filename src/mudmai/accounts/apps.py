"""Registers the module with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The module `accounts`."""

    name = "mudmai.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
