"""`mudmai export persons|households`: a list as a file, with the right of a user and a purpose in the log."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from mudmai.access.queries import scope_for
from mudmai.access.rules import PURPOSES
from mudmai.accounts.queries import user_named
from mudmai.audit import services as audit
from mudmai.kernel.errors import NotAllowed
from mudmai.pages.forms.exports import columns_of
from mudmai.pages.rules.exports import FORMATS, HOUSEHOLDS, PERSONS
from mudmai.pages.services import Rows, write
from mudmai.people import queries as people


class Command(BaseCommand):
    help = "Write persons or households to a file: Excel, CSV, GeoJSON or KML for Google My Maps."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=[PERSONS, HOUSEHOLDS])
        parser.add_argument("--out", type=Path, required=True, help="the file to write")
        parser.add_argument("--format", choices=list(FORMATS), help="from the ending of --out where left out")
        parser.add_argument("--purpose", choices=list(PURPOSES), required=True, help="kept in the log")
        parser.add_argument("--user", required=True, help="whose rights count, and who stands in the log")
        parser.add_argument("--area", default="", help="code of an area, such as 520306")
        parser.add_argument("--fact", default="", choices=["", *people.FACT_FILTERS], help="only persons with this")
        parser.add_argument("--pin", default="", choices=["", "yes", "no"], help="only households with or without one")
        parser.add_argument("--full-id", action="store_true", help="13-digit ids in plain, for those who may see them")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, **options: Any) -> None:
        what, user, out = options["what"], user_named(options["user"]), options["out"]
        scope = scope_for(user)
        if not scope.allows_somewhere("people.export"):
            raise NotAllowed(_("%(name)s has no duty that allows an export.") % {"name": user})
        form = options["format"] or (out.suffix[1:] if out.suffix[1:] in FORMATS else "xlsx")
        columns = [code for code, attribute in columns_of(what).items() if scope.sees(attribute.data_class)]
        rows = Rows(scope, what, columns, full_id=options["full_id"] and what == PERSONS)
        title = _("Persons") if what == PERSONS else _("Households")
        with out.open("wb") as file:
            count, ending = write(file, form, title, rows.header, rows.placed(user, self._keep(options)))
        audit.record(
            user, "people.exported", what, area_code=options["area"], purpose=options["purpose"], format=form,
            rows=count, columns=columns, full_ids=options["full_id"],
        )  # fmt: skip
        if options["json"]:
            self.stdout.write(json.dumps({"file": str(out), "rows": count, "form": ending}))
            return
        self.stdout.write(_("Wrote %(count)s rows to %(path)s.") % {"count": f"{count:,}", "path": out})

    def _keep(self, options: dict[str, Any]) -> people.PersonFilter | people.HouseholdFilter:
        if options["what"] == PERSONS:
            return people.PersonFilter(area=options["area"], fact=options["fact"])
        return people.HouseholdFilter(area=options["area"], pin=options["pin"])
