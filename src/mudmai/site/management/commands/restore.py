"""`mudmai restore FILE`: bring a backup back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from mudmai.site.backups import bring_back


class Command(BaseCommand):
    help = "Put the data of a backup in place of this installation's, after checking every part of it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="although there is data here already")

    def handle(self, **options: Any) -> None:
        manifest = bring_back(options["file"].absolute(), force=options["force"])
        self.stdout.write(
            _("Brought back the data of %(day)s (Mudmai %(version)s).")
            % {"day": manifest.made_at[:16].replace("T", " "), "version": manifest.version}
        )
