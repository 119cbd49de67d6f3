"""The page of the model: what is compared and how much it weighs; the administrator chooses the weights."""

import pytest
from django.urls import reverse

from mudmai.kernel import clock
from mudmai.linkage.models import Weights
from mudmai.linkage.rules.model import model
from mudmai.linkage.rules.shares import parts_of
from mudmai.linkage.services import model_in_use

pytestmark = pytest.mark.django_db


@pytest.fixture
def learned(admin):
    numbers = {"sex": {"same": {"m": 0.9, "u": 0.5}}}
    return Weights.objects.create(
        version="2569-11-21.1", shipped=model().version, made_at=clock.now(), by=admin, same_pairs=1234,
        random_pairs=9, sure_before=91.5, sure_after=92.5, numbers=numbers,
    )  # fmt: skip


def test_the_registrar_reads_every_finding_in_words_and_figures(client_of, somsri):
    page = client_of(somsri).get(reverse("linkage:model")).content.decode()

    assert "เลขประจำตัวประชาชนตรงกัน" in page
    assert "พูดหนักแน่นมากว่าเป็นคนเดียวกัน" in page
    assert "+18.6" in page
    assert "เรียนจากทะเบียน" not in page


def test_a_version_shows_what_it_changes(client_of, somsri, learned):
    page = client_of(somsri).get(reverse("linkage:model"), {"version": learned.version}).content.decode()

    assert "1,234" in page
    assert "-0.1" in page  # the sex, from 0.98 of 0.5 to 0.9
    assert client_of(somsri).get(reverse("linkage:model"), {"version": "no"}).status_code == 404


def test_the_administrator_puts_a_version_to_use_and_the_shipped_one_again(client_of, admin, somsri, learned):
    url = reverse("linkage:use_weights")
    assert client_of(somsri).post(url, {"version": learned.version}).status_code == 403

    client_of(admin).post(url, {"version": learned.version})
    assert model_in_use().version == learned.version

    client_of(admin).post(url, {"version": model().version})
    assert model_in_use() is model()


def test_with_too_little_known_learning_is_refused_with_a_sentence(client_of, admin):
    page = client_of(admin).post(reverse("linkage:learn"), follow=True).content.decode()

    assert "มีเพียง 0 แถว" in page


def test_every_finding_has_its_words():
    assert {part.name for part in parts_of(model(), model())} == {each.name for each in model().scheme.comparisons}
