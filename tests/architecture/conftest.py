"""The world that the table of addresses walks through."""

from functools import cached_property
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from tests.intake.townlist import book, send
from tests.linkage.folk import bring, known, somebody

from mudmai.intake.models import Upload
from mudmai.intake.services import commit
from mudmai.linkage.models import Question


class World(SimpleNamespace):
    """The cast with their people, files and questions; each is made when a row of the table first asks for it."""

    somsri: Any

    @cached_property
    def upload(self) -> Upload:
        """A list that somsri sent, ready to be looked over."""
        client = Client()
        client.force_login(self.somsri)
        send(client, book())
        return Upload.objects.get()

    @cached_property
    def done(self) -> Upload:
        """The same list, brought in."""
        return commit(self.upload)

    @cached_property
    def question(self) -> Question:
        """Somebody of Ko Kha who may be known already."""
        known(birth_date="1950-03-15", house="99")
        bring(somebody(house=None))
        return Question.objects.get()


@pytest.fixture
def world(somsri, noi, wichai, nayok, admin, stranger, national_codes):
    """The cast, and all that they have."""
    return World(somsri=somsri, noi=noi, wichai=wichai, nayok=nayok, admin=admin, stranger=stranger, tambon="520306")
