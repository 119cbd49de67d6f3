"""The screens of who is missed: numbers for the mayor, lists and letters for the registrar, and what nobody may see."""

from datetime import date
from uuid import UUID

import pytest
from tests.rights import village
from tests.rights.village import MALI, PAN

from mudmai.audit.models import Entry
from mudmai.rights import queries
from mudmai.rights.queries import Worklist

pytestmark = pytest.mark.django_db

MISSED = "มีสิทธิแต่ไม่ได้รับ"
PERSON = f"/persons/{UUID(PAN)}/"


@pytest.fixture
def people(db):
    village.told()
    village.evaluated()


def page(client, url):
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_the_mayor_sees_numbers_and_money_and_no_person(people, client_of, nayok):
    client = client_of(nayok)
    words = page(client, "/rights/")

    assert "เบี้ยยังชีพผู้สูงอายุ" in words
    assert "ปั่น" not in words
    assert client.get("/rights/worklist/").status_code == 302
    assert client.get("/rights/letters/").status_code == 403


def test_somsri_goes_from_the_number_to_the_list_to_the_person(people, client_of, somsri):
    client = client_of(somsri)
    assert "/rights/worklist/?finding=missed&amp;programme=old_age_allowance" in page(client, "/rights/")
    words = page(client, "/rights/worklist/?finding=missed&programme=old_age_allowance&area=52030601")

    assert "ปั่น ใจดี" in words
    assert "มาลี ใจดี" not in words
    assert PERSON in words


def test_noi_sees_no_list_that_rests_on_money(people, client_of, noi):
    client = client_of(noi)

    assert "ปั่น" not in page(client, "/rights/worklist/?finding=missed")
    assert queries.worklist_page(noi, Worklist(programme="old_age_allowance")).rows == []
    assert queries.count_worklist(noi, Worklist()) == 0
    assert "เบี้ยยังชีพผู้สูงอายุ" not in page(client, PERSON).partition('id="rights"')[2]


def test_a_stranger_finds_nobody_here(people, client_of, stranger):
    client = client_of(stranger)

    assert "ปั่น" not in page(client, "/rights/worklist/?finding=missed&area=520306")
    assert client.get("/rights/in/520306/").status_code == 404


def test_the_list_on_paper_has_three_places_to_sign_and_stands_in_the_log(people, client_of, somsri):
    words = page(client_of(somsri), "/rights/worklist/?finding=missed&print=1")

    assert words.count('class="block"') == 3
    assert Entry.objects.filter(action="rights.list.printed", who=somsri).exists()


def test_the_list_leaves_as_a_file_once_its_purpose_is_told(people, client_of, somsri):
    client = client_of(somsri)
    url = "/rights/worklist/export/?finding=missed&programme=old_age_allowance"
    assert client.post(url, {"format": "csv"}).status_code == 422

    answer = client.post(url, {"format": "csv", "purpose": "allowance"})

    told = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "ปั่น ใจดี" in told
    assert "มาลี" not in told
    assert Entry.objects.get(action="people.exported").purpose == "allowance"


def test_a_letter_invites_and_tells_papers_and_office(people, client_of, somsri):
    words = page(client_of(somsri), "/rights/letters/?finding=missed&programme=old_age_allowance")

    assert words.count("<article") == 1
    assert "เรียน" in words
    assert "ปั่น ใจดี" in words
    assert "ยื่นขอได้ที่" in words
    entry = Entry.objects.get(action="rights.letters.printed")
    assert entry.details["rows"] == 1


def test_the_letter_to_whoever_receives_accuses_nobody(people, client_of, somsri):
    words = page(client_of(somsri), "/rights/letters/?finding=over&programme=old_age_allowance")

    assert "ขอเชิญตรวจสอบข้อมูลสิทธิร่วมกัน" in words
    assert "ไม่มีผลต่อเงินที่ท่านได้รับอยู่" in words
    for harsh in ("ระงับ", "เรียกคืน", "ทุจริต"):
        assert harsh not in words.partition('<article class="paper letter"')[2]


