"""linkage.services.train: weights counted in the registry, kept as versions, put to use by the administrator."""

from random import Random

import pytest
from tests.linkage.folk import cid, link_one, why
from tests.people.town import row, tell

from mudmai.access.services import DutyDoesNotAllow
from mudmai.audit.models import Entry
from mudmai.linkage.models import Weights
from mudmai.linkage.rules.model import model
from mudmai.linkage.services import InUseAlready, TooFewPairs, model_in_use, put_to_use, train
from mudmai.linkage.services.training import learned_numbers

pytestmark = pytest.mark.django_db

GIVEN = ["มาลี", "สมชาย", "สมหญิง", "วิภาดา", "วรรณา", "ณัฐพล", "กาญจนา", "บุญมี", "คำปัน", "แก้ว"]
FAMILY = ["ใจดี", "คำแสน", "แซ่ตั้ง", "วงศ์คำ", "แสนคำ", "ปัญญา", "มาลา", "ทองดี"]
PEOPLE = 300


@pytest.fixture
def town_told_twice(db):
    """A register and a list with ids that names every tenth person's birth date wrongly, and most houses anew."""
    rng = Random(1)
    register, again, links = [], [], {}
    for number in range(PEOPLE):
        name = (rng.choice(GIVEN), rng.choice(FAMILY))
        told = {
            "cid": cid(number),
            "sex": rng.choice("mf"),
            "birth_date": f"19{rng.randrange(40, 99)}-07-{10 + number % 19}",
        }
        old = row(*name, house=str(number % 90), **told)
        slip = {"birth_date": told["birth_date"][:5] + "03-05"} if number % 10 == 0 else {}
        new = row(*name, house=str(200 + number) if number % 4 else str(number % 90), **(told | slip))
        register.append(old)
        again.append(new)
        links[new.id] = old.id
    tell(*register)
    tell(*again, kind="volunteer_survey", links=links)


def test_weights_follow_what_the_registry_tells(town_told_twice, admin):
    learned = train(by=admin)

    shipped = model().weights
    assert learned.same_pairs == PEOPLE
    assert learned.numbers["birth"]["other_month"]["m"] > shipped["birth"]["other_month"].m
    assert learned.numbers["house"]["same"]["m"] < shipped["house"]["same"].m
    assert learned.numbers["given"]["exact"]["u"] > 5 * shipped["given"]["exact"].u  # only ten names
    assert "cid" not in learned.numbers
    assert (model_in_use().version, learned.active) == (model().version, False)


def test_learned_weights_judge_once_they_are_put_to_use_and_evidence_names_them(town_told_twice, admin):
    learned = train(by=admin)

    put_to_use(learned, by=admin)

    match = link_one(given="มาลี", family="ใจดี", house=None, cid=cid(1))
    evidence = match.others[0].evidence if match.others else match.evidence
    assert evidence["why"]["model"] == learned.version == model_in_use().version
    assert Entry.objects.filter(action="linkage.weights.put_to_use").count() == 1
    with pytest.raises(InUseAlready):
        put_to_use(learned, by=admin)

    put_to_use(None, by=admin)
    assert model_in_use() is model()


def test_every_training_is_a_version_of_its_own_and_only_one_is_in_use(town_told_twice, admin):
    first, second = train(by=admin), train(by=admin)
    put_to_use(first, by=admin)
    put_to_use(second, by=admin)

    assert first.version != second.version
    assert list(Weights.objects.filter(active=True)) == [second]


def test_a_registry_where_little_is_known_learns_nothing(db, admin):
    tell(row(cid=cid(1)))

    with pytest.raises(TooFewPairs):
        train(by=admin)


def test_only_the_administrator_teaches_and_chooses(town_told_twice, somsri):
    with pytest.raises(DutyDoesNotAllow):
        train(by=somsri)
    with pytest.raises(DutyDoesNotAllow):
        put_to_use(Weights(version="1"), by=somsri)


def everywhere(n: int, of: int) -> dict[tuple[str, str], tuple[int, int]]:
    return {(each.name, code): (n, of) for each in model().scheme.comparisons for code in each.findings}


def test_nothing_counted_leaves_the_shipped_weights():
    numbers = learned_numbers(everywhere(0, 0), everywhere(0, 0))

    for name, codes in numbers.items():
        for code, weight in codes.items():
            assert weight["m"] == pytest.approx(model().weights[name][code].m, rel=0.01), (name, code)


def test_what_was_never_seen_wrong_is_not_believed_without_end():
    """A thousand pairs without one wrong sex do not make a wrong sex impossible."""
    import math

    numbers = learned_numbers(everywhere(0, 1_000_000), everywhere(999_999, 1_000_000))

    bits = {name: {code: math.log2(w["m"] / w["u"]) for code, w in codes.items()} for name, codes in numbers.items()}
    assert bits["sex"]["different"] == pytest.approx(-5, abs=0.01)
    assert bits["family"]["different"] == pytest.approx(-4, abs=0.01)
    for name, codes in bits.items():
        for code, found in codes.items():
            assert found >= model().weights[name][code].bits - 3.01, (name, code)


def test_the_evidence_of_a_question_names_the_model_that_judged(db):
    tell(row("มาลี", "ใจดี", house="99"))

    match = link_one(house=None)

    assert why(match) == "name_only"
    assert match.others[0].evidence["why"]["model"] == model().version
