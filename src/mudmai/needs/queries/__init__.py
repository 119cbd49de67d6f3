"""Questions, always for whom: the door for other modules."""

from mudmai.needs.queries.few import few_in

__all__ = ["few_in"]
