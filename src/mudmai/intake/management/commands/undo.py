"""`mudmai undo BATCH`: take a list back; first what that changes."""

import sys
from typing import Any
from uuid import UUID

import orjson
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from rich.console import Console

from mudmai.accounts import queries as accounts
from mudmai.intake import queries, services
from mudmai.people import queries as people
from mudmai.people.rules.catalogue import catalogue


class Command(BaseCommand):
    help = "Take back a list that was imported; shows first what changes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("batch", help="the batch, as `mudmai import` printed it")
        parser.add_argument("--restore", action="store_true", help="let a list that was taken back stand again")
        parser.add_argument("--reason", default="", help="kept with the decision")
        parser.add_argument("--yes", action="store_true", help="do it without asking")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
        parser.add_argument("--user", help="act as this user; as the system itself where left out")

    def handle(self, **options: Any) -> None:
        by = accounts.user_named(options["user"]) if options["user"] else None
        console = Console(stderr=True, quiet=options["json"])
        try:
            key = UUID(options["batch"])
        except ValueError:
            raise CommandError(
                _("“%(text)s” is no batch. `mudmai import` prints the batch of each list.") % {"text": options["batch"]}
            ) from None
        batch = people.batch_for(by, key) if by is not None else queries.batch_of(key)
        told: dict[str, Any] = {"batch": str(batch.pk), "label": batch.label}
        if options["restore"]:
            services.restore(batch, by=by, reason=options["reason"])
            told["restored"] = True
            console.print(_("The list “%(label)s” stands again.") % {"label": batch.label})
        elif batch.withdrawn:
            begun = batch.turning_at is not None
            services.undo(batch, by=by)
            told["undone"] = begun
            words = (
                _("The list “%(label)s” was being taken back when it broke off; now that is finished.")
                if begun
                else _("The list “%(label)s” was taken back before.")
            )
            console.print(words % {"label": batch.label})
        else:
            told |= self.undo(batch, by, console, options)
        if options["json"]:
            self.stdout.write(orjson.dumps(told).decode())

    def undo(self, batch: Any, by: Any, console: Console, options: dict[str, Any]) -> dict[str, Any]:
        preview = services.preview_undo(batch)
        numbers = {
            "records": preview.records,
            "persons_gone": preview.persons_gone,
            "households_gone": preview.households_gone,
            "fields": preview.fields,
        }
        console.print(
            _(
                "Taking back “%(label)s”: %(records)s rows; %(persons_gone)s people and %(households_gone)s households "
                "that only this list knows go, %(fields)s values go back to what other lists say."
            )
            % {"label": batch.label, **numbers, "fields": "…" if preview.fields is None else preview.fields},
            markup=False,
        )
        for each in [each for each in preview.told if each.how == "changes"][:5]:
            for code, old, new in each.fields[:2]:
                shown = [catalogue().shown(code, value) if value is not None else "–" for value in (old, new)]
                console.print(
                    f"  {people.person_code(each.id)}: {catalogue().label(code)} {' → '.join(shown)}", markup=False
                )
        if not options["yes"]:
            if options["json"] or not sys.stdin.isatty():
                self.stderr.write(_("Nothing was taken back yet: add --yes to do it without asking."))
                return {"undone": False, **numbers}
            console.print(_("Take it back? (y/n)"), end=" ")
            if input().strip().lower() not in ("y", "yes", "ใช่", "ตกลง", "ค่ะ", "ครับ"):
                return {"undone": False, **numbers}
        services.undo(batch, by=by, reason=options["reason"])
        console.print(
            _("The list was taken back. `mudmai undo %(batch)s --restore` lets it stand again.") % {"batch": batch.pk}
        )
        return {"undone": True, **numbers}
