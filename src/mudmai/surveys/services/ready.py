"""Taking one of the ready forms in."""

from typing import TYPE_CHECKING

from mudmai.surveys.models import FormVersion
from mudmai.surveys.rules.ready import ready_form
from mudmai.surveys.services.receiving import receive_form

if TYPE_CHECKING:
    from mudmai.accounts.models import User


def start_from_ready(code: str, *, by: "User | None", area_code: str = "") -> FormVersion:
    """Take one of the ready forms in, as if it had been uploaded. Raises NotFound, and as `receive_form` does."""
    ready = ready_form(code)
    return receive_form(ready.xlsx(), ready.filename, by=by, area_code=area_code, media=ready.media(), ready=code)
