"""`mudmai train`: learn the weights of the linkage model from the registry."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from rich.progress import Progress

from mudmai.linkage import services


class Command(BaseCommand):
    help = "Learn from the registry how much each finding weighs; the administrator puts the weights to use."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, **options: Any) -> None:
        if options["json"]:
            learned = services.train()
            told = {"version": learned.version, "same_pairs": learned.same_pairs, "numbers": learned.numbers}
            self.stdout.write(json.dumps(told))
            return
        with Progress(transient=True) as bar:
            step = bar.add_task(_("Learning the weights"), total=None)
            learned = services.train(progress=lambda done, total: bar.update(step, completed=done, total=total))
        self.stdout.write(
            _(
                "Learned %(version)s from %(pairs)s known pairs. "
                "The administrator can put it to use on the page of the model."
            )
            % {"version": learned.version, "pairs": learned.same_pairs}
        )