def test_the_person_s_page_tells_each_condition_with_its_source(people, client_of, somsri):
    words = page(client_of(somsri), PERSON).partition('id="rights"')[2]

    assert "มีสิทธิแต่ไม่ได้รับ" in words
    assert "700" in words
    assert "civil_register" in words  # the source of the birth date
    assert "10 ม.ค. 2499" in words or "1956-01-10" in words


def test_on_a_day_before_the_list_came_nobody_could_tell(people, somsri):
    from mudmai.people.models import Person

    pan = Person.objects.get(pk=PAN)
    now = {line.programme.code: line for line in queries.rights_of(somsri, pan).lines}
    then = {line.programme.code: line for line in queries.rights_of(somsri, pan, date(2026, 9, 15)).lines}

    assert now["old_age_allowance"].finding == "missed"
    assert then["old_age_allowance"].receives == "unknown"


def test_on_a_later_day_she_is_older(people, somsri):
    from mudmai.people.models import Person

    mali = Person.objects.get(pk=MALI)
    later = {line.programme.code: line for line in queries.rights_of(somsri, mali, date(2031, 1, 1)).lines}

    assert later["old_age_allowance"].amount == 800


def test_a_day_that_is_none_is_told_so(people, client_of, somsri):
    assert 'aria-invalid="true"' in page(client_of(somsri), PERSON + "?on=อะไร")


def test_looking_at_money_stands_in_the_log(people, client_of, somsri):
    page(client_of(somsri), "/rights/worklist/?finding=missed")

    assert "money" in Entry.objects.get(action="rights.list.shown").details["classes"]


class TestGuarded:
    """AIDS stands on no list, in no file, count or letter, whoever asks; on the person's page for Wichai alone."""

    @pytest.fixture(autouse=True)
    def _told(self, people):
        village.learn(PAN, kind="staff", aids_diagnosed=True)
        village.evaluated()

    def test_no_list_and_no_number_knows_it(self, client_of, wichai, somsri, nayok):
        for user in (wichai, somsri, nayok):
            client = client_of(user)
            for url in (
                "/rights/",
                "/rights/worklist/",
                "/rights/alerts/",
                "/rights/in/52030601/?programme=aids_allowance",
            ):
                answer = client.get(f"/rights/{url}", follow=True)
                assert "เอดส์" not in answer.content.decode(), url
        for finding in ("missed", "over", "unknown", "paid"):
            assert queries.worklist_page(wichai, Worklist(programme="aids_allowance", finding=finding)).rows == []
            assert list(queries.worklist_to_export(wichai, Worklist(programme="aids_allowance", finding=finding))) == []
        assert ("aids_allowance", "missed") not in queries.programme_numbers([""]).cells

    def test_the_letter_of_the_person_does_not_name_it(self, client_of, wichai):
        assert "เอดส์" not in page(client_of(wichai), f"/rights/letters/?person={UUID(PAN)}")

    def test_the_person_s_page_shows_it_to_whoever_may_see_it(self, client_of, wichai, somsri):
        assert "เอดส์" in page(client_of(wichai), PERSON)
        assert "เอดส์" not in page(client_of(somsri), PERSON)
        assert "guarded" in Entry.objects.filter(who=wichai, object_kind="person").latest("id").details["classes"]

    def test_somsri_is_not_told_that_something_is_withheld(self, somsri):
        from mudmai.people.models import Person

        assert queries.rights_of(somsri, Person.objects.get(pk=PAN)).withheld == 0


def test_who_turns_sixty_is_seen_before_and_after(people, client_of, somsri, monkeypatch):
    from tests.people.town import row, tell

    tell(row("จันทร์", "ดีงาม", birth_date="1966-11-20", id="9" * 32, **village.THAI), as_of=date(2026, 9, 1))
    village.evaluated()

    assert "จันทร์" in page(client_of(somsri), "/rights/alerts/?kind=turns_60")
    monkeypatch.setenv("MUDMAI_TODAY", "2027-02-01")
    assert "จันทร์" not in page(client_of(somsri), "/rights/alerts/?kind=turns_60")


