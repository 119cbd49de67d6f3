"""Signing a phone in with a second factor, too often, and with areas too large; and what comes with the area."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from tests.conftest import PASSWORD, TAMBON, VILLAGE, on_duty
from tests.surveys.field import published_survey, village
from tests.surveys.phones import Phone, Refused, through

from mudmai.accounts.models import User
from mudmai.kernel import clock
from mudmai.places.models import Area, Boundary
from mudmai.surveys.models import Media
from mudmai.surveys.queries import areas

SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _alone(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


@pytest.fixture
def phone_of(db: None) -> Callable[[User], Phone]:
    village()
    return lambda user: Phone(through(Client()), username=user.username, password=PASSWORD, clock=clock.now)


def refused(do: Callable[[], Any]) -> tuple[int, str]:
    with pytest.raises(Refused) as problem:
        do()
    return problem.value.answer.status, problem.value.body["code"]


def test_an_account_with_a_second_factor_needs_its_code(phone_of: Callable[[User], Phone], noi: User) -> None:
    totp.TOTP.activate(noi, SECRET)
    phone = phone_of(noi)
    assert refused(phone.sign_in) == (401, "code_needed")
    assert refused(lambda: phone.sign_in(code="000000")) == (401, "wrong_sign_in")
    code = totp.format_hotp_value(totp.hotp_value(SECRET, int(time.time()) // 30))
    assert phone.sign_in(code=code)["areas"][0]["area"] == VILLAGE
    assert refused(lambda: phone.sign_in(code=code)) == (401, "wrong_sign_in")  # a code opens once


def test_a_recovery_code_opens_too(phone_of: Callable[[User], Phone], noi: User) -> None:
    totp.TOTP.activate(noi, SECRET)
    code = RecoveryCodes.activate(noi).get_unused_codes()[0]
    assert phone_of(noi).sign_in(code=code)["token"]


def test_guessing_passwords_is_held_back(phone_of: Callable[[User], Phone], noi: User) -> None:
    phone = phone_of(noi)
    phone.password = "guess"
    answers = [refused(phone.sign_in) for _guess in range(6)]
    assert answers[0] == (401, "wrong_sign_in")
    assert answers[-1] == (429, "too_often")
    phone.password = PASSWORD
    assert refused(phone.sign_in) == (429, "too_often")


def test_a_user_who_was_switched_off_opens_nothing(phone_of: Callable[[User], Phone], noi: User) -> None:
    phone = phone_of(noi)
    phone.sign_in()
    User.objects.filter(pk=noi.pk).update(is_active=False)
    assert refused(phone.sync) == (401, "no_token")
    assert refused(phone.sign_in) == (401, "wrong_sign_in")


def test_too_large_an_area_is_offered_in_parts(
    phone_of: Callable[[User], Phone], somsri: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    published_survey()
    monkeypatch.setattr("mudmai.surveys.services.syncing.MOST_PEOPLE", 3)
    phone = phone_of(somsri)
    phone.sign_in()
    answer = phone.sync()
    assert answer["areas"] == []
    [large] = answer["too_large"]
    assert (large["area"], large["people"]) == (TAMBON, 4)
    assert VILLAGE in [part["area"] for part in large["choose"]]
    phone.sync(only=[VILLAGE])
    assert set(phone.areas) == {VILLAGE}


def test_no_part_of_somebody_elses_area_is_brought(phone_of: Callable[[User], Phone], noi: User) -> None:
    phone = phone_of(noi)
    phone.sign_in()
    assert [block["area"] for block in phone.sync(only=["52030602"])["areas"]] == [VILLAGE]


def test_the_outline_of_the_village_comes_along_once(phone_of: Callable[[User], Phone], noi: User) -> None:
    box = shapely.to_wkb(shapely.box(99.3, 18.1, 99.4, 18.2))
    area, _new = Area.objects.get_or_create(
        pk=VILLAGE, defaults={"level": 4, "parent_code": TAMBON, "name_th": "บ้านใหม่"}
    )
    Boundary.objects.create(area=area, wkb=box, wkb_small=box, min_lon=99.3, min_lat=18.1, max_lon=99.4, max_lat=18.2,
                            label_lon=99.35, label_lat=18.15)  # fmt: skip
    phone = phone_of(noi)
    phone.sign_in()
    [outline] = phone.sync()["boundaries"]["geojson"]["features"]
    assert outline["properties"]["code"] == VILLAGE
    assert "geojson" not in phone.sync()["boundaries"]


def test_the_pictures_of_a_form_are_for_those_who_fill_it(
    phone_of: Callable[[User], Phone], noi: User, stranger: User
) -> None:
    version = published_survey()
    Media.objects.create(version=version, name="a.png", content=b"\x89PNG\r\n\x1a\n", mime="image/png", md5="1" * 32)
    phone, other = phone_of(noi), phone_of(stranger)
    phone.sign_in()
    other.sign_in()
    phone.sync()
    [form] = phone.forms.values()
    address = f"forms/{form['id']}/media/{form['media'][0]['name']}"
    assert phone.request("GET", address).content.startswith(b"\x89PNG")
    assert refused(lambda: other.request("GET", address)) == (404, "not_found")


def test_a_new_area_comes_by_itself(phone_of: Callable[[User], Phone], noi: User) -> None:
    from mudmai.access.models import Duty

    phone = phone_of(noi)
    phone.sign_in()
    phone.sync()
    Duty.objects.create(user=noi, role="volunteer", area_code="52030602", starts_on=clock.today())
    phone.sync()
    assert set(phone.areas) == {VILLAGE, "52030602"}


def test_two_phones_of_one_village_hold_the_same(phone_of: Callable[[User], Phone], noi: User) -> None:
    first, second = phone_of(noi), phone_of(on_duty("nok", "นก", "volunteer", VILLAGE))
    for phone in (first, second):
        phone.sign_in()
        phone.sync()
    bundle = areas.bundle_of(noi, VILLAGE, frozenset())
    assert first.areas[VILLAGE].digest == second.areas[VILLAGE].digest == bundle.digest
