"""What the stories of forms share: a form of somsri's, and how it is sent and given out."""

from collections.abc import Callable

import pytest
from tests.surveys.collect import Collect
from tests.surveys.excel import excel
from tests.surveys.forms import house_workbook

from mudmai.accounts.models import User
from mudmai.surveys import services
from mudmai.surveys.models import FormVersion
from mudmai.surveys.services.openrosa import NewKey, make_collect_key


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


@pytest.fixture
def house(somsri: User) -> FormVersion:
    """The house form, published and given to all who visit in Ko Kha."""
    version = services.receive_form(house_workbook(), "house.xlsx", by=somsri, area_code="520306")
    services.publish(version, by=somsri)
    services.assign(version.form, area_code="520306", by=somsri)
    return version


@pytest.fixture
def key(noi: User) -> NewKey:
    return make_collect_key(noi, name="โทรศัพท์ของน้อย")


@pytest.fixture
def collect(key: NewKey) -> Collect:
    return Collect(key)
