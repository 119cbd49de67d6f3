"""Each answer about daily living has a picture; the pictures go wherever the form goes, and hold nothing but lines."""

import hashlib
import io
import re
from datetime import datetime

import openpyxl
import pytest
from lxml import etree
from tests.surveys.collect import LIST, MANIFEST, Collect

from mudmai.accounts.models import User
from mudmai.surveys import queries, services
from mudmai.surveys.models import FormVersion, Media
from mudmai.surveys.rules.ready import ready_form, ready_forms
from mudmai.surveys.rules.scales import picture_name, pictures, scales
from mudmai.surveys.rules.xform import XForm
from mudmai.surveys.rules.xlsform import convert

SVG = "{http://www.w3.org/2000/svg}"
WITH_ADL = ["home_visit", "elderly_screening", "disability_service"]
BARTHEL = scales()["barthel"]


def test_each_choice_of_the_adl_has_a_picture_of_its_own_and_there_are_no_others():
    named = [picture_name(BARTHEL.item_name(i.code), choice.code) for i in BARTHEL.items for choice in i.choices]

    assert sorted(named) == sorted(pictures())
    assert len(set(pictures().values())) == len(named) == 30
    assert picture_name("barthel_feeding", "3") == picture_name("yes_no", "yes") == ""


@pytest.mark.parametrize("name", list(pictures()))
def test_a_picture_is_small_and_holds_lines_only(name):
    content = pictures()[name]
    root = etree.fromstring(content)

    assert len(content) < 1500
    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == "0 0 96 96"
    assert {(each.tag, *sorted(set(each.attrib) - {"fill", "stroke", "stroke-width"})) for each in root} == {
        (f"{SVG}path", "d")
    }
    assert all(re.fullmatch(r"[MLHVCSQAZaclmhvz0-9. -]+", each.get("d")) for each in root)
    assert not "".join(root.itertext())


@pytest.mark.parametrize("code", WITH_ADL)
def test_a_form_that_asks_the_adl_shows_the_pictures_in_both_languages(code):
    form = ready_form(code)
    converted = convert(form.xlsx(), form.filename, now=datetime(2026, 11, 21))

    assert converted.warnings == []
    assert form.media() == pictures()
    assert sorted(XForm.parse(converted.xform, form.media()).files) == sorted(form.media())
    for name in form.media():
        assert converted.xform.count(f'<value form="image">jr://images/{name}</value>') == 2
    assert sum(map(len, form.media().values())) < 50_000


def test_other_forms_carry_none():
    assert [code for code, form in ready_forms().items() if form.media()] == WITH_ADL


def test_a_ready_form_changed_in_excel_comes_back_with_its_pictures(somsri: User):
    book = openpyxl.load_workbook(io.BytesIO(ready_form("home_visit").xlsx()))
    book["settings"]["B2"] = "our_visit"
    saved = io.BytesIO()
    book.save(saved)

    version = services.receive_form(saved.getvalue(), "our.xlsx", by=somsri, area_code="520306")

    assert version.form.form_id == "our_visit"
    assert queries.missing_media(version) == []
    assert (
        bytes(Media.objects.get(version=version, name="barthel_stairs_1.svg").content)
        == (pictures()["barthel_stairs_1.svg"])
    )


def test_an_office_may_put_a_picture_of_its_own_in_place(somsri: User):
    own = b"<svg xmlns='http://www.w3.org/2000/svg'></svg>"
    form = ready_form("home_visit")

    version = services.receive_form(
        form.xlsx(), form.filename, by=somsri, area_code="520306", media={"barthel_toilet_2.svg": own}
    )

    assert bytes(Media.objects.get(version=version, name="barthel_toilet_2.svg").content) == own
    assert queries.missing_media(version) == []


def published(by: User) -> FormVersion:
    version = services.start_from_ready("home_visit", by=by, area_code="520306")
    services.publish(version, by=by)
    services.assign(version.form, area_code="520306", by=by)
    return version


def test_odk_collect_fetches_the_pictures_by_the_manifest(collect: Collect, somsri: User):
    published(somsri)
    [listed] = etree.fromstring(collect.get("formList").content)

    root = etree.fromstring(collect.get(listed.findtext("l:manifestUrl", namespaces=LIST)).content)

    files = {file.findtext("m:filename", namespaces=MANIFEST): file for file in root.iterfind("m:mediaFile", MANIFEST)}
    assert files.keys() == pictures().keys()
    for name, file in files.items():
        assert file.findtext("m:hash", namespaces=MANIFEST) == (
            "md5:" + hashlib.md5(pictures()[name], usedforsecurity=False).hexdigest()
        )
    answer = collect.get(files["barthel_feeding_0.svg"].findtext("m:downloadUrl", namespaces=MANIFEST))
    assert (answer.content, answer["Content-Type"]) == (pictures()["barthel_feeding_0.svg"], "image/svg+xml")
