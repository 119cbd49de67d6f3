"""What the tests of needs have in common: a few houses whose needs differ, and the outlines of the screens' tests."""

from types import SimpleNamespace
from typing import Any

import pytest
from tests.needs.ground import houses
from tests.pages.conftest import outlines

from mudmai.needs.services import assess_all

__all__ = ["outlines"]


@pytest.fixture
def ground(db: Any, national_codes: None) -> SimpleNamespace:
    """The houses of tests/needs/ground.py, assessed."""
    found = houses()
    assess_all()
    return found
