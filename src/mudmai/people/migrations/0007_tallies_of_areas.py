"""Tallies of every level, so that the numbers of a province need no look at its villages."""

from typing import Any

from django.db import migrations, models

OWN, VILLAGE = 9, 8


def add_up(apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"UPDATE people_tally SET level = {VILLAGE} WHERE length(area_code) = {VILLAGE}")
        for level in (6, 4, 2):
            cursor.execute(
                "INSERT INTO people_tally (level, area_code, measure, key, n) "
                f"SELECT {level}, substr(area_code, 1, {level}), measure, key, sum(n) FROM people_tally "
                f"WHERE level = {level + 2} OR (level = {OWN} AND length(area_code) IN ({level}, {level + 1})) "
                f"GROUP BY substr(area_code, 1, {level}), measure, key"
            )


class Migration(migrations.Migration):
    dependencies = [("people", "0006_decisions_page")]
    operations = [
        migrations.RemoveIndex(model_name="tally", name="people_tally_sum"),
        migrations.AddField(
            model_name="tally",
            name="level",
            field=models.PositiveSmallIntegerField(default=OWN, verbose_name="level"),
        ),
        migrations.RunPython(add_up, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="tally",
            index=models.Index(fields=["level", "area_code", "measure", "key", "n"], name="people_tally_level"),
        ),
    ]
