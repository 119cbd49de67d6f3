"""`mudmai serve`: web and worker together, in the shape of production."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from mudmai.site import migrating, serving


def most_workers(text: str) -> int:
    workers = int(text)
    if not 1 <= workers <= 32:
        raise ValueError
    return workers


class Command(BaseCommand):
    help = "Run the web server and the worker together. Ctrl+C stops both cleanly."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (0.0.0.0: from other PCs too)")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=most_workers, default=min(2, os.cpu_count() or 1), help="web processes")

    def handle(self, **options: Any) -> None:
        migrating.bring_up_to_date()
        code = serving.serve(host=options["host"], port=options["port"], workers=options["workers"], on_ready=self.tell)
        self.stdout.write(_("Stopped."))
        sys.exit(code)

    def tell(self, url: str) -> None:
        self.stdout.write(_("Mudmai is at %(url)s — Ctrl+C stops it.") % {"url": url})
        self.stdout.flush()
