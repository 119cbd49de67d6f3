"""audit.services and audit.queries: what is written stays."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Q

from mudmai.audit.models import Entry, EntryIsForever
from mudmai.audit.queries import Wanted, entries, looks_at
from mudmai.audit.services import looked_at, record, write_is_allowed


def test_an_act_is_kept_with_its_details(somsri):
    record(somsri, "people.batch.undone", "batch", 7, area_code="520306", purpose="correction", rows=12)

    entry = Entry.objects.get()
    assert (entry.who, entry.object_id, entry.details) == (somsri, "7", {"rows": 12})


def test_a_line_can_neither_be_changed_nor_removed(somsri):
    entry = record(somsri, "people.batch.undone")

    for attempt in (entry.save, entry.delete, Entry.objects.all().delete, Entry.objects.update):
        with pytest.raises(EntryIsForever):
            attempt()


def test_the_database_refuses_changes_too(somsri):
    record(somsri, "people.batch.undone")

    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET action = 'nothing'")


def test_a_person_can_be_told_who_looked(somsri, wichai):
    looked_at(wichai, "b6a4", {"mental", "health"}, "visit", area_code="52030601")
    looked_at(somsri, "other", {"money"}, "allowance")

    (look,) = looks_at("b6a4")
    assert (look.who, look.purpose, look.details["classes"]) == (wichai, "visit", ["health", "mental"])
    assert not write_is_allowed()


def test_the_log_is_read_page_by_page(somsri):
    for number in range(5):
        record(somsri, "people.person.changed", "person", number, area_code="520306")

    first = entries(areas=Q(), limit=2)
    second = entries(areas=Q(), before=first.next_key, limit=2)
    third = entries(areas=Q(), before=second.next_key, limit=2)

    assert [entry.object_id for page in (first, second, third) for entry in page.entries] == ["4", "3", "2", "1", "0"]
    assert third.next_key is None


def test_the_log_is_filtered_by_area_day_and_action(somsri):
    record(somsri, "people.person.changed", area_code="520306")
    record(somsri, "intake.batch.undone", area_code="500101")

    def found(areas=None, **wanted):
        return [entry.area_code for entry in entries(areas=areas or Q(), wanted=Wanted(**wanted)).entries]

    assert found(Q(area_code__startswith="52")) == ["520306"]
    assert found(action="intake.") == ["500101"]
    assert found(since=date(2026, 11, 3)) == []
    assert len(found(since=date(2026, 11, 2), until=date(2026, 11, 2), who_id=somsri.id)) == 2
