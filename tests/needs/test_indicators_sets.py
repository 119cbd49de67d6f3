"""Sets of indicators as data: what is wrong is said in a sentence that names the indicator and the cure."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from tests.needs import ground
from tests.needs.town_in_columns import assessed, household, someone

from mudmai.access.services import OutsideYourAreas
from mudmai.audit.models import Entry
from mudmai.kernel.errors import NotAllowed, NotFound
from mudmai.needs import queries, services
from mudmai.needs.models import HouseNeed, IndicatorSet
from mudmai.needs.rules.assessing import setup
from mudmai.needs.rules.sets import check, shipped_bodies, shipped_sets, usual_set
from mudmai.needs.rules.targets import read_targets

OWN = """
code = "koka"
th = "ตัวชี้วัดของเทศบาลเกาะคา"
en = "Indicators of Ko Kha"
valid_from = 2026-10-01
confidence = "K"

[dimensions]
living = ["1"]
health = ["2"]

[numbers.enough]
th = "รายได้พอใช้"
unit = "baht/person/year"
rows = [{ value = 60000, from = 2026-10-01 }]

[[indicator]]
no = "1"
th = "มีน้ำและไฟฟ้า"
unit = "household"
rules = [{ pass = { all = [{ fact = "use_water" }, { fact = "electricity" }] } }]

[[indicator]]
no = "2"
th = "ผู้ป่วยติดเตียงมีคนดูแล"
unit = "person"
applies = { fact = "adl_group", equals = "bedridden" }
rules = [{ pass = { fact = "caregiver_state", in = ["always", "sometimes"] } }]

