"""A few invented houses of Ko Kha whose needs differ, for the tests of the screens.

12/3 of village 1: มาลี, 86, bedridden, with nobody to care for her; her son แดง. TPMAP names her. A red case.
13 of village 1: ชัย, a healthy farmer, of whom little is known.
21 of village 1: บุญ, 30, of whom a screening said that he needs mental health care at once. A red case.
7 of village 2: สมาน, 36, poor by the yearly survey, and not on the list of TPMAP.
"""

from datetime import date
from types import SimpleNamespace
from uuid import UUID

from tests.people.town import row, tell

from mudmai.people.models import Household, Person

MALI, DAENG, CHAI, BUN, SAMAN = "1" * 32, "2" * 32, "3" * 32, "4" * 32, "6" * 32
SURVEYED = date(2026, 9, 1)


def houses() -> SimpleNamespace:
    """Tell of them; returns each house by its number."""
    tell(
        row("มาลี", id=MALI, title="นาง", sex="f", birth_date="1940-03-15"),
        row("แดง", id=DAENG, title="นาย", sex="m", birth_date="1975-01-02"),
        row("ชัย", "ดีงาม", id=CHAI, house="13", sex="m", birth_date="1990-05-06"),
        row("บุญ", "มีสุข", id=BUN, house="21", sex="m", birth_date="1996-05-06"),
        row("สมาน", "ใจงาม", id=SAMAN, house="7", area="52030602", sex="m", birth_date="1990-02-03"),
    )
    tell(
        row("มาลี", id="a" * 32, adl_group="bedridden", adl_score=2, caregiver_state="none"),
        row("บุญ", "มีสุข", id="b" * 32, house="21", self_harm_alert=True),
        kind="home_visit",
        links={"a" * 32: MALI, "b" * 32: BUN},
    )
    tell(
        row("มาลี", id="c" * 32, tpmap_poor=True, tpmap_income=True, state_welfare_card=True),
        kind="tpmap",
        links={"c" * 32: MALI},
    )
    tell(
        row(about="household", jpt31_22="fail", jpt31_08="pass"),
        row(about="household", house="7", area="52030602", jpt31_22="fail", jpt31_08="fail"),
        kind="volunteer_survey",
        as_of=SURVEYED,
    )
    return SimpleNamespace(
        mali=of(MALI), chai=of(CHAI), bun=of(BUN), saman=of(SAMAN),
        mali_id=UUID(MALI), bun_id=UUID(BUN),
    )  # fmt: skip


def of(person: str) -> Household:
    """The house in which the person lives."""
    household = Person.objects.get(pk=person).household
    assert household is not None
    return household