def test_a_card_that_expires_is_told_sixty_days_before(people, client_of, somsri, noi):
    village.learn(PAN, kind="disability_register", disability_registered=True, disability_card_expires="2026-12-20")
    village.evaluated()

    assert "ปั่น" in page(client_of(somsri), "/rights/alerts/?kind=card_expires")
    assert "ปั่น" not in page(client_of(noi), "/rights/alerts/?kind=card_expires")
    answer = client_of(somsri).post(
        "/rights/alerts/export/?kind=card_expires", {"format": "csv", "purpose": "allowance"}
    )
    assert "ปั่น" in b"".join(answer.streaming_content).decode()


def test_a_long_list_is_walked_page_by_page(db, somsri):
    from tests.people.town import row, tell

    rows = [
        row(f"ยาย{number:03d}", "ใจดี", house=str(number), id=f"{number:032d}", birth_date="1950-01-01", **village.THAI)
        for number in range(1, 131)
    ]
    tell(*rows, as_of=date(2026, 9, 1))
    village.told()
    village.evaluated()
    keep = Worklist(programme="old_age_allowance", finding="missed")

    seen, after = [], ""
    while True:
        found = queries.worklist_page(somsri, keep, after=after)
        seen += [line.person.pk for line in found.rows]
        after = found.after
        if not after:
            break

    assert len(seen) == len(set(seen)) == queries.count_worklist(somsri, keep) == 131


def test_few_of_a_village_are_not_counted_out_to_the_mayor(people, client_of, nayok, somsri):
    """One disabled person of a village is somebody; what is not told cannot be had from the sums either."""
    card = {
        "disability_registered": True,
        "disability_card_issued": "2020-01-01",
        "disability_card_expires": "2028-01-01",
    }
    village.learn(PAN, kind="disability_register", **card)
    village.paid([MALI], date(2026, 10, 10), kind="disability_payees", fact="disability_allowance")
    village.evaluated()
    assert queries.programme_numbers(["52030601"]).of("disability_allowance", "missed").baht == 800

    seen, told = (page(client_of(user), "/rights/in/52030601/") for user in (somsri, nayok))

    assert "1,500" in seen
    assert "&lt;5" in told
    assert "1,500" not in told
    assert "1,500" not in page(client_of(nayok), "/rights/in/520306/").partition("แยกตามพื้นที่")[2]


def test_a_letter_about_a_child_goes_to_the_guardian(people, client_of, somsri):
    from tests.people.town import row, tell

    child = "8" * 32
    tell(row("ดาว", "ใจดี", title="เด็กหญิง", birth_date="2023-05-01", id=child, **village.THAI), as_of=date(2026, 9, 1))
    tell(row("ดาว", "ใจดี", about="household", income_per_head_year=50_000), kind="home_visit", as_of=date(2026, 9, 2))
    village.paid([MALI], date(2026, 10, 10), kind="child_grant_payees", fact="child_grant")
    village.evaluated()

    words = page(client_of(somsri), f"/rights/letters/?person={UUID(child)}")

    assert "ผู้ปกครองของ เด็กหญิงดาว" in words


class TestFollowed:
    """A case manager of a group sees the lines of those whom the group follows, and of nobody else."""

    @pytest.fixture
    def follows(self, people, stranger):
        from mudmai.access.models import Followed, Membership, Team

        team = Team.objects.create(name="กลุ่มดูแล", kind="group", area_code="500101")
        day = date(2026, 1, 1)
        Membership.objects.create(team=team, user=stranger, role="case_manager", starts_on=day)

        def follow(about, key):
            Followed.objects.create(team=team, about=about, key=key, starts_on=day)

        return follow

    @pytest.mark.parametrize("about", ["person", "household"])
    def test_the_followed_stands_on_the_list(self, follows, about, stranger):
        from mudmai.people.models import Person

        pan = Person.objects.get(pk=PAN)
        follows(about, pan.pk if about == "person" else pan.household_id)

        keep = Worklist(programme="old_age_allowance", finding="missed")
        assert [line.person.pk for line in queries.worklist_page(stranger, keep).rows] == [pan.pk]
        assert queries.count_worklist(stranger, keep) == 1
        over = Worklist(programme="old_age_allowance", finding="over")
        assert queries.worklist_page(stranger, over).rows == []

    def test_nobody_takes_the_followed_away(self, follows, stranger):
        follows("person", PAN)

        keep = Worklist(programme="old_age_allowance", finding="missed")
        assert list(queries.worklist_to_export(stranger, keep)) == []
