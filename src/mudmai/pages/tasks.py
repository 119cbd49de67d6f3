"""Background jobs of the screens: each can be killed and begun again."""

from django_tasks import task

from mudmai.accounts import queries as accounts
from mudmai.intake import services as intake
from mudmai.pages import services
from mudmai.pages.models import Export
from mudmai.people import queries as people


@task()
def turn_batch(batch_id: str, user_id: int, withdraw: bool, reason: str = "") -> None:
    """Take a large list back, or put it back. Begun again after a crash, it finishes."""
    user = accounts.user_with(user_id)
    batch = people.batch_for(user, batch_id)
    turn = intake.undo if withdraw else intake.restore
    turn(batch, by=user, reason=reason)


@task()
def make_export(export_id: str) -> None:
    """Write a long list as a workbook, sealed until it is fetched."""
    services.finish_export(Export.objects.get(pk=export_id))
