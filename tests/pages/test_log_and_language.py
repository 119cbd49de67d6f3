"""The log for those who watch over it, and the language of the pages."""

import pytest
from tests.conftest import on_duty

from mudmai.audit import services as audit


@pytest.fixture
def auditor(db):
    return on_duty("auditor", "ผู้ตรวจสอบ ภายใน", "auditor", "520306")


def acts(answer) -> list[str]:
    return [each["act"] for each in answer.context["rows"]]


def test_an_auditor_reads_who_looked_at_whom_in_words(client_of, auditor, somsri, town):
    client_of(somsri).get(f"/persons/{town.mali}/")

    answer = client_of(auditor).get("/log/")

    assert acts(answer) == ["ดูข้อมูลอ่อนไหวของบุคคล"]
    assert "สมศรี ใจงาม" in answer.content.decode()
    assert "มาลี" not in answer.content.decode()


def test_lines_of_other_areas_are_not_hers(client_of, auditor, admin, stranger):
    audit.record(stranger, "people.exported", "persons", area_code="500101")

    assert acts(client_of(auditor).get("/log/")) == []
    assert acts(client_of(admin).get("/log/")) == ["ส่งออกรายชื่อ"]


def test_subject_day_and_person_narrow_the_log(client_of, admin, somsri):
    audit.record(somsri, "people.exported", "persons")
    audit.record(somsri, "intake.file.received", "upload", "77")
    client = client_of(admin)

    assert acts(client.get("/log/?about=intake")) == ["ส่งไฟล์เข้าระบบ"]
    assert acts(client.get("/log/?object_kind=upload&object_id=77")) == ["ส่งไฟล์เข้าระบบ"]
    assert len(acts(client.get("/log/?since=2/11/2569&until=2/11/2569"))) == 2
    assert acts(client.get("/log/?until=1/11/2569")) == []


def test_a_day_that_is_none_gets_its_sentence(client_of, admin):
    answer = client_of(admin).get("/log/?since=เมื่อวาน")

    assert answer.status_code == 422
    assert "เขียนวันที่เช่น 15/11/2569" in answer.content.decode()


def test_the_log_is_paged_by_key(client_of, admin, somsri):
    for _n in range(60):
        audit.record(somsri, "intake.file.received", "upload")
    client = client_of(admin)
    first = client.get("/log/")

    assert len(first.context["rows"]) == 50
    assert len(client.get("/log/" + first.context["page"]["next_url"]).context["rows"]) == 10
    assert client.get("/log/?before=x").status_code == 200


def test_before_sign_in_the_language_is_kept_on_the_browser(anonymous):
    answer = anonymous.post("/language/", {"language": "en", "next": "/account/login/"})

    assert answer.url == "/account/login/"
    assert 'lang="en"' in anonymous.get("/account/login/").content.decode()


def test_after_sign_in_it_is_kept_with_the_user(client_of, somsri):
    client_of(somsri).post("/language/", {"language": "en"})
    somsri.refresh_from_db()

    assert somsri.language == "en"
    assert "Overview" in client_of(somsri).get("/").content.decode()


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_the_way_back_never_leads_to_another_site(anonymous, target):
    assert anonymous.post("/language/", {"language": "th", "next": target}).url == "/"


def test_an_unknown_language_changes_nothing(client_of, somsri):
    client_of(somsri).post("/language/", {"language": "xx"})
    somsri.refresh_from_db()

    assert somsri.language == "th"
