"""`mudmai migrate`: Django's, one process at a time, and the national area codes of this version after it."""

from typing import Any

from django.core.management.commands.migrate import Command as DjangoMigrate

from mudmai.places import services as places
from mudmai.site.migrating import only_one, pending


class Command(DjangoMigrate):
    def handle(self, *args: Any, **options: Any) -> None:
        with only_one():
            super().handle(*args, **options)
            # The test suite makes its databases with run_syncdb and wants them empty.
            if not (options["run_syncdb"] or options["plan"] or options["check_unapplied"] or pending()):
                places.ensure_national_codes()
