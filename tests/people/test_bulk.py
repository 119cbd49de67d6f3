"""Very many rows at once."""

import pytest
from django.db import connection, transaction

from mudmai.people.models import Tally
from mudmai.people.services import bulk

pytestmark = pytest.mark.django_db


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, Tally._meta.db_table))


def test_a_table_that_was_filled_has_its_rows_and_all_its_indexes():
    before = indexes()
    rows = [("52030601", 8, "people", f"f:{year}", 3) for year in range(1900, 2000)]
    bulk.fill(Tally, ("area_code", "level", "measure", "key", "n"), rows)
    assert Tally.objects.count() == 100
    assert indexes() == before
    assert "people_tally_level" in before


def test_a_filling_that_is_rolled_back_leaves_the_indexes_as_they_were():
    before = indexes()
    with transaction.atomic():
        bulk.fill(Tally, ("area_code", "level", "measure", "key", "n"), [("52030601", 8, "people", "f:1950", 3)])
        transaction.set_rollback(True)
    assert indexes() == before
    assert not Tally.objects.exists()
