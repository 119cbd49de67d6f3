"""The world that the table of addresses walks through."""

from types import SimpleNamespace

import pytest


@pytest.fixture
def world(somsri, noi, wichai, nayok, admin, stranger):
    """The cast; tests of more modules hang their people, households and batches on it."""
    return SimpleNamespace(
        somsri=somsri, noi=noi, wichai=wichai, nayok=nayok, admin=admin, stranger=stranger, tambon="520306"
    )
