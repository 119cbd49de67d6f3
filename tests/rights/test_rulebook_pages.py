"""Officials read the rules, add a rate after a look at what it changes, and take it back; the mayor reads."""

from datetime import date

import pytest
from django.urls import reverse
from tests.rights import village

from mudmai.audit.models import Entry
from mudmai.kernel.errors import NotFound
from mudmai.rights import services
from mudmai.rights.models import CaseRow, ParameterRow, Standing
from mudmai.rights.queries import parameter_rows, rules_fingerprint
from mudmai.rights.rules.programmes import PROGRAMMES
from mudmai.rights.rules.rows import Row, rows_for
from mudmai.rights.services import RowRefused, RowTakenBack

pytestmark = pytest.mark.django_db

STEPS = "old_age_allowance.steps"
NEW = {
    "valid_from": "1 ต.ค. 2570",
    "valid_to": "",
    "mode": "replace",
    "legal_basis": "ระเบียบ มท. พ.ศ. 2570",
    "source": "ราชกิจจานุเบกษา",
    "confidence": "A",
    "area_code": "520306",
    "step_from": ["60", "70", "80", "90"],
    "step_amount": ["700", "850", "1,000", "1,250"],
}


@pytest.fixture
def people(db):
    village.told()


def add(by, first=date(2027, 10, 1), last=None, value=((60.0, 700.0),), **more) -> ParameterRow:
    return services.add_row(
        by=by, parameter=STEPS, valid_from=first, valid_to=last, value=value, legal_basis="ระเบียบ",
        area_code=more.pop("area_code", "520306"), **more,
    )  # fmt: skip


def test_the_mayor_reads_every_rule_with_its_rates(nayok, client_of):
    client = client_of(nayok)
    pages = {code: client.get(reverse("rights:rule", args=[code])) for code in (*PROGRAMMES, "common", "projection")}

    assert {code: page.status_code for code, page in pages.items()} == dict.fromkeys(pages, 200)
    old_age = pages["old_age_allowance"].content.decode()
    assert "60+: 600 · 70+: 700 · 80+: 800 · 90+: 1,000" in old_age
    assert "มติคณะรัฐมนตรี 26 เม.ย. 2565" in old_age
    assert 'class="proposed' in old_age
    assert "เพิ่มอัตราใหม่" not in old_age


def test_the_list_of_rules_names_each_with_its_rate_today(nayok, client_of):
    page = client_of(nayok).get(reverse("rights:rules")).content.decode()

    assert all(programme.th in page for programme in PROGRAMMES.values())
    assert "60+: 600" in page


def test_somsri_sees_what_a_rate_changes_before_she_saves_it(people, somsri, client_of):
    client, url = client_of(somsri), reverse("rights:row_new", args=[STEPS])
    look = client.post(url, NEW | {"do": "look"})

    assert look.status_code == 200
    assert ParameterRow.objects.count() == 0
    # Mali and Pan, 76 and 70, are entitled: 700 each, and 850 then; the one who died is not.
    assert "1,400" in look.content.decode()
    assert "1,700" in look.content.decode()
    assert "+300" in look.content.decode()


