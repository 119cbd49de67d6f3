"""What the worker remembers about itself, so that a job is never lost and never runs for ever."""

from django.db import models


class WorkerSign(models.Model):
    """Sign of life of one worker process; removed when it stops, or by the cleaning a day after it died."""

    id = models.CharField(primary_key=True, max_length=64)
    host = models.CharField(max_length=255)
    pid = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = "sign of life"
        verbose_name_plural = "signs of life"

    def __str__(self) -> str:
        return f"worker {self.pid} on {self.host}"


class Chore(models.Model):
    """When one regular chore was last begun; a row for each, overwritten."""

    name = models.CharField(primary_key=True, max_length=80)
    begun_at = models.DateTimeField()

    class Meta:
        verbose_name = "chore"
        verbose_name_plural = "chores"

    def __str__(self) -> str:
        return self.name
