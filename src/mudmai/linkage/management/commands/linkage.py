"""`mudmai linkage`: the registry as a lake of Parquet files, and everybody of a lake compared with everybody."""

import json
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from mudmai.audit import services as audit
from mudmai.linkage.services.everybody import Engine, OnDuckDB, compare_all, write_lake
from mudmai.linkage.services.weights import model_in_use

DUCKDB, SPARK = "duckdb", "spark"


class Command(BaseCommand):
    help = "Write the registry as a lake of Parquet files, or find who stands in a lake twice."

    def add_arguments(self, parser: CommandParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        snapshot = steps.add_parser("snapshot", help="write the registry as it is compared, a folder a province")
        snapshot.add_argument("out", type=Path, help="folder to write; provinces that stand there are replaced")
        compare = steps.add_parser("compare-all", help="compare everybody of a lake with everybody")
        compare.add_argument("lake", help="folder of a snapshot, or of several side by side")
        compare.add_argument("out", help="folder for the pairs that may be the same person")
        compare.add_argument("--engine", choices=[DUCKDB, SPARK], default=DUCKDB)
        compare.add_argument("--master", default="local[*]", help="of Spark, such as spark://10.0.0.5:7077")
        compare.add_argument("--memory", default="2g", help="of DuckDB, or of each of Spark's processes")
        for each in (snapshot, compare):
            each.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, **options: Any) -> None:
        begun = time.monotonic()
        told: dict[str, Any]
        if options["step"] == "snapshot":
            people = write_lake(options["out"])
            audit.record(None, "linkage.lake.written", "lake", "", people=people)
            told = {"people": people}
            words = _(
                "Wrote %(people)s people to %(out)s. Ids stand there as keyed hashes, names do not: guard it well."
            )
        else:
            if options["engine"] == DUCKDB and not list(Path(options["lake"]).glob("**/*.parquet")):
                raise CommandError(_("There are no Parquet files in %(lake)s.") % {"lake": options["lake"]})
            told = {"pairs": self.compared(options)}
            words = _("Wrote %(pairs)s pairs that may be the same person to %(out)s.")
        seconds = round(time.monotonic() - begun, 1)
        if options["json"]:
            self.stdout.write(json.dumps({**told, "seconds": seconds}))
            return
        self.stdout.write(words % ({name: f"{count:,}" for name, count in told.items()} | {"out": options["out"]}))

    def compared(self, options: dict[str, Any]) -> int:
        with closing(engine_of(options)) as engine:
            return compare_all(engine, model_in_use(), options["lake"], options["out"])


def engine_of(options: dict[str, Any]) -> Engine:
    if options["engine"] == DUCKDB:
        return OnDuckDB(options["memory"] + "b")
    from mudmai.linkage.services.spark import OnSpark

    return OnSpark(options["master"], f"{options['out']}-scratch", memory=options["memory"])
