"""What the stories of forms share: a form of somsri's, and how it is sent and given out."""

from collections.abc import Callable

import pytest
from tests.surveys.excel import excel

from mudmai.accounts.models import User
from mudmai.surveys import services
from mudmai.surveys.models import FormVersion


@pytest.fixture
def received(somsri: User) -> Callable[..., FormVersion]:
    """A form that somsri sent in, as a draft; what is given changes it."""

    def receive(
        content: bytes | None = None, *, by: User = somsri, area_code: str = "520306", **kwargs: object
    ) -> FormVersion:
        return services.receive_form(
            excel() if content is None else content, "visit.xlsx", by=by, area_code=area_code, **kwargs
        )  # fmt: skip

    return receive


@pytest.fixture
def draft(received: Callable[..., FormVersion]) -> FormVersion:
    return received()


@pytest.fixture
def published(draft: FormVersion, somsri: User) -> FormVersion:
    """The form of somsri, published and given to the volunteers of Ko Kha."""
    services.publish(draft, by=somsri)
    services.assign(draft.form, area_code="520306", by=somsri)
    return draft
