"""`mudmai keys rotate`: new keys for the ids, while the old ones still open old files."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from rich.progress import Progress

from mudmai.people import services


class Command(BaseCommand):
    help = "Seal every 13-digit id anew with fresh keys."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["rotate"])
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, **options: Any) -> None:
        if options["json"]:
            self.stdout.write(json.dumps({"sealed": services.rotate_keys()}))
            return
        with Progress(transient=True) as bar:
            task = bar.add_task(_("Sealing ids with new keys"), total=None)
            count = services.rotate_keys(progress=lambda done, total: bar.update(task, completed=done, total=total))
        self.stdout.write(_("%(count)s ids are sealed with new keys. Back the keyring up again.") % {"count": count})
