"""Files for TPMAP and its Logbook: laid out as the office wants, and read again as they were written."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.conftest import TAMBON, VILLAGE
from tests.intake import lists
from tests.people.town import row, tell

from mudmai.accounts.models import User
from mudmai.audit.models import Entry
from mudmai.intake.rules.layout import FLAGGED
from mudmai.needs import queries, services
from mudmai.needs.models import Layout
from mudmai.needs.rules import layouts as rules
from mudmai.needs.rules.layouts import Column, faults, shipped
from mudmai.needs.services import LayoutRefused
from mudmai.people.models import Household, Person, Record

MALEE, BOON = lists.cid(1), lists.cid(2)


@pytest.fixture
def village(db: None) -> None:
    """Malee, on the TPMAP list, in a house that fails in income and water; Boon, found poor here and missed by it."""
    malee = row(
        "มาลี", "ใจดี", house="1", cid=MALEE, id="1" * 32, about="both", title="นาง", sex="f", birth_date="1950-03-15",
        house_code="52030012345", jpt31_22="fail", jpt31_09="fail", jpt31_08="pass", jpt31_20="none",
    )  # fmt: skip
    boon = row("บุญมา", "ใจดี", house="2", cid=BOON, id="2" * 32, about="both", jpt31_10="fail", jpt31_22="pass")
    well = row("สุข", "ใจดี", house="3", cid=lists.cid(3), id="3" * 32, about="both", jpt31_22="pass")
    tell(malee, boon, well, kind="home_visit")
    listed = row(
        "มาลี", "ใจดี", house=None, cid=MALEE, id="4" * 32, tpmap_poor=True, tpmap_year=2569, tpmap_income=True,
        tpmap_health=False, state_welfare_card=True, welfare_card_year=2565,
    )  # fmt: skip
    tell(listed, kind="tpmap", links={listed.id: "1" * 32}, complete=True)


def made(user: User, code: str = "logbook", *, who: str = "either", full_id: bool = True) -> queries.LogbookRows:
    return queries.LogbookRows(user, VILLAGE, shipped()[code][1], who=who, full_id=full_id)


def table(rows: queries.LogbookRows) -> dict[str, dict[str, Any]]:
    """{given name: {code: cell}}."""
    codes = [column.code for column in rows.columns]
    return {str(cells[codes.index("given_name")]): dict(zip(codes, cells, strict=True)) for cells in rows.rows()}


def test_a_row_tells_what_was_found_and_leaves_empty_what_is_not_known(somsri: User, village: None) -> None:
    found = table(made(somsri))

    malee = found["มาลี"]
    assert set(found) == {"มาลี", "บุญมา"}
    assert (malee["cid"], malee["house_code"], malee["tpmap_year"]) == (MALEE, "52030012345", 2569)
    assert (malee["tpmap_poor"], malee["state_welfare_card"], malee["welfare_card_year"]) == (1, 1, 2565)
    assert (malee["fails_jpt31_22"], malee["fails_jpt31_09"], malee["fails_jpt31_08"]) == (1, 1, 0)
    assert malee["fails_jpt31_04"] == ""
    assert (malee["found_income"], malee["found_living"], malee["found_health"]) == (1, 1, "")
    assert found["บุญมา"]["tpmap_poor"] == 0
    assert malee["target_class"] == "คนจนเป้าหมาย (จปฐ. และบัตรสวัสดิการ)"


def test_who_is_in_it_can_be_chosen(somsri: User, village: None) -> None:
    assert set(table(made(somsri, who="listed"))) == {"มาลี"}
    assert set(table(made(somsri, who="found"))) == {"มาลี", "บุญมา"}


def test_the_list_as_tpmap_told_it_holds_its_own_flags(somsri: User, village: None) -> None:
    malee = table(made(somsri, "tpmap"))["มาลี"]

    assert (malee["tpmap_income"], malee["tpmap_health"], malee["tpmap_living"]) == (1, 0, "")


def test_without_asking_the_id_is_masked(somsri: User, village: None) -> None:
    cid = table(made(somsri, full_id=False))["มาลี"]["cid"]

    assert cid.startswith("3-5233-xxxxx-")


def test_a_class_that_is_not_seen_leaves_its_cells_empty(village: None) -> None:
    """A health officer sees no money: neither income, nor card, nor the class that follows from it."""
    from tests.conftest import on_duty

    malee = table(made(on_duty("duang", "ดวง ใจ", "health_officer", TAMBON)))["มาลี"]

    assert {malee[code] for code in ("found_income", "fails_jpt31_22", "state_welfare_card", "target_class")} == {""}
    assert malee["found_living"] == 1


# ---------------------------------------------------------------- out and in again


def answer_of(client: Client, **chosen: str) -> Any:
    told = {
        "layout": "logbook", "area": VILLAGE, "who": "either", "purpose": "planning", "format": "xlsx", "full_id": "on",
    }  # fmt: skip
    return client.post("/needs/tpmap/file/", told | chosen)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_we_write_comes_in_again_as_it_was(client_of: Any, somsri: User, village: None, form: str) -> None:
    answer = answer_of(client_of(somsri), format=form)
    data, name = b"".join(answer.streaming_content), answer.headers["Content-Disposition"].split('"')[1]
    before = {person.given_name: person.known for person in Person.objects.all()}
    house = Household.objects.get(house_no="1").known

    upload = lists.imported(data, filename=name, as_of=date(2026, 11, 1), area_code=TAMBON)

    assert upload.kind == "tpmap"
    assert Person.objects.count() == 3
    said = {record.said["given_name"]: record.said for record in Record.objects.filter(batch=upload.batch_id)}
    malee, boon = said["มาลี"], said["บุญมา"]
    assert (malee["tpmap_poor"], malee["tpmap_year"], malee["tpmap_income"], malee["tpmap_living"]) == (
        True, 2569, True, True,
    )  # fmt: skip
    assert (malee["state_welfare_card"], malee["welfare_card_year"]) == (True, 2565)
    # Each indicator that was told comes back as it was told; what else stands there was found of somebody like her.
    told = {code: known[code][0] for known in (before["มาลี"], house) for code in FLAGGED if code in known}
    assert {code: malee[code] for code in told if told[code] != "none"} == {
        code: result for code, result in told.items() if result != "none"
    }
    assert (malee["jpt31_22"], malee["jpt31_09"], malee["jpt31_08"]) == ("fail", "fail", "pass")
    # Whom TPMAP missed does not stand on its list because our file names her: her own cell says so.
    assert boon.get("tpmap_poor") is False


def test_a_plausible_list_of_the_logbook_comes_in(db: None) -> None:
    """Head of columns as such lists are built elsewhere: dimensions with their own words, flags per indicator."""
    header = [
        "ลำดับ", "เลขบัตรประชาชน", "ชื่อ-สกุล", "บ้านเลขที่", "หมู่ที่", "รหัสประจำบ้าน", "ปีข้อมูล", "มิติด้านสุขภาพ", "มิติด้านความเป็นอยู่",
        "มิติด้านการศึกษา", "มิติด้านรายได้", "มิติด้านการเข้าถึงบริการรัฐ", "ตกเกณฑ์ตัวชี้วัดที่ 8", "ผ่านเกณฑ์ตัวชี้วัดที่ 22", "บัตรสวัสดิการแห่งรัฐ",
    ]  # fmt: skip
    rows: list[list[object]] = [
        [1, lists.cid(1), "นางสมศรี ใจงาม", "1/1", 1, "52030012345", 2569, 0, 1, 0, 1, 0, 1, 0, "มี"],
        [2, lists.cid(2), "นายบุญมา แก้วคำ", "1/2", 1, "52030012346", 2569, 1, 0, 0, 0, 0, 0, 1, "ไม่มี"],
        [3, lists.cid(4), "นางบัวผัน ต๊ะวงศ์", "1/3", 1, "52030012347", 2569, 0, 0, 1, 0, 0, "-", 1, "มี"],
    ]  # fmt: skip
    titles = ["บัญชีครัวเรือนเป้าหมาย TPMAP Logbook ตำบลเกาะคา อำเภอเกาะคา จังหวัดลำปาง", "ข้อมูล ณ วันที่ 1 ตุลาคม 2569"]

    upload = lists.imported(lists.xlsx(*rows, titles=titles, header=header, sheet="Logbook"))

    assert upload.kind == "tpmap"
    said = {record.said["given_name"]: record.said for record in Record.objects.filter(batch=upload.batch_id)}
    assert (said["สมศรี"]["tpmap_living"], said["สมศรี"]["jpt31_08"], said["สมศรี"]["jpt31_22"]) == (True, "fail", "fail")
    assert (said["บุญมา"]["tpmap_health"], said["บุญมา"]["jpt31_08"], said["บุญมา"]["jpt31_22"]) == (True, "pass", "pass")
    assert said["บัวผัน"]["jpt31_08"] == "none"
    assert all(each["tpmap_poor"] is True for each in said.values())


def test_the_file_is_logged_with_its_purpose_and_a_province_is_too_much(
    client_of: Any, somsri: User, village: None
) -> None:
    client: Client = client_of(somsri)

    assert answer_of(client, purpose="").status_code == 422
    answer = answer_of(client)
    assert b"".join(answer.streaming_content)

    assert answer.status_code == 200
    entry = Entry.objects.get(action="people.exported")
    assert (entry.object_kind, entry.purpose, entry.area_code) == ("tpmap-logbook", "planning", VILLAGE)
    assert (entry.details["full_ids"], entry.details["rows_told"]) == (True, 2)


def test_noi_takes_no_file_and_a_stranger_sees_no_area(client_of: Any, noi: User, stranger: User) -> None:
    assert client_of(noi).get("/needs/tpmap/file/").status_code == 403
    assert client_of(stranger).get("/needs/tpmap/file/", {"area": VILLAGE}).status_code == 404


# ---------------------------------------------------------------- the layout


def test_the_shipped_layouts_are_in_order() -> None:
    for _title, columns in shipped().values():
        assert faults(columns) == []


def test_the_office_changes_words_and_the_earlier_version_stays(client_of: Any, somsri: User, village: None) -> None:
    columns = [Column("เลข 13 หลัก", "cid"), Column("ชื่อ", "given_name"), Column("มิติรายได้", "found_income")]
    services.keep_layout(by=somsri, area_code=TAMBON, code="logbook", title="แบบของจังหวัด", columns=columns)
    services.keep_layout(by=somsri, area_code=TAMBON, code="logbook", title="แบบใหม่", columns=columns[:2])

    found = queries.layout_for(somsri, "logbook")
    answer = answer_of(client_of(somsri), format="csv")

    assert (found.title, [column.header for column in found.columns]) == ("แบบใหม่", ["เลข 13 หลัก", "ชื่อ"])
    assert [each.title for each in queries.versions_of(somsri, "logbook")] == ["แบบใหม่", "แบบของจังหวัด"]
    assert b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()[0] == "เลข 13 หลัก,ชื่อ"


def test_another_province_keeps_its_own(somsri: User, stranger: User) -> None:
    columns = [Column("เลข", "cid")]
    services.keep_layout(by=somsri, area_code=TAMBON, code="logbook", title="แบบของเกาะคา", columns=columns)

    assert queries.layout_for(stranger, "logbook").row is None


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ([], "อย่างน้อยหนึ่งคอลัมน์"),
        ([Column("", "cid")], "ไม่มีชื่อ"),
        ([Column("ก", "nonsense")], "เลือก"),
        ([Column("ก", "cid"), Column("ก", "title")], "ก"),
        ([Column("ก", "cid"), Column("ข", "cid")], "เลขประจำตัวประชาชน"),
        ([Column("บ้าน", "house_no")], "13 หลัก"),
        ([Column("ก", "cid"), Column("ผ่านเกณฑ์ด้านรายได้", "found_income")], "ผ่านเกณฑ์ด้านรายได้"),
    ],
)
def test_a_layout_that_cannot_be_used_is_refused_with_its_reason(
    somsri: User, columns: list[Column], said: str
) -> None:
    with pytest.raises(LayoutRefused) as refused:
        services.keep_layout(by=somsri, area_code=TAMBON, code="logbook", title="แบบ", columns=columns)

    assert said in str(refused.value)
    assert not Layout.objects.exists()


def test_on_the_page_a_column_is_renamed_moved_and_taken_away(client_of: Any, somsri: User, village: None) -> None:
    client: Client = client_of(somsri)
    told = {
        "title": "แบบของเรา", "do": "save", "header-0": "ชื่อ", "code-0": "given_name", "order-0": "2",
        "header-1": "เลขบัตร", "code-1": "cid", "order-1": "1", "header-2": "", "code-2": "", "order-2": "3",
    }  # fmt: skip

    assert client.post("/needs/tpmap/layouts/logbook/", told | {"do": "look"}).context["preview"][0][1] == "บุญมา"
    assert client.post("/needs/tpmap/layouts/logbook/", told).status_code == 302
    assert [column.header for column in queries.layout_for(somsri, "logbook").columns] == ["เลขบัตร", "ชื่อ"]
    assert rules.read(Layout.objects.get().columns)[0].code == "cid"


def test_what_is_wrong_stays_typed_with_its_reason(client_of: Any, somsri: User, village: None) -> None:
    told = {"title": "แบบ", "do": "save", "header-0": "บ้าน", "code-0": "house_no", "order-0": "1"}

    page = client_of(somsri).post("/needs/tpmap/layouts/logbook/", told)

    assert page.status_code == 422
    assert 'value="บ้าน"' in page.content.decode()
