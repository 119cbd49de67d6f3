"""The cast of all tests, told once, and what every test may ask for.

Ko Kha (เกาะคา, 520306) is a tambon of Lampang; its people are invented.

somsri    registrar of Ko Kha: she has the folder of Excel files
noi       health volunteer of its village 1 (52030601)
wichai    case manager of Ko Kha
nayok     the mayor: sees numbers, no person
admin     administrator of the whole installation
stranger  registrar of another province (50)
"""

import runpy
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, settings

from mudmai.accounts.models import User

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
TAMBON = "520306"
VILLAGE = "52030601"
OTHER_VILLAGE = "52030602"
ELSEWHERE = "500101"
MONDAY = date(2026, 11, 2)
PASSWORD = "หมุดหมาย-2569"


# Two workers share the machine: how long one example takes says nothing about the code.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    """Thai texts are compiled when a po file is newer, so that tests read what people will read."""
    runpy.run_path(str(ROOT / "tools/messages.py"))["compile_all"]()


@pytest.fixture(scope="session")
def shared_data() -> Callable[[str], Path]:
    """Path of a file or folder of the real public data beside the project; skips where it is absent."""

    def find(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"{name} is not beside this checkout")
        return path

    return find


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The test database holds the national list of areas from the start (1 s, once a run)."""
    from mudmai.places.services import ensure_national_codes

    with django_db_blocker.unblock():
        ensure_national_codes()


@pytest.fixture
def national_codes(db: None) -> None:
    """The national list of areas, put back if a test with real transactions has emptied the tables."""
    from mudmai.places.services import ensure_national_codes

    ensure_national_codes()


@pytest.fixture(autouse=True)
def _places_are_read_anew() -> None:
    """What an earlier test loaded and rolled back is not remembered by this process."""
    from mudmai.places.queries import recheck

    recheck()


@pytest.fixture(autouse=True)
def monday(monkeypatch: pytest.MonkeyPatch) -> date:
    """Every test happens on Monday 2 November 2569 (2026)."""
    monkeypatch.setenv("MUDMAI_TODAY", MONDAY.isoformat())
    return MONDAY


def on_duty(username: str, full_name: str, role: str, area_code: str) -> User:
    """A user with one duty that has stood since the start of the year."""
    from mudmai.access.models import Duty

    user = User.objects.create_user(username, password=PASSWORD, full_name=full_name)
    Duty.objects.create(user=user, role=role, area_code=area_code, starts_on=date(2026, 1, 1))
    return user


@pytest.fixture
def somsri(db: None) -> User:
    return on_duty("somsri", "สมศรี ใจงาม", "registrar", TAMBON)


@pytest.fixture
def noi(db: None) -> User:
    return on_duty("noi", "น้อย แก้วมา", "volunteer", VILLAGE)


@pytest.fixture
def wichai(db: None) -> User:
    return on_duty("wichai", "วิชัย คำแสน", "case_manager", TAMBON)


@pytest.fixture
def nayok(db: None) -> User:
    return on_duty("nayok", "นายก ตัวอย่าง", "viewer", TAMBON)


@pytest.fixture
def admin(db: None) -> User:
    return on_duty("admin", "ผู้ดูแล ระบบ", "administrator", "")


@pytest.fixture
def stranger(db: None) -> User:
    return on_duty("stranger", "คนไกล ต่างถิ่น", "registrar", "50")


@pytest.fixture
def anonymous(db: None) -> Client:
    """A browser where nobody has signed in."""
    return Client()


@pytest.fixture
def client_of(db: None) -> Callable[[User], Client]:
    """A browser in which this user has signed in: `client_of(somsri).get(url)`."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
