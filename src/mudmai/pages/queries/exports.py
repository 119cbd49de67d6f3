"""The long lists a user asked for."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from mudmai.kernel.errors import NotFound
from mudmai.pages.models import Export

if TYPE_CHECKING:
    from mudmai.accounts.models import User


def export_for(user: "User", export_id: UUID) -> Export:
    """A long list that this user asked for. Raises NotFound."""
    found = Export.objects.filter(by=user, pk=export_id).first()
    if found is None:
        raise NotFound(_("This file is not here, or was cleared. Make it again."))
    return found
