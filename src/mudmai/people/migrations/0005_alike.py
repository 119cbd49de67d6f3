"""Indexes that find whom a single row may be."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_turning"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["given_sound", "birth_date"], name="people_person_heard"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["family_sound", "given_sound", "birth_date"], name="people_person_family_heard"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("phone", ""), _negated=True), fields=["phone"], name="people_person_phone"
            ),
        ),
    ]
