"""Writes many rows at once: adds the new, updates those that differ, counts the rest as the same."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import Model

from mudmai.places.services.report import LoadReport

M = TypeVar("M", bound=Model)

_CHUNK = 2000


def upsert(model: type[M], rows: Iterable[M], fields: Sequence[str], report: LoadReport) -> None:
    """Bring the table to what `rows` say, by primary key, and count in the report what that changed.

    Only `fields` are compared and written; what else a row holds stays. The last of several rows with one key counts.
    """
    unique = {row.pk: row for row in rows}
    keys = list(unique)
    for start in range(0, len(keys), _CHUNK):
        _upsert_chunk(model, {key: unique[key] for key in keys[start : start + _CHUNK]}, fields, report)


def _upsert_chunk(model: type[M], rows: dict[Any, M], fields: Sequence[str], report: LoadReport) -> None:
    manager = model._default_manager
    standing = {row[0]: row[1:] for row in manager.filter(pk__in=list(rows)).values_list("pk", *fields)}
    added = [row for key, row in rows.items() if key not in standing]
    changed = [row for key, row in rows.items() if key in standing and _differs(row, fields, standing[key])]
    manager.bulk_create(added, batch_size=_CHUNK)
    if changed:
        manager.bulk_create(
            changed, update_conflicts=True, update_fields=fields, unique_fields=[_key_field(model)], batch_size=_CHUNK
        )
    report.added += len(added)
    report.changed += len(changed)
    report.same += len(rows) - len(added) - len(changed)


def _differs(row: Model, fields: Sequence[str], standing: tuple[Any, ...]) -> bool:
    return any(_plain(getattr(row, name)) != _plain(value) for name, value in zip(fields, standing, strict=True))


def _plain(value: Any) -> Any:
    """PostgreSQL hands binary columns back as memoryview."""
    return bytes(value) if isinstance(value, memoryview) else value


def _key_field(model: type[Model]) -> str:
    key = model._meta.pk
    if key is None:
        raise TypeError(model)
    return key.name
