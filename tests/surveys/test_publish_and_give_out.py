"""A form reaches phones when it is published and given out; each step can be taken back."""

from datetime import date

import pytest
from tests.conftest import ELSEWHERE, MONDAY, OTHER_VILLAGE, TAMBON, VILLAGE
from tests.surveys.excel import excel, settings
from tests.surveys.test_bring_a_form_in import with_picture

from mudmai.access.models import Membership, Team
from mudmai.access.services import DutyDoesNotAllow, OutsideYourAreas
from mudmai.audit.models import Entry
from mudmai.surveys import queries, services
from mudmai.surveys.models import FormVersion
from mudmai.surveys.services.publishing import FilesMissing, FormIsRetired, WrongDays


def on_phones_of(user) -> list[str]:
    return [version.version for version in queries.published_for(user)]


def test_phones_get_a_form_that_is_published_and_given_to_their_area(published, noi):
    assert on_phones_of(noi) == ["1"]


def test_phones_get_nothing_before_it_is_given_out(draft, somsri, noi):
    services.publish(draft, by=somsri)

    assert on_phones_of(noi) == []


def test_a_form_given_to_another_village_does_not_come(draft, somsri, noi):
    services.publish(draft, by=somsri)
    services.assign(draft.form, area_code=OTHER_VILLAGE, by=somsri)

    assert on_phones_of(noi) == []


def test_a_newer_version_takes_the_place_of_the_older(published, received, somsri, noi):
    newer = services.publish(received(excel(settings=settings(version="2"))), by=somsri)

    published.refresh_from_db()
    assert on_phones_of(noi) == ["2"]
    assert published.state == FormVersion.State.REPLACED
    assert newer.published_at is not None


def test_an_older_version_can_be_published_again(published, received, somsri, noi):
    services.publish(received(excel(settings=settings(version="2"))), by=somsri)
    published.refresh_from_db()

    services.publish(published, by=somsri)

    assert on_phones_of(noi) == ["1"]
    assert FormVersion.objects.filter(state=FormVersion.State.PUBLISHED).count() == 1


def test_publishing_twice_changes_nothing(published, somsri):
    before = published.published_at
    services.publish(published, by=somsri)

    assert FormVersion.objects.get().published_at == before
    assert Entry.objects.filter(action="surveys.form.published").count() == 1


def test_a_form_without_its_files_is_not_published(received, somsri):
    with pytest.raises(FilesMissing, match="house"):
        services.publish(received(with_picture()), by=somsri)


def test_a_retired_form_leaves_the_phones_and_comes_back(published, somsri, noi):
    services.retire(published.form, by=somsri)
    assert on_phones_of(noi) == []
    with pytest.raises(FormIsRetired):
        services.publish(published, by=somsri)
    with pytest.raises(FormIsRetired):
        services.assign(published.form, area_code=TAMBON, by=somsri)

    services.bring_back(published.form, by=somsri)

    assert on_phones_of(noi) == ["1"]


def test_taking_it_back_from_an_area_ends_it_today(published, somsri, noi):
    given = queries.assignments_of(published.form).get()

    services.end_assignment(given, by=somsri)
    services.end_assignment(given, by=somsri)

    assert on_phones_of(noi) == []
    assert Entry.objects.filter(action="surveys.form.assignment_ended").count() == 1


def test_giving_it_out_twice_gives_it_once(published, somsri):
    services.assign(published.form, area_code=TAMBON, by=somsri)

    assert queries.assignments_of(published.form).count() == 1


def test_a_form_for_a_team_is_for_its_members_only(draft, somsri, noi, wichai):
    team = Team.objects.create(name="ทีมเยี่ยมบ้าน", area_code=TAMBON, made_at="2026-01-01T00:00+07:00")
    Membership.objects.create(team=team, user=wichai, role="volunteer", starts_on=date(2026, 1, 1))
    services.publish(draft, by=somsri)

    services.assign(draft.form, area_code=TAMBON, team=team, by=somsri)

    assert on_phones_of(wichai) == ["1"]
    assert on_phones_of(noi) == []


def test_a_form_can_be_given_for_a_time(draft, somsri, noi):
    services.publish(draft, by=somsri)
    services.assign(draft.form, area_code=VILLAGE, by=somsri, starts_on=date(2026, 11, 9), ends_on=date(2026, 11, 30))

    assert on_phones_of(noi) == []
    assert [each.version for each in queries.published_for(noi, date(2026, 11, 10))] == ["1"]
    with pytest.raises(WrongDays):
        services.assign(draft.form, area_code=VILLAGE, by=somsri, ends_on=date(2026, 1, 1))
    assert date(2026, 11, 9) > MONDAY


def test_it_cannot_be_given_out_elsewhere(published, somsri):
    with pytest.raises(OutsideYourAreas):
        services.assign(published.form, area_code=ELSEWHERE, by=somsri)


@pytest.mark.parametrize("who", ["noi", "nayok", "admin", "stranger"])
def test_nobody_else_publishes_retires_or_gives_out(published, who, request):
    user = request.getfixturevalue(who)
    for act in (
        lambda: services.publish(published, by=user),
        lambda: services.retire(published.form, by=user),
        lambda: services.bring_back(published.form, by=user),
        lambda: services.assign(published.form, area_code=TAMBON, by=user),
        lambda: services.end_assignment(queries.assignments_of(published.form).get(), by=user),
        lambda: services.map_answers(published, {}, by=user),
    ):
        with pytest.raises((DutyDoesNotAllow, OutsideYourAreas)):
            act()


def test_a_form_of_the_whole_country_can_be_given_out_by_a_tambon_but_not_changed(somsri, noi):
    version = services.receive_form(excel(), "visit.xlsx", by=None)
    services.publish(version, by=None)

    services.assign(version.form, area_code=TAMBON, by=somsri)

    assert on_phones_of(noi) == ["1"]
    assert queries.form_for(somsri, version.form_id) == version.form
    with pytest.raises(OutsideYourAreas):
        services.retire(version.form, by=somsri)
