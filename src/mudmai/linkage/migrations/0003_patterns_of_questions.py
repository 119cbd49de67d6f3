"""Give the questions asked before their pattern, so that questions of a kind are counted together."""

from typing import Any

from django.db import migrations

from mudmai.linkage.rules.patterns import pattern_of

STEP = 500


def write_patterns(apps: Any, _editor: Any) -> None:
    questions = apps.get_model("linkage", "Question").objects.filter(pattern="")
    step = []
    for question in questions.only("id", "evidence").iterator(STEP):
        question.pattern = pattern_of(question.evidence)
        step.append(question)
        if len(step) == STEP:
            questions.model.objects.bulk_update(step, ["pattern"])
            step = []
    questions.model.objects.bulk_update(step, ["pattern"])


class Migration(migrations.Migration):
    dependencies = [("linkage", "0002_review_in_depth")]

    operations = [migrations.RunPython(write_patterns, migrations.RunPython.noop)]
