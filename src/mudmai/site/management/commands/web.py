"""`mudmai web`: the web server alone, for a service manager such as systemd."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mudmai.site import serving
from mudmai.site.management.commands.serve import most_workers


class Command(BaseCommand):
    help = "Run the web server alone. The database must be up to date (mudmai migrate)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=most_workers, default=min(2, os.cpu_count() or 1), help="web processes")

    def handle(self, **options: Any) -> None:
        command = serving.web_command(options["host"], options["port"], options["workers"])
        # Becomes the server, so that the service manager talks to it directly.
        os.execv(command[0], command)  # noqa: S606
