"""Whatever is wrong with a form in Excel is told by sheet and row, with the cure; what is right is converted."""

import csv
import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyxform.xls2xform import convert as convert_by_pyxform
from tests.surveys.excel import SURVEY, VISIT, excel, settings

from mudmai.kernel.clock import BANGKOK
from mudmai.kernel.workbook import UnreadableFile
from mudmai.surveys.rules.xform import XForm
from mudmai.surveys.rules.xlsform import Converted, Fault, FormRefused, convert
from mudmai.surveys.rules.xlsform.sentences import SENTENCES

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=BANGKOK)


def read(content: bytes, filename: str = "visit.xlsx") -> Converted:
    return convert(content, filename, now=NOW)


def faults(content: bytes, filename: str = "visit.xlsx") -> list[Fault]:
    with pytest.raises(FormRefused) as refused:
        read(content, filename)
    for fault in refused.value.faults:
        assert "%" not in fault.what % fault.params
        assert "%" not in fault.cure % fault.params
    return refused.value.faults


def told(content: bytes) -> list[tuple[str, str, int]]:
    return [(fault.code, fault.sheet, fault.row) for fault in faults(content)]


def test_a_right_form_becomes_an_xform_with_its_id_title_and_version():
    form = read(excel())

    assert (form.form_id, form.version, form.title) == ("house_visit", "1", "เยี่ยมบ้าน")
    assert form.warnings == []
    assert "/data/members/given_name" in XForm.parse(form.xform).fields


def test_id_and_version_are_made_where_the_settings_name_none():
    form = read(excel(settings={}), "แบบเยี่ยม home visit.xlsx")

    assert (form.form_id, form.version, form.title) == ("home_visit", "20261102093000", "แบบเยี่ยม home visit")
    assert [each.code for each in form.warnings] == ["form_id_made", "version_made"]


