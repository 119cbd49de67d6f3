"""`mudmai doctor`: what is right and wrong with this installation, and the cures."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from mudmai.site.doctor import examine

SIGNS = {"ok": "✓", "warning": "!", "wrong": "✗"}


class Command(BaseCommand):
    help = "Check the installation. Exit code 1 when something is wrong."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print a list of findings for scripts")

    def handle(self, **options: Any) -> None:
        found = examine()
        if options["json"]:
            self.stdout.write(json.dumps([asdict(finding) for finding in found], ensure_ascii=False, indent=1))
        else:
            for finding in found:
                self.stdout.write(f"{SIGNS[finding.state]} {finding.sentence}")
                if finding.cure:
                    self.stdout.write(f"    → {finding.cure}")
        wrong = sum(finding.state == "wrong" for finding in found)
        if not options["json"]:
            self.stdout.write(_("All is well.") if not wrong else _("To put right: %(count)s") % {"count": wrong})
        sys.exit(1 if wrong else 0)
