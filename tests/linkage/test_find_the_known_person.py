"""linkage.services.link: a row of a new list meets the people of the registry."""

import pytest
from tests.linkage.folk import cid, known, link_one, somebody, why

from mudmai.linkage.services import link
from mudmai.people.services import mark_different

pytestmark = pytest.mark.django_db

BORN = "1950-03-15"


def test_the_same_id_and_name_is_the_same_person():
    malee = known(cid=cid(1), birth_date=BORN)

    match = link_one(cid=cid(1))

    assert (match.outcome, match.person, match.basis, why(match)) == ("linked", malee, "cid", "cid")
    assert match.score > 0.99


def test_nobody_known_means_somebody_new():
    match = link_one()

    assert (match.outcome, match.person, match.others) == ("new", None, ())


@pytest.mark.parametrize(
    "told",
    [
        {"given": "มาลีย์", "birth_date": BORN},  # spelt by ear
        {"family": "แซ่ตั้ง", "birth_date": BORN, "sex": "f"},  # married
        {"birth_date": "1950", "house": None},  # the year only
        {"birth_date": "1950-01-01", "house": None},  # as registers write an unknown day
        {"birth_date": "1950-03-16"},
        {"birth_date": "2493-03-15", "house": None},  # in the other era
        {"given": "นางสาวมาลี", "birth_date": BORN},  # with the title inside
        {"given": "มาลี (แดง)", "birth_date": BORN},  # with the nickname beside it
        {"house": "12 / 3"},
        {"area": "520306"},  # no village
        {"house": None, "area": "500101", "birth_date": BORN},  # moved far away
    ],
)
def test_without_an_id_name_and_birth_or_house_are_enough(told):
    malee = known(cid=cid(1), birth_date=BORN, sex="f")

    match = link_one(**told)

    assert (match.outcome, match.person, match.basis) == ("linked", malee, "model")


@pytest.mark.parametrize("swap", [False, True])
def test_a_mistyped_id_with_the_name_finds_the_person(swap):
    malee = known(cid=cid(1234), house=None)
    right = cid(1234)
    wrong = right[:9] + right[10] + right[9] + right[11:] if swap else right[:5] + "7" + right[6:]

    match = link_one(cid=wrong, house=None)

    assert (match.outcome, match.person) == ("linked", malee)
    assert match.evidence["cid"]["level"] == ("swapped" if swap else "near")


def test_only_the_name_agrees_so_somebody_is_asked():
    malee = known(birth_date=BORN, house="99")

    match = link_one(house=None)

    assert (match.outcome, match.person, why(match)) == ("review", None, "name_only")
    assert [other.person for other in match.others] == [malee]


def test_a_copied_id_is_not_believed():
    known("สมชาย", "คำแสน", cid=cid(1), birth_date="1980-05-05", sex="m")

    match = link_one(cid=cid(1), birth_date=BORN, sex="f")

    assert (match.outcome, why(match)) == ("review", "id_two_people")


def test_a_copied_id_does_not_hide_whom_the_row_is_about():
    known("สมชาย", "คำแสน", cid=cid(1), birth_date="1980-05-05", house="50")
    malee = known(cid=cid(2), birth_date=BORN)

    match = link_one(cid=cid(1), birth_date=BORN)

    assert match.outcome == "review"
    assert match.others[0].person == malee
    assert why(match) == "two_ids"


def test_a_new_given_name_with_the_old_id_birth_and_family_is_the_same_person():
    malee = known(cid=cid(1), birth_date=BORN)

    match = link_one(given="ณัฐธิดา", cid=cid(1), birth_date=BORN)

    assert (match.outcome, match.person) == ("linked", malee)


def test_people_without_registration_are_linked_by_their_own_numbers():
    stateless = "0" + cid(1)[1:12]
    from mudmai.kernel.ids import check_digit

    number = stateless + check_digit(stateless)
    malee = known(cid=number)

    assert link_one(cid=number).person == malee


def test_two_valid_ids_are_never_one_person_without_asking():
    known(cid=cid(1), birth_date=BORN)

    match = link_one(cid=cid(2), birth_date=BORN)

    assert (match.outcome, why(match)) == ("review", "two_ids")