def test_somsri_saves_a_rate_and_it_is_written_down_who_did(people, somsri, client_of):
    before = rules_fingerprint()
    done = client_of(somsri).post(reverse("rights:row_new", args=[STEPS]), NEW | {"do": "save"})
    (kept,) = ParameterRow.objects.all()

    assert done.status_code == 302
    assert kept.value == [[60, 700], [70, 850], [80, 1000], [90, 1250]]
    assert (kept.valid_from, kept.valid_to, kept.area_code, kept.by) == (date(2027, 10, 1), None, "520306", somsri)
    assert rules_fingerprint() != before
    entry = Entry.objects.get(action="rights.row.added")
    assert (entry.who, entry.object_id) == (somsri, STEPS)
    assert "สมศรี ใจงาม" in client_of(somsri).get(done["Location"].split("#")[0]).content.decode()


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ({"valid_from": "31 ก.พ. 2570"}, "valid_from"),
        ({"valid_from": "1/10/2170"}, "มากกว่า 30 ปี"),
        ({"legal_basis": ""}, "legal_basis"),
        ({"step_amount": ["x", "", "", ""]}, "ไม่ใช่ตัวเลข"),
        ({"valid_to": "1 ม.ค. 2570"}, "อยู่ก่อนวันแรก"),
        ({"step_from": ["60", "60", "80", "90"]}, "ขั้นบันได"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_typed_is_lost(people, somsri, client_of, typed, word):
    page = client_of(somsri).post(reverse("rights:row_new", args=[STEPS]), NEW | typed | {"do": "save"})

    assert page.status_code == 422
    assert word in page.content.decode()
    assert "ราชกิจจานุเบกษา" in page.content.decode()
    assert ParameterRow.objects.count() == 0


def test_a_second_rate_for_the_same_days_is_refused(somsri):
    add(somsri, date(2027, 1, 1), date(2027, 12, 31))

    with pytest.raises(RowRefused):
        add(somsri, date(2027, 6, 1))
    assert ParameterRow.objects.count() == 1


def test_a_row_taken_back_holds_no_longer_and_stays_in_the_history(somsri, client_of):
    kept = add(somsri)
    client = client_of(somsri)
    look = client.get(reverse("rights:row_take_back", args=[kept.pk]))
    client.post(reverse("rights:row_take_back", args=[kept.pk]))
    kept.refresh_from_db()

    assert look.status_code == 200
    assert kept.taken_back_by == somsri
    assert parameter_rows() == ()
    assert "ถอนคืนโดย สมศรี ใจงาม" in client.get(reverse("rights:rule", args=["old_age_allowance"])).content.decode()
    with pytest.raises(RowTakenBack):
        services.take_back_row(kept.pk, by=somsri)


def test_a_rate_of_ko_kha_holds_in_ko_kha_alone(somsri, stranger, client_of):
    add(somsri, date(2026, 1, 1))

    assert len(rows_for(parameter_rows(), "52030601")) == 1
    assert rows_for(parameter_rows(), "50") == []
    assert "สมศรี" not in client_of(stranger).get(reverse("rights:rule", args=["old_age_allowance"])).content.decode()
    with pytest.raises(NotFound):
        services.take_back_row(ParameterRow.objects.get().pk, by=stranger)


def test_only_whoever_may_change_rules_gets_the_forms(people, noi, nayok, wichai, somsri, client_of):
    kept = add(somsri)
    for user in (noi, nayok, wichai):
        client = client_of(user)
        assert client.get(reverse("rights:row_new", args=[STEPS])).status_code == 403
        assert client.get(reverse("rights:case_new", args=["child_grant"])).status_code == 403
        assert client.post(reverse("rights:row_take_back", args=[kept.pk])).status_code == 403


def test_once_a_rate_is_kept_everybody_is_evaluated_anew(people, somsri, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        add(somsri, date(2026, 10, 1), value=((60.0, 1111.0),))

    assert Standing.objects.get(programme="old_age_allowance", finding="missed").amount == 1111


def example(**typed: str) -> dict[str, str]:
    return {
        "name": "ปั่น อายุ 70 ปี", "on": "2 พ.ย. 2569", "given_birth_date": "10 ม.ค. 2499", "given_thai": "yes",
        "given_registered_here": "yes", "given_state_pension": "no", "given_status": "alive",
        "expected_entitled": "yes", "expected_amount": "700",
    } | typed  # fmt: skip


def test_somsri_runs_an_example_and_keeps_it(somsri, client_of):
    client, url = client_of(somsri), reverse("rights:case_new", args=["old_age_allowance"])
    run = client.post(url, example(do="run"))
    kept_none = CaseRow.objects.count()
    client.post(url, example(do="save"))
    rule = client.get(reverse("rights:rule", args=["old_age_allowance"])).content.decode()

    assert "ตรงตามที่คาด" in run.content.decode()
    assert kept_none == 0
    assert CaseRow.objects.get().given["birth_date"] == "1956-01-10"
    assert "ปั่น อายุ 70 ปี" in rule


def test_an_example_that_comes_out_otherwise_is_shown_red_with_the_reasons(somsri, client_of):
    client, url = client_of(somsri), reverse("rights:case_new", args=["old_age_allowance"])
    client.post(url, example(do="save", expected_amount="900"))
    page = client.get(reverse("rights:rule", args=["old_age_allowance"])).content.decode()
    one = client.get(reverse("rights:case", args=["old_age_allowance", f"k{CaseRow.objects.get().pk}"]))

    assert '<li class="bad">' in page
    assert 'class="trace"' in one.content.decode()
    assert "700" in one.content.decode()


def test_after_a_new_rate_the_example_of_the_old_one_turns_red(somsri, client_of):
    client = client_of(somsri)
    url = reverse("rights:case_new", args=["old_age_allowance"])
    client.post(url, example(do="save", on="2 พ.ย. 2571", expected_amount="700"))
    look = client.post(reverse("rights:row_new", args=[STEPS]), NEW | {"do": "look"})

    assert "ปั่น อายุ 70 ปี" in look.content.decode()


def test_nonsense_in_an_example_is_named(somsri, client_of):
    page = client_of(somsri).post(
        reverse("rights:case_new", args=["old_age_allowance"]), example(do="run", given_birth_date="เมื่อวาน")
    )

    assert page.status_code == 422
    assert "เมื่อวาน" in page.content.decode()


def test_a_corrected_example_takes_the_place_of_the_old_one_and_can_be_taken_back(somsri, client_of):
    client = client_of(somsri)
    client.post(reverse("rights:case_new", args=["old_age_allowance"]), example(do="save"))
    first = CaseRow.objects.get()
    client.post(reverse("rights:case", args=["old_age_allowance", f"k{first.pk}"]), example(do="save", name="แก้แล้ว"))
    first.refresh_from_db()
    second = CaseRow.objects.get(taken_back_at=None)
    client.post(reverse("rights:case_take_back", args=[second.pk]))

    assert first.taken_back_by == somsri
    assert second.name == "แก้แล้ว"
    assert not CaseRow.objects.filter(taken_back_at=None).exists()


def test_a_rule_or_an_example_that_does_not_exist_is_not_found(somsri, client_of):
    client = client_of(somsri)

    assert client.get(reverse("rights:rule", args=["old_age"])).status_code == 404
    assert client.get(reverse("rights:case", args=["old_age_allowance", "s999"])).status_code == 404
    assert client.get(reverse("rights:row_new", args=["nothing.here"])).status_code == 404


def test_a_row_of_another_time_never_reaches_an_earlier_day(somsri):
    add(somsri, date(2027, 10, 1))

    assert [row for row in parameter_rows() if isinstance(row, Row) and row.covers(date(2027, 9, 30))] == []
