"""Lists by need: in their order, page by page, for those whose areas they lie in, and by nothing they may not see."""

import pytest
from tests.conftest import OTHER_VILLAGE, TAMBON, VILLAGE
from tests.people.town import row, tell

from mudmai.access import services as access
from mudmai.kernel.errors import NotFound
from mudmai.needs import services
from mudmai.needs.models import HouseNeed
from mudmai.needs.queries import NeedFilter, count_needs, need_of, needs_to_export, ranked_page
from mudmai.people.models import Household

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db):
    """Thirty houses in two villages: every third with somebody bedridden whom nobody cares for, every other poor."""
    area = [VILLAGE if n % 2 else OTHER_VILLAGE for n in range(30)]
    ill = {"adl_group": "bedridden", "caregiver_state": "none"}
    tell(
        *(
            row(
                f"คน{n}", house=str(n), area=area[n], birth_date="1990", tpmap_poor=n % 2 == 0,
                **(ill if n % 3 == 0 else {}),
            )
            for n in range(30)
        ),
        *(
            row(about="household", house=str(n), area=area[n], jpt31_22="fail", lat=18.1, lon=99.1)
            for n in range(10)
        ),
    )  # fmt: skip
    services.assess_all()


def places(lines):
    return [HouseNeed.objects.get(pk=line.house.pk).place for line in lines]


def walked(user, keep, size, **start):
    """Every line, page by page."""
    found = []
    page = ranked_page(user, keep, size=size, **start)
    while True:
        found += page.rows
        if not page.after:
            return found
        page = ranked_page(user, keep, size=size, after=page.after)


def test_red_cases_come_first_then_by_urgency_and_points(town, somsri):
    lines = ranked_page(somsri, NeedFilter()).rows
    assert len(lines) == 30 == count_needs(somsri, NeedFilter())
    assert [line.red for line in lines] == [True] * 10 + [False] * 20
    order = [(not line.red, -line.urgency, -line.score) for line in lines]
    assert order == sorted(order)


def test_pages_are_walked_there_and_back_and_show_each_house_once(town, somsri):
    whole = [line.house.pk for line in ranked_page(somsri, NeedFilter(), size=50).rows]
    assert [line.house.pk for line in walked(somsri, NeedFilter(), 7)] == whole
    second = ranked_page(somsri, NeedFilter(), size=7, after=ranked_page(somsri, NeedFilter(), size=7).after)
    back = ranked_page(somsri, NeedFilter(), size=7, before=second.before)
    assert [line.house.pk for line in back.rows] == whole[:7]
    assert back.before == ""
    assert [line.house.pk for line in ranked_page(somsri, NeedFilter(), after="no key").rows] == whole


@pytest.mark.parametrize(
    ("keep", "n"),
    [
        ({"area": VILLAGE}, 15),
        ({"area": TAMBON}, 30),
        ({"area": "52"}, 30),
        ({"area": "50"}, 0),
        ({"red": True}, 10),
        ({"urgency": 9}, 10),
        ({"group": "tpmap"}, 15),
        ({"group": "nothing"}, 0),
        ({"dimension": "income"}, 10),
        ({"dimension": "nothing"}, 0),
        ({"reason": "bedridden_uncared"}, 10),
        ({"reason": "nothing"}, 0),
        ({"unseen": True}, 30),
        ({"unpinned": True}, 20),
        ({"red": True, "area": VILLAGE, "unpinned": True}, 3),
    ],
)
def test_each_filter_keeps_what_it_says_and_counts_the_same(town, somsri, keep, n):
    assert len(ranked_page(somsri, NeedFilter(**keep)).rows) == n
    assert count_needs(somsri, NeedFilter(**keep)) == n
    assert len(list(needs_to_export(somsri, NeedFilter(**keep)))) == n


def test_everybody_sees_only_their_own_areas(town, noi, nayok, stranger, wichai):
    assert {line.area_code for line in ranked_page(noi, NeedFilter()).rows} == {VILLAGE}
    assert ranked_page(noi, NeedFilter(area=OTHER_VILLAGE)).rows == []
    for nobody in (nayok, stranger):
        assert ranked_page(nobody, NeedFilter()).rows == []
        assert count_needs(nobody, NeedFilter()) == 0
    assert len(ranked_page(wichai, NeedFilter()).rows) == 30
    assert list(needs_to_export(noi, NeedFilter())) == []


def test_a_list_by_money_or_health_is_for_those_who_see_it(town, noi, wichai):
    assert ranked_page(noi, NeedFilter(dimension="income")).rows == []
    assert ranked_page(noi, NeedFilter(reason="bedridden_uncared")).rows == []
    assert ranked_page(noi, NeedFilter(dimension="living")).rows == []
    assert len(ranked_page(wichai, NeedFilter(dimension="income")).rows) == 10
    line = next(line for line in ranked_page(noi, NeedFilter()).rows if line.hidden)
    assert "income" not in line.failed


def test_a_house_that_a_team_follows_is_on_the_list_though_it_lies_elsewhere(town, stranger, wichai):
    house = Household.objects.filter(area_code=VILLAGE).first()
    team = access.make_team(by=wichai, name="กลุ่มบ้านหลวง", kind="group", area_code=TAMBON)
    access.add_member(team, by=wichai, user=stranger, role="caregiver")
    access.follow(team, by=wichai, area_code=VILLAGE, household=house.pk)
    assert [line.house.pk for line in ranked_page(stranger, NeedFilter()).rows] == [house.pk]
    assert count_needs(stranger, NeedFilter()) == 1
    assert ranked_page(stranger, NeedFilter(area=OTHER_VILLAGE)).rows == []


def test_one_house_outside_ones_areas_is_not_there(town, stranger, somsri):
    house = Household.objects.first()
    assert need_of(somsri, house.pk).house == house
    with pytest.raises(NotFound):
        need_of(stranger, house.pk)


def test_a_house_that_was_not_assessed_yet_has_no_line(somsri):
    tell(row("ใหม่", house="99"))
    assert need_of(somsri, Household.objects.get().pk) is None
