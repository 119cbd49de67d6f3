"""Long lists on their way to a file."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mudmai.kernel.uuid7


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.UUIDField(default=mudmai.kernel.uuid7.uuid7, primary_key=True, serialize=False)),
                ("what", models.CharField(max_length=20, verbose_name="what")),
                ("keep", models.JSONField(default=dict, verbose_name="filter")),
                ("columns", models.JSONField(default=list, verbose_name="columns")),
                ("full_id", models.BooleanField(default=False, verbose_name="with whole ids")),
                ("language", models.CharField(max_length=5, verbose_name="language")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="done")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="of")),
                ("failed", models.BooleanField(default=False, verbose_name="failed")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="asked for at")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "export",
                "verbose_name_plural": "exports",
            },
        ),
    ]
