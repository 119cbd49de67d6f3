"""What is guarded stands on the person's own page only: in no list, no file, no form, and on no phone."""

import pytest

from mudmai.access.rules import ROLES, SENSITIVE
from mudmai.intake.forms import attribute_choices
from mudmai.intake.rules.mapping.headings import candidates
from mudmai.pages.forms.exports import columns_of
from mudmai.pages.rules.exports import HOUSEHOLDS, PERSONS
from mudmai.people import queries as people
from mudmai.people.rules.catalogue import catalogue, fillable_by_forms, indexed_attributes
from mudmai.surveys.rules.columns import columns_for

GUARDED = sorted(code for code, each in catalogue().attributes.items() if each.is_guarded)
EVERY_CLASS = frozenset(str(each.data_class) for each in catalogue().attributes.values())


def test_the_diagnosis_and_the_allowance_are_guarded() -> None:
    assert GUARDED == ["aids_allowance", "aids_diagnosed"]
    assert "guarded" in SENSITIVE


def test_only_the_case_manager_sees_what_is_guarded() -> None:
    assert [role.code for role in ROLES.values() if "guarded" in role.classes] == ["case_manager"]


@pytest.mark.parametrize("code", GUARDED)
def test_no_list_can_be_brought_in_with_it(code: str) -> None:
    offered = {value for _group, choices in attribute_choices("th")[1:] for value, _label in choices}
    assert "diagnosis" in offered
    assert code not in offered
    label = catalogue().attributes[code].th
    assert code not in candidates(label)
    assert code not in candidates(code)


@pytest.mark.parametrize("code", GUARDED)
def test_no_file_and_no_list_can_show_it(code: str) -> None:
    assert code not in columns_of(PERSONS)
    assert code not in columns_of(HOUSEHOLDS)
    assert code not in indexed_attributes()
    assert code not in {attribute for attribute, *_rest in people.FACT_FILTERS.values()}


@pytest.mark.parametrize("code", GUARDED)
def test_no_form_asks_it_and_no_phone_holds_it(code: str) -> None:
    assert code not in fillable_by_forms("person")
    columns = columns_for(frozenset([code, "diagnosis"]), EVERY_CLASS)
    assert "diagnosis" in columns.person
    assert code not in columns.person
