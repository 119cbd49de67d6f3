"""`mudmai migrate`: Django's, one process at a time."""

from typing import Any

from django.core.management.commands.migrate import Command as DjangoMigrate

from mudmai.site.migrating import only_one


class Command(DjangoMigrate):
    def handle(self, *args: Any, **options: Any) -> None:
        with only_one():
            super().handle(*args, **options)
