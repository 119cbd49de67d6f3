"""Pins counted by cells of the map, so that far views need no look at each house."""

from typing import Any

from django.db import migrations, models

COUNTED_CELL = 4096


def count(apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_pincount (area_code, cell, n, lat, lon, first) "
            f"SELECT area_code, pin_cell / {COUNTED_CELL}, count(*), avg(lat), avg(lon), min(pin_cell) "
            "FROM people_household WHERE pin_cell IS NOT NULL GROUP BY 1, 2"
        )


class Migration(migrations.Migration):
    dependencies = [("people", "0007_tallies_of_areas")]
    operations = [
        migrations.CreateModel(
            name="PinCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_code", models.CharField(max_length=8, verbose_name="area")),
                ("cell", models.BigIntegerField(verbose_name="map cell")),
                ("n", models.PositiveIntegerField(verbose_name="count")),
                ("lat", models.FloatField(verbose_name="latitude")),
                ("lon", models.FloatField(verbose_name="longitude")),
                ("first", models.BigIntegerField(verbose_name="first map cell")),
            ],
            options={
                "verbose_name": "count of pins",
                "verbose_name_plural": "counts of pins",
                "indexes": [
                    models.Index(fields=["cell", "area_code", "n", "lat", "lon", "first"], name="people_pincount_cell"),
                    models.Index(fields=["area_code"], name="people_pincount_area"),
                ],
            },
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
