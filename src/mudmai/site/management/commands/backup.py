"""`mudmai backup FILE`: everything in one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from mudmai.site.backups import back_up


class Command(BaseCommand):
    help = "Write database, keys and uploaded files to one zip file, while Mudmai goes on working."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--without-keys", action="store_true", help="leave the keyring out; keep a copy of it elsewhere"
        )

    def handle(self, **options: Any) -> None:
        with_keys = not options["without_keys"]
        tell = self.stderr.write if options["verbosity"] > 1 else lambda _name: None
        manifest = back_up(options["file"].absolute(), with_keys=with_keys, tell=tell)
        size = options["file"].stat().st_size / 2**20
        self.stdout.write(
            _("Wrote %(path)s (%(size)s MB, %(parts)s parts).")
            % {"path": options["file"], "size": f"{size:.1f}", "parts": len(manifest.parts)}
        )
        self.stdout.write(
            _("The keys are inside: keep the file where only you can read it.")
            if with_keys
            else _("The keys are not inside: without a copy of the keyring the ids cannot be read again.")
        )
