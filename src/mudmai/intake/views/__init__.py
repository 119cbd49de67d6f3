"""The screens of bringing a list in, by subject: the files, the columns, the preview and what came of it."""

from mudmai.intake.views.columns import columns
from mudmai.intake.views.files import cancel, home, progress, upload
from mudmai.intake.views.preview import commit, preview
from mudmai.intake.views.results import report, result

__all__ = ["cancel", "columns", "commit", "home", "preview", "progress", "report", "result", "upload"]
