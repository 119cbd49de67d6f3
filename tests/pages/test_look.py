"""The shared look: tags, filters, shared templates, colours, and the promise that no page needs inline code."""

import json
import re
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.template import Context, Template, TemplateSyntaxError, engines
from django.test import Client
from django.utils import translation

from mudmai.pages.rules.icons import ICONS
from mudmai.pages.templatetags import look, thai

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/mudmai"
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))
INLINE_CODE = re.compile(r"\sstyle=|\son\w+=\"|<style|<script(?![^>]*\b(?:src=|type=\"application/json\"))|javascript:")


def drawn(source: str, **values: object) -> str:
    return Template("{% load look thai i18n %}" + source).render(Context(values))


def test_an_icon_is_drawn_and_hidden_from_screen_readers():
    assert 'aria-hidden="true"' in drawn('{% icon "house" 18 %}')
    assert 'width="18"' in drawn('{% icon "house" 18 %}')


def test_an_unknown_icon_is_named_in_the_error():
    with pytest.raises(TemplateSyntaxError, match="unicorn"):
        drawn('{% icon "unicorn" %}')


def test_there_are_enough_icons():
    assert len(ICONS) >= 30


@pytest.mark.parametrize("name", ["base.css", "base.js", "map.css", "map.js"])
def test_a_built_file_is_found_by_its_plain_name(name):
    address = drawn(f'{{% asset "{name}" %}}')

    assert address.startswith("/static/dist/assets/")
    assert (look.DIST / address.removeprefix("/static/dist/")).exists()


def test_a_missing_build_says_what_to_do(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="make setup"):
        look.built_file(tmp_path / "manifest.json", "base.css")


def test_a_missing_entry_says_what_to_do(tmp_path):
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"src/base.ts": {"file": "assets/base-1.js", "name": "base", "isEntry": True}}))

    assert look.built_file(manifest, "base.js") == "assets/base-1.js"
    with pytest.raises(ImproperlyConfigured, match=r"no base\.css"):
        look.built_file(manifest, "base.css")


@pytest.mark.parametrize(("name", "letter"), [("เดช", "ด"), ("ปั้น", "ป"), ("  โสภา", "ส"), ("", ""), (None, "")])
def test_the_round_picture_shows_the_first_consonant(name, letter):
    assert look.first_letter(name) == letter


@pytest.mark.parametrize(
    ("value", "thai_text", "english"),
    [
        ("1950", "2493", "1950"),
        ("1950-03", "มี.ค. 2493", "March 1950"),
        (date(1950, 3, 15), "15 มี.ค. 2493", "15 Mar 1950"),
        (datetime(2026, 11, 2, 20, 0, tzinfo=UTC), "3 พ.ย. 2569", "3 Nov 2026"),
        (None, "", ""),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(value, thai_text, english):
    with translation.override("th"):
        assert thai.thai_date(value) == thai_text
    with translation.override("en"):
        assert thai.thai_date(value) == english


def test_moments_are_shown_in_bangkok_time():
    with translation.override("th"):
        assert thai.thai_datetime(datetime(2026, 11, 2, 20, 0, tzinfo=UTC)) == "3 พ.ย. 2569 03:00 น."
        assert thai.thai_month(date(2026, 11, 2)) == "พฤศจิกายน 2569"


def test_an_age_counts_whole_years_until_today():
    with translation.override("th"):
        assert thai.age("1950-11-03") == "75 ปี"
        assert thai.age("1950-11-02") == "76 ปี"
        assert thai.age(None) == ""


def test_numbers_and_areas_are_written_as_people_read_them():
    with translation.override("th"):
        assert thai.grouped(1234567) == "1,234,567"
        assert thai.grouped("–") == "–"
        assert thai.area_label(2, "บ้านน้ำผึ้ง") == "หมู่ 2 บ้านน้ำผึ้ง"
        assert thai.area_label(None, "บ้านน้ำผึ้ง") == "บ้านน้ำผึ้ง"


class NameForm(forms.Form):
    name = forms.CharField(label="ชื่อ", help_text="ตามบัตรประชาชน")
    kind = forms.ChoiceField(label="ชนิด", widget=forms.RadioSelect, choices=[("a", "ก"), ("b", "ข")])


def test_help_and_error_of_a_field_are_tied_to_it():
    form = NameForm({"kind": "a"})

    html = drawn('{% include "shared/field.html" with field=form.name only %}', form=form)

    described = re.search(r'aria-describedby="([^"]+)"', html).group(1).split()
    assert described
    assert all(f'id="{name}"' in html for name in described)
    assert 'aria-invalid="true"' in html
    assert 'role="alert"' in html


def test_a_group_of_choices_has_a_legend():
    html = drawn('{% include "shared/field.html" with field=form.kind only %}', form=NameForm())

    assert "<fieldset" in html
    assert "<legend>ชนิด" in html


def test_what_a_list_says_never_becomes_markup_on_a_map():
    config = {"houseUrl": '"><script>'}

    html = drawn('{% include "shared/map.html" with config=config label="แผนที่" only %}', config=config)

    assert "<script>" not in html


def test_progress_asks_again_only_while_the_job_runs():
    job = {"title": "นำเข้า", "url": "/job/", "running": True, "done": 1200, "total": 4800}

    running = drawn('{% include "shared/progress.html" %}', job=job)
    finished = drawn('{% include "shared/progress.html" %}', job=job | {"running": False})

    assert 'hx-trigger="every 1s"' in running
    assert 'value="1200"' in running
    assert "hx-get" not in finished


@pytest.mark.django_db
def test_the_sign_in_page_is_thai_and_loads_only_our_own_files(client: Client):
    html = client.get("/account/login/", headers={"accept-language": "th"}).content.decode()

    assert "เข้าสู่ระบบ" in html
    assert not re.search(r'(?:src|href)="(?:https?:)?//', html)


@pytest.mark.django_db
def test_text_size_and_contrast_are_right_from_the_first_byte(client: Client):
    client.cookies["look_size"] = "big"
    client.cookies["look_contrast"] = "high"

    html = client.get("/account/login/").content.decode()

    assert '<html lang="th" data-size="big" data-contrast="high">' in html


def test_the_page_for_a_broken_server_needs_nothing():
    assert "<h1>" in engines["django"].get_template("500.html").render()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_template_holds_inline_code_that_the_policy_would_refuse(path):
    assert not INLINE_CODE.search(path.read_text(encoding="utf-8"))


def test_every_icon_a_template_names_exists():
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(r"""(?:{% icon |icon_name=)["']([\w-]+)["']""", path.read_text(encoding="utf-8"))
    }

    assert named <= set(ICONS)


def tokens(block: str) -> dict[str, str]:
    sheet = (ROOT / "web/src/styles/tokens.css").read_text(encoding="utf-8")
    body = sheet.split(block + " {", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", body))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("high", [False, True])
def test_text_stands_out_from_its_ground(high):
    colours = tokens(":root") | (tokens(':root[data-contrast="high"]') if high else {})
    pairs = list(product(("ink", "mut", "brand", "bad"), ("bg", "card", "soft")))
    pairs += [(kind, f"{kind}-bg") for kind in ("bad", "warn", "ok", "info")] + [("mut", "warn-bg"), ("mut", "bad-bg")]

    too_faint = [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < 4.5]

    assert not too_faint
