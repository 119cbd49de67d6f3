"""Several processes assess at once: nothing is lost, and nothing old stands in the end."""

import threading
from typing import Any

import pytest
from django.db import connection
from tests.people.town import row, tell

from mudmai.needs import services
from mudmai.needs.models import Due, HouseNeed, NeedTally

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time"),
]


def kept() -> Any:
    tallies = NeedTally.objects.order_by("level", "area_code", "measure").values_list("level", "measure", "houses")
    return list(HouseNeed.objects.order_by("pk").values()), list(tallies)


def test_changes_that_come_while_everything_is_assessed_are_followed(national_codes):
    tell(*(row(f"คน{n}", house=str(n), birth_date="1950") for n in range(20)))
    services.assess_due()
    trouble: list[BaseException] = []

    def work(job: Any) -> None:
        try:
            for _ in range(5):
                job()
        except BaseException as error:
            trouble.append(error)
        finally:
            connection.close()

    def change() -> None:
        tell(*(row(f"คน{n}", house=str(n), birth_date="1940") for n in range(20)), kind="home_visit")

    threads = [threading.Thread(target=work, args=[job]) for job in (change, services.assess_due, services.assess_all)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert trouble == []
    services.assess_due()
    assert not Due.objects.exists()
    stood = kept()
    HouseNeed.objects.all().delete()
    services.assess_all()
    assert kept() == stood
