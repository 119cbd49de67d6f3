"""Registers the module with Django."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    """The module `rights`."""

    name = "mudmai.rights"
    label = "rights"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow the registry, and the rules."""
        from mudmai.people.services import stirred
        from mudmai.rights import tasks
        from mudmai.rights.services import rules_stirred

        stirred.connect(tasks.follow, dispatch_uid="rights")
        rules_stirred.connect(tasks.follow_rules, dispatch_uid="rights")
