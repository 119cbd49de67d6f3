"""Write the log: each act beside the change it records, each look at sensitive data before it is shown."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from mudmai.accounts.models import User
from mudmai.audit.models import Entry
from mudmai.audit.rules import LOOKED
from mudmai.kernel import clock

_may_write = ContextVar("audit_may_write", default=False)


def write_is_allowed() -> bool:
    """Whether the look-log is being written right now: the one write that a page may do while it is only shown."""
    return _may_write.get()


@contextmanager
def allowed_write() -> Iterator[None]:
    """Let the block write although the request only reads. For the look-log alone."""
    token = _may_write.set(True)
    try:
        yield
    finally:
        _may_write.reset(token)


def record(
    by: User | None,
    action: str,
    obj_kind: str = "",
    obj_id: object = "",
    *,
    area_code: str = "",
    purpose: str = "",
    **details: Any,
) -> Entry:
    """Add one line to the log, in the transaction of the change it tells of.

    `action` is `module.object.past_participle`; `by` is None where no user acted. `details` must be plain JSON and
    hold no personal data beyond codes: the log is read by people who may not see the registry.
    """
    return Entry.objects.create(
        at=clock.now(),
        who=by,
        action=action,
        object_kind=obj_kind,
        object_id=str(obj_id),
        area_code=area_code,
        purpose=purpose,
        details=details,
    )


def looked_at(
    by: User, person_id: object, classes: Iterable[str], purpose: str = "", *, area_code: str = "", **details: Any
) -> Entry:
    """Keep that a user saw these classes of a person's data; call it before the page is made."""
    with allowed_write():
        return record(
            by,
            LOOKED,
            "person",
            person_id,
            area_code=area_code,
            purpose=purpose,
            classes=sorted(classes),
            **details,
        )
