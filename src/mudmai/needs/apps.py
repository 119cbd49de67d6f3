"""Registers the module with Django."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """The module `needs`."""

    name = "mudmai.needs"
    label = "needs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What changes in the registry, in weights and days to keep is followed by this module's jobs."""
        from mudmai.needs import services, tasks
        from mudmai.people.services import stirred

        stirred.connect(tasks.note, dispatch_uid="needs")
        services.weighed.connect(tasks.weights_changed, dispatch_uid="needs")
        services.snapshot_wanted.connect(tasks.snapshot_wanted, dispatch_uid="needs")