[[indicator]]
no = "3"
th = "รายได้พอใช้"
unit = "household"
rules = [{ pass = { fact = "income_per_head_year", min = "$enough" } }]
"""


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def faults(*lines: str, of: str = OWN) -> str:
    """What is said of a set with these lines put in place: "old => new"."""
    for line in lines:
        old, new = line.split(" => ")
        assert old in of
        of = of.replace(old, new, 1)
    found = check(of)
    assert (found.set is None) == bool(found.faults)
    return " ".join(found.faults)


def test_a_set_that_an_office_wrote_is_read_and_measures():
    found, wrong = check(OWN)
    assert wrong == []
    assert found is not None
    measured = setup(found)

    done = assessed(
        household(someone(adl_group="bedridden", caregiver_state="none"), use_water=True, electricity=True),
        household(someone(adl_group="active"), use_water=False, income_per_head_year=60_000),
        by=measured,
        on=date(2026, 11, 2),
    )

    assert done.letters.tolist() == ["PFU", "FNP"]
    assert done.failed.tolist() == [0b00001, 0b00010]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ('fact = "use_water" => fact = "use_watter"', "Indicator 1: there is no fact “use_watter” in the catalogue"),
        ('fact = "electricity" => fact = "adl_group", equals = "bedridden"', "is told of a person"),
        ('equals = "bedridden" => equals = "in bed"', "“in bed” is no code of the list “adl_group”. Its codes"),
        ('min = "$enough" => min = "$lots"', "Indicator 3: the set has no number called “$lots”"),
        ('min = "$enough" => min = "plenty"', "“plenty” is no number"),
        ('no = "2" => no = "1"', "Indicator 1 stands in the set twice"),
        ('unit = "person" => unit = "village"', "Indicator 2: unit is “person” or “household”"),
        ('living = ["1"] => living = ["9"]', "Dimension “living” names indicator 9, which the set does not have"),
        ('living = ["1"] => luck = ["1"]', "There is no dimension “luck”"),
        ("valid_from = 2026-10-01 => valid_from = 2569", "the day from which it holds"),
        ('confidence = "K" => confidence = "sure"', "Confidence is A"),
        ('code = "koka" => kode = "koka"', "“kode” means nothing in a set"),
        ('{ fact = "use_water" } => { frobnicate = 1 }', "it is not known what “frobnicate” asks"),
        ('{ fact = "use_water" } => { fact = "house_condition" }', "is told in words, which cannot be compared"),
        ('{ fact = "use_water" } => { age_from = 60 }', "ages are of persons. Wrap the condition in some_member"),
        ('{ fact = "use_water" } => { some_member = { age_from = 60, age_to = 6 } }', "nobody can be that old"),
        ('{ fact = "use_water" } => { fact = "use_water", equals = "ja" }', "answered by yes or no"),
        ('fact = "income_per_head_year", min = "$enough" => fact = "income_per_head_year"', "from where or up to"),
        ('no = "3" => told = "adl_group"', "has no number"),
        ('no = "3"\n => no = "3"\ntold = "adl_group"\n', "does not hold passed, failed or none"),
        ('no = "3"\n => no = "3"\ntold = "jpt31_01"\n', "is told of a person, the indicator of a household"),
        ("code = => code", "cannot be read as TOML"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place_and_cure(change, says):
    assert says in faults(change)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            "[{ value = 1, from = 2026-01-01 }, { value = 2, from = 2026-01-01 }]",
            "has two values from 2026-01-01 on: 1 and 2",
        ),
        (
            "[{ value = 1, from = 2020-01-01, to = 2026-06-30 }, { value = 2, from = 2026-06-01 }]",
            "End the earlier row the day before",
        ),
        (
            "[{ value = 1, from = 2020-01-01, to = 2021-12-31 }, { value = 2, from = 2023-01-01 }]",
            "has no value after 2021-12-31 and before 2023-01-01",
        ),
        ("[{ value = 1, from = 2021-01-01, to = 2020-12-31 }]", "Swap the days"),
        ("[{ value = true, from = 2021-01-01 }]", "is no number"),
        ("[]", "has no rows"),
    ],
)
def test_a_gap_or_an_overlap_of_days_is_said_with_the_days(rows, says):
    assert says in faults(f"rows = [{{ value = 60000, from = 2026-10-01 }}] => rows = {rows}")


def test_before_a_number_is_in_force_what_needs_it_is_not_known():
    found = check(OWN).set
    assert found is not None
    assert found.numbers_on(date(2026, 9, 30)) == {}
    done = assessed(household(someone(), income_per_head_year=1), by=setup(found), on=date(2026, 9, 30))
    assert done.letters[0][2] == "U"


def test_the_line_of_38_000_holds_until_somebody_puts_the_next_in_force():
    line = usual_set().numbers["income_line"]
    assert [(row.value, row.confidence, row.in_force) for row in line.rows] == [
        (38_000, "A", True),
        (40_000, "K", False),
    ]
    assert line.row_on(date(2026, 11, 2)).value == 38_000

    higher, wrong = check(
        """
        code = "jpt31-40000"
        based_on = "jpt31"
        [numbers.income_line]
        th = "เส้นรายได้"
        rows = [
          { value = 38000, from = 2017-01-01, confidence = "A" },
          { value = 40000, from = 2022-01-01, confidence = "B", source = "หนังสือกรมการพัฒนาชุมชน" },
        ]
        """
    )

    assert wrong == []
    assert higher.numbers_on(date(2021, 12, 31)) == {"income_line": 38_000}
    house = household(someone(), income_per_head_year=39_000)
    place = higher.places["22"]
    assert assessed(house).letters[0][place] == "P"
    assert assessed(house, by=setup(higher)).letters[0][place] == "F"
    assert len(higher.indicators) == 31


def test_a_set_based_on_another_may_leave_out_and_replace():
    found, wrong = check(
        {
            "code": "short",
            "based_on": "jpt31",
            "leave_out": ["24", "25", "4"],
            "indicator": [{"no": "26", "th": "ร่วมงานบุญ", "unit": "household"}],
        }
    )
    assert wrong == []
    assert found is not None
    assert {"24", "25", "4"}.isdisjoint(found.places)
    assert found.dimensions["health"] == ("1", "5", "7")
    assert found.indicators[found.places["26"]].th == "ร่วมงานบุญ"
    later = check({"code": "later", "based_on": "jpt31", "valid_from": "2026-10-01"}).set
    assert later is not None
    assert (later.valid_from, later.valid_to, later.note()) == (date(2026, 10, 1), None, "")
    assert "There is no set “x” to be based on. There are: jpt31, jpt38" in check({"based_on": "x"}).faults[0]


def test_shipped_sets_say_where_they_come_from_and_how_sure_they_are():
    for found in shipped_sets().values():
        assert found.source
        assert found.confidence
        assert found.reviewed
        assert found.label("th") != found.label("en")
    assert usual_set().dimensions_confidence == "B"
    assert not usual_set().holds_on(date(2026, 11, 2))
    assert usual_set().note()


junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.text(max_size=5)
    | st.sampled_from(["$enough", "use_water", "2026-01-01"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["fact", "all", "not", "some_member", "age_from", "min", "in", "per_head", "pass", "rows", "th"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@given(st.sampled_from(["numbers", "dimensions", "indicator", "code", "valid_from", "based_on", "leave_out"]), junk)
def test_nonsense_is_answered_with_sentences_and_never_with_a_crash(part, nonsense):
    body = {**shipped_bodies()["jpt38"], part: nonsense}
    found, wrong = check(body)
    assert (found is None) == bool(wrong)
    rules = [{"pass": nonsense}, nonsense]
    check(
        {
            "code": "x",
            "th": "x",
            "valid_from": "2026-01-01",
            "indicator": [{"no": 1, "th": "x", "unit": "person", "rules": rules}],
        }
    )
    check(
        {
            "code": "x",
            "th": "x",
            "valid_from": "2026-01-01",
            "indicator": [{"no": 1, "th": "x", "unit": "person", "rules": nonsense}],
        }
    )


@given(st.sampled_from(["numbers", "condition", "fragile", "burden", "vulnerable", "levels", "other"]), junk)
def test_nonsense_about_target_groups_is_answered_with_sentences_too(part, nonsense):
    for own in (
        {part: nonsense},
        {part: {"low_income": nonsense}},
        {part: {"rows": nonsense, "x": nonsense}},
        nonsense,
    ):
        found, wrong = read_targets(own)
        assert (found is None) == bool(wrong)


# ---------------------------------------------------------------------------------------- an office keeps its own
def test_an_office_keeps_its_set_and_measures_its_area_by_it(somsri):
    kept = services.keep_set(by=somsri, area_code="520306", body=OWN)
    assert [prefix for prefix, _ in queries.setups()] == [""]
    assert Entry.objects.filter(action="needs.set.kept").exists()

    services.use_set(by=somsri, set_id=kept.pk)

    assert [(prefix, found.indicators.code) for prefix, found in queries.setups()] == [
        ("", "jpt31"),
        ("520306", "koka"),
    ]
    assert queries.setup_of("52030601").indicators.code == "koka"
    assert queries.setup_of("52030101").indicators.code == "jpt31"


def test_the_next_set_takes_the_place_of_the_one_before_and_both_stay(somsri):
    first = services.keep_set(by=somsri, area_code="520306", body=OWN, in_use=True)
    second = services.keep_set(by=somsri, area_code="520306", body=OWN.replace("60000", "70000"), in_use=True)

    assert list(IndicatorSet.objects.filter(in_use=True)) == [second]
    assert IndicatorSet.objects.filter(pk=first.pk).exists()
    assert queries.setup_of("520306").indicators.numbers_on(date(2026, 11, 2)) == {"enough": 70_000}
    services.use_set(by=somsri, set_id=second.pk, in_use=False)
    assert queries.setup_of("520306").indicators.code == "jpt31"


def test_households_of_the_area_are_measured_anew_and_others_are_not(somsri):
    houses = ground.houses()
    services.assess_all()
    before = HouseNeed.objects.get(pk=houses.mali.pk)
    assert len(before.results) == 31

    services.keep_set(by=somsri, area_code="520306", body=OWN, in_use=True)
    services.assess_stale()

    after = HouseNeed.objects.get(pk=houses.mali.pk)
    assert after.results == "UFU"
    assert after.failed == 0b00001
    assert queries.explained(somsri, houses.mali.pk).set.code == "koka"


def test_a_set_with_faults_is_not_kept(somsri):
    with pytest.raises(services.SetRefused, match="Indicator 1"):
        services.keep_set(by=somsri, area_code="520306", body=OWN.replace("use_water", "nothing"))
    assert not IndicatorSet.objects.exists()


def test_only_who_may_weigh_in_the_area_brings_a_set(noi, stranger, somsri):
    with pytest.raises((NotAllowed, OutsideYourAreas)):
        services.keep_set(by=noi, area_code="52030601", body=OWN)
    with pytest.raises((NotAllowed, OutsideYourAreas, NotFound)):
        services.keep_set(by=stranger, area_code="520306", body=OWN)
    kept = services.keep_set(by=somsri, area_code="520306", body=OWN)
    with pytest.raises((NotAllowed, OutsideYourAreas, NotFound)):
        services.use_set(by=stranger, set_id=kept.pk)


def test_sets_are_listed_with_those_of_ones_own_area_only(somsri, stranger):
    kept = services.keep_set(by=somsri, area_code="520306", body=OWN)
    assert [each.key for each in queries.sets_for(somsri)] == ["jpt31", "jpt38", str(kept.pk)]
    assert [each.key for each in queries.sets_for(stranger)] == ["jpt31", "jpt38"]
    assert queries.set_of(somsri, str(kept.pk)).may_change
    with pytest.raises(NotFound):
        queries.set_of(stranger, str(kept.pk))