def test_the_people_they_live_with_tell_who_moved():
    family = [("มาลี", ""), ("ณัฐพล", ""), ("วิภาดา", "")]
    told = [known(given, "ใจดี", house="7", birth_date=birth) for given, birth in family]

    moved = link([somebody(given, "ใจดี", house="88", area="52030602") for given, _birth in family])

    assert [match.person for match in moved] == told
    assert moved[0].evidence["mates"]["level"] == "several"


def test_a_day_and_month_of_birth_that_agree_in_another_year_are_asked_about():
    malee = known(birth_date="1950-03-15")

    match = link_one(birth_date="1977-03-15")

    assert (match.outcome, match.others[0].person, why(match)) == ("review", malee, "other_birth")


def test_a_wrong_sex_beside_the_same_names_and_birth_date_is_a_slip():
    malee = known(birth_date=BORN, sex="f")

    assert link_one(birth_date=BORN, sex="m").person == malee
    assert why(link_one(sex="m")) == "other_sex"


@pytest.mark.parametrize("told", ["1950-03-25", "1950-05-15", "1930-03-15"])
def test_one_wrong_digit_in_the_birth_date_is_a_slip(told):
    malee = known(birth_date=BORN)

    assert link_one(birth_date=told, house=None).person == malee


def test_father_and_son_of_one_name_in_one_house_stay_two():
    father = known("สมชาย", birth_date="1950-03-15")

    assert link_one(given="สมชาย", birth_date="1980-06-01").outcome == "new"
    assert link_one(given="สมชาย", birth_date="1950").person == father


def test_twins_stay_two():
    known("สมหญิง", birth_date=BORN)

    assert link_one(given="สมใจ", birth_date=BORN).outcome == "new"


def test_twins_of_similar_names_are_asked_about():
    known("ณัฐพล", birth_date=BORN)

    match = link_one(given="ณัฐพงษ์", birth_date=BORN)

    assert (match.outcome, why(match)) == ("review", "maybe_twins")


def test_brothers_of_similar_names_stay_two():
    known("วิชัย", birth_date="1970-02-03", sex="m")

    assert link_one(given="วิชิต", birth_date="1973-08-09", sex="m").outcome == "new"


def test_two_people_who_fit_equally_well_are_both_asked_about():
    one = known(house="1", birth_date="1950-03-15")
    other = known(house="2", birth_date="1950-07-20")

    match = link_one(house=None, birth_date="1950")

    assert (match.outcome, why(match)) == ("review", "several")
    assert {found.person for found in match.others} == {one, other}


def test_what_somebody_said_is_not_the_same_is_never_asked_again(somsri):
    malee = known(birth_date=BORN, house="99")
    row = somebody(house=None)
    assert link([row])[0].outcome == "review"

    mark_different(row.key, malee, by=somsri)

    assert link([row])[0].outcome == "new"


def test_ids_are_never_written_into_the_evidence():
    known(cid=cid(1), birth_date=BORN)

    match = link_one(cid=cid(2), birth_date=BORN)

    assert match.others[0].evidence["cid"] == {"level": "different", "weight": -8.7}
    assert cid(1) not in str(match)
    assert cid(2) not in str(match)


def test_the_evidence_of_a_question_shows_both_sides():
    known(birth_date=BORN, house="99", given="มาลี")

    match = link_one(house=None, given="มาลีย์")

    assert match.others[0].evidence["given"] | {"weight": 0} == {
        "level": "sound", "weight": 0, "left": "มาลีย์", "right": "มาลี",
    }  # fmt: skip


@pytest.mark.parametrize(
    "told",
    [
        {"birth_date": "1950-ab-cd"},
        {"birth_date": "-"},
        {"given": "ก" * 10_000},
        {"family": "'; DROP TABLE everybody --"},
        {"cid": "1"},
        {"cid": "๑๒๓"},
        {"area": "5"},
        {"given": "", "family": ""},
    ],
)
def test_nonsense_in_a_row_stops_nothing(told):
    known(birth_date=BORN)

    assert link_one(**told).outcome in {"new", "review", "linked"}


def test_a_list_of_nobody_is_linked_to_nobody():
    assert link([]) == []


def test_progress_is_told_to_the_end():
    told = []

    link([somebody()], progress=lambda done, total: told.append((done, total)))

    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
