"""What the tests of needs borrow from those of the screens."""

from tests.pages.conftest import outlines

__all__ = ["outlines"]
