"""Registers the wiring with Django: its commands and its checks."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The wiring; its only tables are the worker's."""

    name = "mudmai.site"
    label = "site"
