"""Questions of the screens: long lists on their way to a file, and what a map of areas can show."""

from mudmai.pages.queries.exports import export_for
from mudmai.pages.queries.painting import Painting, measures, painting

__all__ = ["Painting", "export_for", "measures", "painting"]
