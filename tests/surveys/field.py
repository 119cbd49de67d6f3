"""The form of the stories of phones, and what the village is when they begin."""

from datetime import date
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from tests.people.town import row, tell
from tests.surveys.forms import xform_of

from mudmai.accounts.models import User
from mudmai.kernel import clock
from mudmai.surveys.models import Assignment, Form, FormVersion
from mudmai.surveys.rules.instances import fill
from mudmai.surveys.rules.xform import XForm

SURVEY = """
| survey |
| | type | name | label | required | relevant | constraint |
| | start | start | | | | |
| | end | end | | | | |
| | hidden | household_key | | | | |
| | date | visit_date | วันที่เยี่ยม | yes | | |
| | select_one outcome | visit_outcome | ผลการเยี่ยม | yes | | |
| | begin_group | house | บ้าน | | ${visit_outcome} = 'done' or ${visit_outcome} = 'house_gone' | |
| | text | house_no | บ้านเลขที่ | | | |
| | integer | moo | หมู่ที่ | | | |
| | geopoint | point | หมุด | | | |
| | select_one yes_no | drinking_water | น้ำดื่มพอ | | | |
| | image | photo | รูปบ้าน | | | |
| | image | photo_2 | รูปที่สอง | | | |
| | end_group | | | | | |
| | begin_repeat | members | สมาชิก | | ${visit_outcome} = 'done' | |
| | hidden | person_key | | | | |
| | select_one event | member_event | ยังอยู่ไหม | | | |
| | date | event_date | วันที่ | | | |
| | text | given_name | ชื่อ | | | |
| | text | family_name | สกุล | | | |
| | text | birth_date | เกิด | | | |
| | integer | age | อายุ | | | |
| | text | phone | โทรศัพท์ | | | |
| | end_repeat | | | | | |
| choices |
| | list_name | name | label |
| | outcome | done | พบ |
| | outcome | nobody_home | ไม่พบใคร |
| | outcome | refused | ไม่ให้ข้อมูล |
| | outcome | house_gone | ไม่มีบ้านแล้ว |
| | outcome | moved_away | ย้ายไปทั้งบ้าน |
| | event | here | อยู่ |
| | event | born | เกิด |
| | event | died | เสียชีวิต |
| | event | moved_out | ย้ายออก |
| | event | moved_in | ย้ายเข้า |
| | event | unknown_person | ไม่รู้จัก |
| | yes_no | yes | พอ |
| | yes_no | no | ไม่พอ |
| settings |
| | form_id | version | form_title |
| | field_survey | 1 | สำรวจครัวเรือน |
"""
# The first bytes of a JPEG, and enough besides to be cut in the middle.
PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 40


@cache
def survey_xml() -> str:
    return xform_of(SURVEY)


@cache
def survey() -> XForm:
    return XForm.parse(survey_xml())


def published_survey(area_code: str = "520306") -> FormVersion:
    """The form, published and given to everybody in the area."""
    now = clock.now()
    form = Form.objects.create(form_id="field_survey", title="สำรวจครัวเรือน", area_code=area_code, made_at=now)
    version = FormVersion.objects.create(
        form=form, version="1", state=FormVersion.State.PUBLISHED, filename="survey.xlsx", source=b"",
        xform=survey_xml(), md5="0" * 32, made_at=now, published_at=now,
    )  # fmt: skip
    Assignment.objects.create(form=form, area_code=area_code, starts_on=date(2026, 1, 1))
    return version


def filled(key: UUID | None = None, *, day: date | None = None, **answers: Any) -> tuple[UUID, bytes]:
    """A filled form and its id; answers by the names of the form, those of the house in `house`."""
    key = key or uuid4()
    day = day or clock.today()
    values = {"visit_date": day.isoformat(), "visit_outcome": "done"} | answers
    return key, fill(survey(), values, today=day, instance_id=key)


def village() -> None:
    """Two houses of village 1 with three people, and one of village 2."""
    tell(
        row("มาลี", "ใจดี", house="12/3", birth_date="1950-03-15"),
        row("สมชาย", "ใจดี", house="12/3", birth_date="1948"),
        row("บุญมี", "แก้วมา", house="45", birth_date="1990-01-02"),
        row("ไกล", "ไม่เห็น", house="7", area="52030602", birth_date="1970"),
    )


def volunteer(username: str, area: str) -> User:
    """One more volunteer."""
    from tests.conftest import on_duty

    return on_duty(username, username, "volunteer", area)
