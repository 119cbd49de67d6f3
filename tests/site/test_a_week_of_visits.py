"""The week of visits of the demo town: sent as phones send, and in the registry afterwards."""

from datetime import timedelta
from random import Random

import pytest
from tests.people.town import VILLAGE, row, tell

from mudmai.access.queries import teams_for
from mudmai.accounts import services as accounts
from mudmai.kernel import clock
from mudmai.kernel.pictures import picture_kind
from mudmai.people.models import Household, Person
from mudmai.site.demo.visits import SECOND, Sent, week_of_visits
from mudmai.site.demo.visits.picture import drawn_house
from mudmai.surveys.models import Attachment, Submission

PASSWORD = "mudmai-2569"


def town(houses: int) -> None:
    """So many houses of village 1, each with somebody old and somebody young; the first half with a pin."""
    people = []
    for n in range(1, houses + 1):
        people.append(row("คำ", f"ใจดี{n}", house=str(n), birth_date="1948-02-01", phone=["+66900001109"]))
        people.append(row("มาลี", f"ใจดี{n}", house=str(n), birth_date="1985", sex="f"))
        if n <= houses / 2:
            people.append(row(about="household", house=str(n), lat=18.2 + n / 10_000, lon=99.4))
    tell(*people)


@pytest.fixture
def week(somsri, noi, national_codes):
    accounts.change_password(user=noi, password=PASSWORD)

    def go(houses: int) -> Sent:
        town(houses)
        return week_of_visits(officer=somsri, volunteer=noi, area_code=VILLAGE, password=PASSWORD, seed=1)

    return go


def test_a_week_of_two_volunteers_is_settled_but_for_a_changed_score(week, somsri):
    sent = week(62)

    assert sum(sent.forms.values()) == Submission.objects.count() >= 50
    assert {"depression", "home_visit", "xray", "house_pin"} == set(sent.forms)
    assert Attachment.objects.count() == sent.photos > 10
    assert set(Submission.objects.exclude(pk=sent.flagged).values_list("state", flat=True)) == {"settled"}
    today = clock.today()
    days = set(Submission.objects.exclude(pk=sent.flagged).values_list("observed_on", flat=True))
    assert days <= {today - timedelta(days=back) for back in range(1, 8)}
    assert [team.area_code for team in teams_for(somsri)] == [VILLAGE]
    flagged = Submission.objects.get(pk=sent.flagged)
    assert (flagged.state, flagged.batch) == ("flagged", None)


def test_what_was_found_stands_in_the_registry_and_of_two_reports_the_later_is_followed(week):
    sent = week(62)

    known = [str(person.known) for person in Person.objects.all()]
    assert sum("adl_group" in each for each in known) >= 15
    assert sum("self_harm_alert" in each for each in known) == 1
    assert Person.objects.filter(given_name="ขวัญข้าว").count() == 1
    reports = [Submission.objects.get(pk=key) for key in sent.differing or ()]
    assert [report.by.username for report in reports] == ["noi", SECOND]
    assert reports[0].household_id == reports[1].household_id
    assert "unsafe" in str(Household.objects.get(pk=reports[0].household_id).known["house_state"])


def test_a_town_of_three_houses_has_a_short_week(week):
    sent = week(3)

    assert Submission.objects.filter(state="settled").count() == sum(sent.forms.values()) > 0


def test_the_photos_are_pictures():
    assert picture_kind(drawn_house(Random(1))) == "image/png"
