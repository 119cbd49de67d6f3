"""`mudmai worker`: background jobs alone, for a service manager such as systemd."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mudmai.site.worker import JobsWorker, listen_for_signals


class Command(BaseCommand):
    help = "Do background jobs until stopped; the job in hand pauses between two chunks and goes on at the next start."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits, then end")
        parser.add_argument("--with-parent", type=int, help="end when this process is gone (used by serve)")

    def handle(self, **options: Any) -> None:
        worker = JobsWorker(batch=options["once"], parent=options["with_parent"])
        listen_for_signals(worker)
        worker.run()
