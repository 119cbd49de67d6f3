"""Background jobs of linkage."""

from contextlib import suppress

from django.utils import translation
from django_tasks import task

from mudmai.accounts.models import User
from mudmai.kernel.errors import DomainError
from mudmai.linkage import services


@task()
def learn_weights(user_id: str, language: str = "th") -> None:
    """Learn the weights anew; begun twice, it makes two versions, of which none is in use."""
    with translation.override(language), suppress(DomainError):
        services.train(by=User.objects.get(pk=user_id))
