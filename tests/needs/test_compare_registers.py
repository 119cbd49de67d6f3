"""Two registers compared both ways: who is in both, in one alone, of whom it is not known, and why."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.conftest import OTHER_VILLAGE, TAMBON, VILLAGE
from tests.people.town import row, tell

from mudmai.accounts.models import User
from mudmai.audit.models import Entry
from mudmai.needs import queries
from mudmai.needs.models import HouseNeed
from mudmai.needs.rules.comparing import READY, Circumstances, OtherSide, Term, facts_compared, reasons, term_of
from mudmai.people.models import Person
from mudmai.people.services import NewDecision, NewRecord

LIST_DAY = date(2026, 10, 1)


def person_id(number: int) -> str:
    return f"{number:032x}"


def lives(number: int, given: str, house: str, **said: Any) -> NewRecord:
    return row(given, "ใจดี", house=house, id=person_id(number), **said)


@pytest.fixture
def village(somsri: User) -> None:
    """Five people of village 1 and one of village 2: 1–3 on the TPMAP list; 1 and 4 found poor; 3 is dead."""
    tell(
        lives(1, "หนึ่ง", "1"), lives(2, "สอง", "2"), lives(3, "สาม", "3", death_date="2026-08-15"), lives(4, "สี่", "4"),
        lives(5, "ห้า", "5"), row("หก", "ไกล", house="1", id=person_id(6), area=OTHER_VILLAGE),
    )  # fmt: skip
    on_list("tpmap", "tpmap_poor", 1, 2, 3)
    for number, failed, unsure in ((1, 1, 0), (2, 0, 0), (3, 0, 0), (4, 2, 0), (5, 0, 4)):
        house = Person.objects.get(pk=person_id(number)).household_id
        assert house is not None
        told = {"area_code": VILLAGE, "place": number, "failed": failed, "unsure": unsure, "members": 1}
        HouseNeed.objects.update_or_create(household_id=house, defaults=told)


def on_list(
    kind: str, flag: str, *numbers: int, complete: bool = True, basis: str = "cid", as_of: date = LIST_DAY
) -> Any:
    """A list whose rows are these people."""
    known = {each.pk.hex: each for each in Person.objects.all()}
    rows, links = [], {}
    for number in numbers:
        who = known[person_id(number)]
        said: dict[str, Any] = {flag: True}
        one = row(who.given_name, who.family_name, house=None, id=uuid4().hex, area=who.area_code, **said)
        rows.append(one)
        links[one.id] = who.pk.hex
    from mudmai.people import services

    source = services.ensure_source(code=f"test-{kind}", kind=kind, name=kind)
    batch = services.open_batch(by=None, source=source, label=kind, as_of=as_of, area_code=TAMBON, complete=complete)
    services.add_records(batch, rows)
    services.add_decisions(
        [NewDecision("link", left, right, basis=basis, score=1.0) for left, right in links.items()], batch=batch
    )
    services.close_batch(batch)
    return batch


def compared(user: User, first: str, second: str) -> queries.Comparison:
    one, other = term_of(first), term_of(second)
    assert one is not None
    assert other is not None
    return queries.comparison(user, one, other)


def names(page: Any) -> dict[str, list[str]]:
    return {line.person.given_name: [reason.code for reason in line.reasons] for line in page.rows}


def test_tpmap_and_what_was_found_here_both_ways(somsri: User, village: None) -> None:
    found = compared(somsri, "fact:tpmap_poor", "need:poor")

    assert queries.compare_counts(somsri, found, VILLAGE) == {
        "both": 1, "only_first": 2, "first_unsure": 0, "only_second": 1, "second_unsure": 0,
    }  # fmt: skip
    assert names(queries.compare_page(somsri, found, "only_first", VILLAGE)) == {"สอง": ["asked"], "สาม": ["dead"]}
    assert names(queries.compare_page(somsri, found, "only_second", VILLAGE)) == {"สี่": []}


def test_the_two_sides_may_change_places(somsri: User, village: None) -> None:
    counts = queries.compare_counts(somsri, compared(somsri, "need:poor", "fact:tpmap_poor"), VILLAGE)

    assert (counts["both"], counts["only_first"], counts["only_second"]) == (1, 1, 2)


def test_without_a_complete_list_absence_says_nothing(somsri: User, village: None) -> None:
    on_list("welfare_card_list", "state_welfare_card", 1, complete=False)
    found = compared(somsri, "fact:tpmap_poor", "fact:state_welfare_card")

    counts = queries.compare_counts(somsri, found, VILLAGE)
    page = queries.compare_page(somsri, found, "first_unsure", VILLAGE)

    assert counts == {"both": 1, "only_first": 0, "first_unsure": 2, "only_second": 0, "second_unsure": 0}
    assert names(page)["สอง"] == ["no_list"]


def test_on_an_allowance_list_but_dead(somsri: User, village: None) -> None:
    on_list("old_age_payees", "old_age_allowance", 2, 3)
    found = compared(somsri, "fact:old_age_allowance", "state:gone")

    page = queries.compare_page(somsri, found, "both", VILLAGE)

    assert names(page) == {"สาม": ["dead"]}
    assert page.rows[0].reasons[0].sentence == "เสียชีวิตเมื่อ 15 ส.ค. 2569"


def test_who_was_born_after_the_list_and_who_is_new_since(somsri: User, village: None) -> None:
    tell(lives(7, "เจ็ด", "1", birth_date="2026-10-20"), lives(8, "แปด", "1"), as_of=date(2026, 10, 25))
    found = compared(somsri, "state:living", "fact:tpmap_poor")

    told = names(queries.compare_page(somsri, found, "only_first", VILLAGE))

    assert told["เจ็ด"] == ["born_later"]
    assert told["แปด"] == ["newer"]


def test_who_was_matched_by_name_alone_is_told(somsri: User, village: None) -> None:
    on_list("disability_register", "disability_registered", 5, basis="model")
    on_list("disability_payees", "disability_allowance", 1)
    found = compared(somsri, "fact:disability_registered", "fact:disability_allowance")

    assert names(queries.compare_page(somsri, found, "only_first", VILLAGE)) == {"ห้า": ["by_name"]}


def test_two_lists_of_one_kind_can_be_compared(somsri: User, village: None) -> None:
    older = on_list("old_age_payees", "old_age_allowance", 1, 2, as_of=date(2026, 9, 1))
    newer = on_list("old_age_payees", "old_age_allowance", 2, 4)
    found = compared(somsri, f"list:{older.pk.hex}", f"list:{newer.pk.hex}")

    counts = queries.compare_counts(somsri, found, TAMBON)

    assert (counts["both"], counts["only_first"], counts["only_second"]) == (1, 1, 1)


def test_the_newest_list_of_a_kind_takes_the_place_of_the_older(somsri: User, village: None) -> None:
    on_list("old_age_payees", "old_age_allowance", 1, 2, as_of=date(2026, 9, 1))
    on_list("old_age_payees", "old_age_allowance", 2)
    found = compared(somsri, "kind:old_age_payees", "fact:tpmap_poor")

    counts = queries.compare_counts(somsri, found, TAMBON)

    assert (counts["both"], counts["only_first"]) == (1, 0)


def test_a_list_that_was_taken_back_counts_no_more(somsri: User, village: None) -> None:
    from mudmai.people.services import withdraw

    batch = on_list("old_age_payees", "old_age_allowance", 1, 2)
    withdraw(batch, by=somsri, reason="wrong")
    found = compared(somsri, "kind:old_age_payees", "fact:tpmap_poor")

    assert sum(queries.compare_counts(somsri, found, TAMBON).values()) == 3


def test_what_is_not_known_of_the_house_is_kept_apart(somsri: User, village: None) -> None:
    on_list("disability_register", "disability_registered", 5)
    found = compared(somsri, "fact:disability_registered", "need:poor")

    assert names(queries.compare_page(somsri, found, "first_unsure", VILLAGE)) == {"ห้า": ["not_asked"]}


def test_whom_no_visit_told_of_is_not_known_to_be_unvisited(somsri: User, village: None) -> None:
    found = compared(somsri, "fact:tpmap_poor", "kind:home_visit")

    assert names(queries.compare_page(somsri, found, "first_unsure", VILLAGE))["สอง"] == ["not_told"]


def test_nonsense_is_no_side() -> None:
    assert [term_of(text) for text in ("", "fact:nothing", "list:12", "need:failed-luck", "state:asleep")] == [None] * 5


def test_what_is_strictly_guarded_is_no_side() -> None:
    assert not any("aids" in code for code in facts_compared())
    assert term_of("fact:aids_diagnosed") is None
    assert term_of("fact:aids_allowance") is None


def test_every_ready_comparison_can_be_asked(somsri: User, village: None) -> None:
    for each in READY:
        found = queries.comparison(somsri, each.first, each.second)
        assert queries.compare_counts(somsri, found, VILLAGE)[each.part] >= 0


def test_reasons_name_what_is_known_surest_first() -> None:
    person = Circumstances(status="moved", registered="52030601", lives="50010101", by_name=True)

    found = reasons(person, OtherSide("fact", "TPMAP", LIST_DAY, True))

    assert [reason.code for reason in found] == ["moved", "registered_elsewhere", "by_name"]


# ---------------------------------------------------------------- screens


def query(first: str, second: str, **more: str) -> dict[str, str]:
    return {"a": first, "b": second, "area": VILLAGE} | more


def test_somsri_sees_the_parts_and_opens_the_list(client_of: Any, somsri: User, village: None) -> None:
    page = client_of(somsri).get("/needs/compare/", query("fact:tpmap_poor", "need:poor"))
    assert page.status_code == 200
    assert [entry["n"] for entry in page.context["rows"]] == ["1", "2", "0", "1", "0"]

    listed = client_of(somsri).get("/needs/compare/rows/", query("fact:tpmap_poor", "need:poor", part="only_first"))
    assert "สาม ใจดี" in listed.content.decode()
    assert "เสียชีวิตเมื่อ 15 ส.ค. 2569" in listed.content.decode()


def test_the_mayor_sees_numbers_and_no_name_and_small_ones_only_as_few(
    client_of: Any, nayok: User, village: None
) -> None:
    client: Client = client_of(nayok)

    page = client.get("/needs/compare/", query("fact:tpmap_poor", "need:poor"))

    assert page.status_code == 200
    assert {entry["n"] for entry in page.context["rows"]} == {"น้อย", "0"}
    assert all(not entry["url"] for entry in page.context["rows"])
    assert client.get("/needs/compare/rows/", query("fact:tpmap_poor", "need:poor", part="both")).status_code == 403


def test_noi_sees_no_name_where_the_fact_is_of_health(client_of: Any, noi: User, village: None) -> None:
    on_list("disability_register", "disability_registered", 1, 5)

    rows = client_of(noi).get(
        "/needs/compare/rows/", query("fact:disability_registered", "need:poor", part="only_first")
    )

    assert rows.status_code == 200
    assert "ใจดี" not in rows.content.decode().partition("<main")[2]


def test_a_stranger_gets_nothing(client_of: Any, stranger: User, village: None) -> None:
    assert client_of(stranger).get("/needs/compare/", query("fact:tpmap_poor", "need:poor")).status_code == 404


def test_the_paper_has_three_places_to_sign(client_of: Any, somsri: User, village: None) -> None:
    page = client_of(somsri).get(
        "/needs/compare/rows/", query("fact:tpmap_poor", "need:poor", part="only_first", print="1")
    )

    text = page.content.decode()
    assert [text.count(words) for words in ("ผู้จัดทำ", "ผู้ตรวจสอบ", "ผู้อนุมัติ")] == [1, 1, 1]


def test_the_export_asks_a_purpose_and_is_logged_before(client_of: Any, somsri: User, village: None) -> None:
    client: Client = client_of(somsri)
    address = "/needs/compare/export/?" + "&".join(
        f"{key}={value}" for key, value in query("fact:tpmap_poor", "need:poor", part="only_first").items()
    )

    assert client.post(address, {"format": "csv"}).status_code == 422
    answer: Any = client.post(address, {"format": "csv", "purpose": "correction"})

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "สอง" in text
    assert "เสียชีวิตเมื่อ 15 ส.ค. 2569" in text
    entry = Entry.objects.get(action="people.exported")
    assert (entry.object_kind, entry.purpose, entry.area_code) == ("needs-compare", "correction", VILLAGE)
    assert entry.details["rows_told"] == 2


def test_who_is_twice_on_a_list_and_who_may_be_one(client_of: Any, somsri: User, village: None) -> None:
    on_list("old_age_payees", "old_age_allowance", 1, 1, 2)
    tell(row("สี่", "ใจดี", house="88", id=person_id(40), birth_date="1950-03-15"))
    tell(row("สี่", "ใจดี", house="89", id=person_id(41), birth_date="1950-03-15"))

    page = client_of(somsri).get("/needs/compare/twice/", {"area": VILLAGE})

    assert [(entry["line"].person.given_name, len(entry["line"].places)) for entry in page.context["on_lists"]] == [
        ("หนึ่ง", 2)
    ]
    assert [entry["first"].given_name for entry in page.context["pairs"]] == ["สี่"]


def test_who_was_said_to_be_two_is_no_pair(somsri: User, village: None) -> None:
    from mudmai.people import queries as people
    from mudmai.people.services import mark_different

    tell(row("สี่", "ใจดี", house="88", id=person_id(40), birth_date="1950-03-15"))
    tell(row("สี่", "ใจดี", house="89", id=person_id(41), birth_date="1950-03-15"))
    one, other = (Person.objects.get(pk=person_id(n)) for n in (40, 41))
    mark_different(one.pk.hex, other.pk.hex, by=somsri, reason="cousins")

    assert people.maybe_one(somsri, VILLAGE) == []


def test_terms_read_back_as_they_stand_in_the_address() -> None:
    assert term_of(str(Term("fact", "adl_group=bedridden"))) == Term("fact", "adl_group=bedridden")
