"""When a batch's way back, or out, was last worked on: so that a crash in the middle is noticed and made good."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_lists_and_map")]
    operations = [
        migrations.AddField(
            model_name="batch",
            name="turning_at",
            field=models.DateTimeField(null=True, verbose_name="being taken back or put back"),
        ),
    ]
