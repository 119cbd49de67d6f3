"""Registers the wiring with Django: its commands and its checks."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The wiring; it has no tables."""

    name = "mudmai.site"
    label = "site"
