"""Indexes that hold all that lists, the map and a list's own rows are found by."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_plain_order")]
    operations = [
        migrations.RemoveIndex(model_name="household", name="people_household_list"),
        migrations.RemoveIndex(model_name="household", name="people_household_cell"),
        migrations.AddIndex(
            model_name="household",
            index=models.Index(
                fields=["area_code", "sort_key", "id", "pin_cell", "member_count"], name="people_household_list"
            ),
        ),
        migrations.AddIndex(
            model_name="household",
            index=models.Index(fields=["pin_cell", "area_code", "lat", "lon"], name="people_household_map"),
        ),
        migrations.AlterField(
            model_name="record",
            name="batch",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.batch",
                verbose_name="batch",
            ),
        ),
        migrations.AddIndex(
            model_name="record", index=models.Index(fields=["batch", "id"], name="people_record_batch")
        ),
    ]
