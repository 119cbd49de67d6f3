"""Plain byte order on PostgreSQL for the columns that are searched by prefix and walked by key, as SQLite has it."""

from typing import Any

from django.db import migrations

COLUMNS = {
    "people_person": ("area_code sort_key given_key family_key given_sound family_sound sex birth_date status"),
    "people_household": "area_code sort_key house_code",
    "people_fact": "code value area_code sort_key",
    "people_tally": "area_code measure key",
    "people_record": "area_code",
    "people_batch": "area_code",
}


def collate(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    for table, columns in COLUMNS.items():
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                "SELECT column_name, character_maximum_length FROM information_schema.columns "
                "WHERE table_schema = current_schema() AND table_name = %s",
                [table],
            )
            lengths = dict(cursor.fetchall())
            changes = ", ".join(
                f'ALTER COLUMN "{column}" TYPE varchar({lengths[column]}) COLLATE "C"' for column in columns.split()
            )
            cursor.execute(f'ALTER TABLE "{table}" {changes}')


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(collate, migrations.RunPython.noop, elidable=False)]
