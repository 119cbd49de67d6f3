"""Forms of the screens of needs."""

from mudmai.needs.forms.taking import TakeForm

__all__ = ["TakeForm"]