WRONG: dict[str, tuple[Sequence[Sequence[object]], tuple[str, str, int]]] = {
    "a type that is none": ([("intger", "age", "อายุ")], ("type_unknown", "survey", 2)),
    "no type": ([("", "age", "อายุ"), ("text", "a", "ก")], ("type_missing", "survey", 2)),
    "no name": ([("text", "a", "ก"), ("text", "", "อายุ")], ("name_missing", "survey", 3)),
    "a name with a space": ([("text", "my age", "อายุ")], ("name_characters", "survey", 2)),
    "a name that begins with a digit": ([("text", "1age", "อายุ")], ("name_characters", "survey", 2)),
    "a name twice": ([("text", "a", "ก"), ("text", "a", "ข")], ("name_twice", "survey", 3)),
    "no label": ([("text", "a", "")], ("label_missing", "survey", 2)),
    "a list that is not there": ([("select_one colour", "a", "สี")], ("list_missing", "survey", 2)),
    "an end without a begin": ([("text", "a", "ก"), ("end_group", "", "")], ("end_without_begin", "survey", 3)),
    "a begin without an end": ([("begin_repeat", "r", "ก"), ("text", "a", "ก")], ("begin_without_end", "survey", 2)),
    "a calculate that is empty": ([("calculate", "a", "")], ("calculation_missing", "survey", 2)),
    "two repeats of one name": (
        [("begin_group", "g", "ก"), ("begin_repeat", "r", "ก"), ("text", "a", "ก"), ("end_repeat", "", ""),
         ("end_group", "", ""), ("begin_repeat", "r", "ก"), ("text", "b", "ก"), ("end_repeat", "", "")],
        ("repeat_name_twice", "survey", 7),
    ),
    "the name meta": ([("begin_group", "meta", "ก"), ("text", "a", "ก"), ("end_group", "", "")],
                      ("name_meta", "survey", 2)),
    "a repeat named like the form": (
        [("begin_repeat", "data", "ก"), ("text", "a", "ก"), ("end_repeat", "", "")], ("name_of_root", "survey", 2)
    ),
    "or_other with nothing to choose from": ([("select_one x or_other", "a", "ก")], ("list_missing", "survey", 2)),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_in_a_row_is_told_with_sheet_and_row(what):
    rows, expected = WRONG[what]

    assert told(excel(rows))[0] == expected


EXPRESSIONS: dict[str, tuple[str, str, str]] = {
    "an unknown question": ("relevant", "${nobody} = 'x'", "reference_unknown"),
    "a reference that is not closed": ("relevant", "${a = 'x'", "reference_broken"),
    "a bracket that is not closed": ("calculation", "if(${a} = 'x', 1, 2", "brackets"),
    "an expression that is none": ("constraint", ". > > 3", "expression"),
    "a function that is none": ("calculation", "difference-in-months(${a}, today())", "function_unknown"),
    "a misspelt function": ("calculation", "concatt(${a}, 'x')", "function_misspelt"),
    "itself": ("calculation", "${b} + 1", "circle"),
}


@pytest.mark.parametrize("what", EXPRESSIONS)
def test_what_is_wrong_in_an_expression_is_told_with_its_column(what):
    column, text, code = EXPRESSIONS[what]
    rows = [("text", "a", "ก", ""), ("text", "b", "ข", text)]

    found = faults(excel(rows, columns=(*SURVEY, column)))

    assert [(each.code, each.sheet, each.row) for each in found if each.code == code] == [(code, "survey", 3)]
    assert column in (found[0].column, "calculation")


def test_values_that_wait_for_each_other_are_named_in_their_circle():
    rows = [("calculate", "a", "", "${c}"), ("calculate", "b", "", "${a}"), ("calculate", "c", "", "${b}"),
            ("text", "d", "ก", "")]  # fmt: skip

    found = faults(excel(rows, columns=(*SURVEY, "calculation")))

    assert [each.params["value"] for each in found] == ["a → c → b → a"]


def test_a_question_may_look_at_itself_in_its_constraint():
    rows = [("integer", "a", "ก", ". > 0 and . < 120 and ${a} != 7")]

    assert read(excel(rows, columns=(*SURVEY, "constraint"))).form_id == "house_visit"


def test_excels_curly_quotation_marks_are_taken_for_plain_ones():
    rows = [("text", "a", "ก", ""), ("text", "b", "ข", "${a} = ‘x’ or ${a} = “y”")]

    assert "'x'" in read(excel(rows, columns=(*SURVEY, "relevant"))).xform


def test_all_faults_are_told_at_once_in_the_order_of_the_sheet():
    rows = [("intger", "a", "ก", ""), ("text", "b b", "ข", ""), ("select_one none", "c", "ค", ""),
            ("text", "d", "", ""), ("text", "e", "ง", "${x} = 1"), ("text", "f", "ฉ", "${b} = 1 and (")]  # fmt: skip

    found = told(excel(rows, columns=(*SURVEY, "relevant")))

    assert found == [
        ("type_unknown", "survey", 2),
        ("name_characters", "survey", 3),
        ("list_missing", "survey", 4),
        ("label_missing", "survey", 5),
        ("reference_unknown", "survey", 6),
        ("brackets", "survey", 7),
        ("reference_unknown", "survey", 7),
    ]


def test_a_row_left_out_for_its_own_fault_makes_no_second_one_elsewhere():
    rows = [("intger", "a", "ก", ""), ("text", "b", "ข", "${a} = 1")]

    assert told(excel(rows, columns=(*SURVEY, "relevant"))) == [("type_unknown", "survey", 2)]


def test_a_misspelt_type_comes_with_the_one_that_was_meant():
    assert faults(excel([("intger", "a", "ก")]))[0].params["close"] == "integer"


@pytest.mark.parametrize(
    ("choices", "columns", "expected"),
    [
        ([("outcome", "", "พบ")], ("list_name", "name", "label"), ("choice_name_missing", "choices", 2)),
        (
            [("outcome", "a", "พบ"), ("outcome", "a", "อีก")],
            ("list_name", "name", "label"),
            ("choice_twice", "choices", 3),
        ),
        ([("outcome", "a", "พบ")], ("list_name", "nam", "label"), ("header_missing", "choices", 0)),
        ([], (), ("choices_sheet_missing", "choices", 0)),
    ],
)
def test_what_is_wrong_on_the_sheet_of_choices_is_told_there(choices, columns, expected):
    assert expected in told(excel(VISIT, choices, choice_columns=columns))


def test_a_choice_with_a_space_is_refused_where_several_can_be_ticked():
    rows = [("select_multiple x", "a", "ก")]

    assert told(excel(rows, [("x", "two words", "สอง")])) == [("choice_space", "choices", 2)]


def test_a_misspelt_column_is_named_with_the_one_that_was_meant():
    found = faults(excel(columns=("type", "name", "lable")))

    assert ("header_unknown", "lable", "label") in [
        (each.code, each.column, each.params.get("close")) for each in found
    ]


def test_a_column_that_stands_twice_is_told():
    assert told(excel(columns=("type", "name", "label", "label"))) == [("header_twice", "survey", 1)]


def test_a_workbook_without_the_sheet_survey_is_told_which_sheets_it_has():
    found = faults(excel(names=("questions", "choices", "settings")))

    assert found[0].code == "no_survey_sheet"
    assert "questions" in found[0].params["sheets"]


def test_a_sheet_with_almost_the_right_name_is_named():
    found = faults(excel(names=("survey", "choises", "settings")))

    assert "choises" in " ".join(each.cure % each.params + each.what % each.params for each in found) or any(
        each.code == "choices_sheet_missing" for each in found
    )


def test_a_survey_without_a_question_is_refused():
    assert ("empty_survey", "survey", 0) in told(excel([]))


def test_a_failed_formula_is_told_by_its_cell():
    content = excel()
    book = openpyxl.load_workbook(BytesIO(content))
    book["survey"]["C2"].value = "#REF!"
    book["survey"]["C2"].data_type = "e"
    stream = BytesIO()
    book.save(stream)

    found = faults(stream.getvalue())

    assert (found[0].code, found[0].sheet, found[0].row, found[0].column) == ("cell_error", "survey", 2, "label")


@pytest.mark.parametrize("setting", ["public_key", "submission_url"])
def test_a_form_that_asks_for_encryption_is_refused_with_the_reason(setting):
    found = faults(excel(settings=settings(**{setting: "MIIBIjANBg"})))

    assert [(each.code, each.sheet, each.column) for each in found] == [("encrypted", "settings", setting)]


def test_a_repeat_of_people_under_another_name_brings_a_hint():
    rows = [("begin_repeat", "people", "คน"), ("text", "given_name", "ชื่อ"), ("end_repeat", "", "")]

    hints = read(excel(rows)).warnings

    assert [(each.code, each.row, each.params["codes"]) for each in hints] == [("members_repeat", 2, "given_name")]


def test_a_form_written_as_csv_is_told_its_own_lines():
    lines = ["survey", ",type,name,label", ",text,house_no,บ้านเลขที่", "", ",intger,age,อายุ", "settings",
             ",form_id,version", ",csv_form,1"]  # fmt: skip

    found = faults("\n".join(lines).encode(), "form.csv")

    assert [(each.code, each.row) for each in found] == [("type_unknown", 5)]


def test_a_right_form_written_as_csv_is_converted():
    lines = ["survey", ",type,name,label", ",text,house_no,บ้านเลขที่", "settings", ",form_id,version", ",csv_form,1"]

    assert read("\n".join(lines).encode(), "form.csv").form_id == "csv_form"


def test_control_characters_from_elsewhere_do_no_harm():
    rows = [("text", "a", "บ้าน\x0bเลขที่")]
    survey = excel([("text", "a", "บ้าน_เลขที่")])
    assert read(survey).form_id  # openpyxl refuses to write them, so they come through CSV below
    lines = ["survey", ",type,name,label", f",text,a,{rows[0][2]}"]

    assert "บ้านเลขที่" in read("\n".join(lines).encode(), "f.csv").xform


def test_a_workbook_with_macros_is_refused():
    stream = BytesIO(excel())
    with zipfile.ZipFile(stream, "a") as book:
        book.writestr("xl/vbaProject.bin", b"macro")

    assert told(stream.getvalue()) == [("macros", "", 0)]


def test_a_file_of_200_megabytes_is_refused_before_it_is_read():
    assert told(b"PK\x03\x04" + bytes(200 << 20)) == [("too_large", "", 0)]


def test_a_zip_bomb_is_refused():
    stream = BytesIO(excel())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as book, book.open("xl/bomb.xml", "w") as member:
        for _ in range(1100):
            member.write(bytes(1 << 20))

    with pytest.raises(UnreadableFile):
        read(stream.getvalue())


@pytest.mark.parametrize("content", [b"%PDF-1.7 form", b"\x89PNG\r\n\x1a\n", b"", b"\x00\x01\x02" * 50])
def test_a_file_that_is_no_workbook_is_refused_with_its_sentence(content):
    with pytest.raises(UnreadableFile):
        read(content, "form.xlsx")


def test_hostile_nesting_ends_in_a_sentence():
    rows = [("text", "a", "ก", "(" * 5000 + "1" + ")" * 5000)]

    assert faults(excel(rows, columns=(*SURVEY, "relevant")))[0].code in ("expression", "brackets")


def test_every_sentence_has_its_cure():
    assert all(what.strip() and cure.strip() for what, cure in SENTENCES.values())


def received_or_refused(content: bytes, filename: str) -> Converted | list[Fault]:
    try:
        return read(content, filename)
    except FormRefused as refused:
        return refused.faults


def fields_by_pyxform(path: Path) -> set[str] | None:
    """The questions as pyxform itself makes them of the file; None where it cannot."""
    try:
        return set(XForm.parse(convert_by_pyxform(str(path)).xform).fields)
    except Exception:
        return None


def test_every_real_form_that_pyxform_accepts_is_received_and_the_others_are_told_why(shared_data):
    folder = shared_data("xlsforms")
    with (folder / "index.csv").open() as stream:
        listed = {row["file"] for row in csv.DictReader(stream)}
    received = 0
    for path in sorted(each for each in folder.iterdir() if each.name in listed):
        by_pyxform, ours = fields_by_pyxform(path), received_or_refused(path.read_bytes(), path.name)
        if isinstance(ours, Converted):
            received += 1
            assert by_pyxform in (None, set(XForm.parse(ours.xform).fields)), path.name
        else:
            assert by_pyxform is None, path.name
            assert all(each.code != "other" for each in ours), path.name
            assert any(each.row for each in ours), path.name
    assert received >= 1


WORDS = st.sampled_from(
    ["", "text", "integer", "note", "calculate", "begin_group", "end_group", "begin_repeat", "end_repeat", "range",
     "select_one outcome", "select_one", "select_multiple none or_other", "select_one_from_file x", "geopoint", "audit",
     "image", "a", "a b", "1", "meta", "data", "${a}", "${", "${a", "}", "บ้าน", "if(", "if(${a},1,2)", ". > 1", "'",
     "'x", "pulldata('x','y','z',1)", "search('x')", "start=1 end=0", "rows=x", "yes", "&<>", "%(x)s", "../a"]
)  # fmt: skip
COLUMNS = ("type", "name", "label", "relevant", "calculation", "constraint", "appearance", "parameters", "trigger",
           "default", "required", "choice_filter", "repeat_count", "media::image", "hint")  # fmt: skip


@given(st.lists(st.lists(WORDS, min_size=3, max_size=len(COLUMNS)), min_size=1, max_size=7))
@example([["text", "a", "ก", "", "", "", "", "", "${a}"]])
@example([["", "", "", "", "", "", "", "", "", "yes"]])
def test_whatever_stands_in_the_cells_ends_in_a_form_or_in_sentences(rows):
    ended = received_or_refused(excel(rows, columns=COLUMNS), "any.xlsx")

    if isinstance(ended, Converted):
        assert XForm.parse(ended.xform).fields
    else:
        assert ended
        assert all(each.what % each.params and each.cure % each.params for each in ended)
