"""A row of a file is told by its place in it; what came by a form has a key that nobody should have to read."""

import pytest

from mudmai.people.models import Record


@pytest.mark.parametrize(
    ("row_ref", "place"),
    [("Sheet1!501", "Sheet1!501"), ("72", "72"), ("7a87563a210459d0b3453fb45678478f person", ""), ("", "")],
)
def test_the_place_is_for_people(row_ref: str, place: str) -> None:
    assert Record(row_ref=row_ref).place == place
