"""Gives each column of a table what it is taken for: the best pairs of column and attribute first."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mudmai.intake.rules.layout import BY_HEADER, BY_VALUES, ColumnUse
from mudmai.intake.rules.mapping.headings import candidates, header_key
from mudmai.intake.rules.mapping.samples import BY_VALUES_ALONE, LEAST_SHARE_FOR_VALUES_ALONE, fit
from mudmai.kernel.text import cell_text

LEAST_CONFIDENCE = 0.42
_SHOWN_SAMPLES = 3
_SHOWN_LENGTH = 60
# May stand in more than one column; all others in the best one only.
_SEVERAL = frozenset(["phone", "ignore", "note"])
_NAME_PARTS = frozenset(["given_name", "family_name"])
_HEAD_WORDS = ("หัวหน้า", "เจ้าบ้าน")


class _Pair(NamedTuple):
    score: float
    column: int
    attribute: str
    why: str


def columns_of(headers: Mapping[int, str], values: Mapping[int, Sequence[object]]) -> list[ColumnUse]:
    """What each column is taken for. `values` are samples of the cells below."""
    columns = {
        index: ColumnUse(index, header, samples=_shown(values.get(index, ()))) for index, header in headers.items()
    }
    pairs = [pair for index, header in headers.items() for pair in _pairs(index, header, values.get(index, ()))]
    pairs.sort(key=lambda pair: (-pair.score, pair.column))
    taken: set[str] = set()
    for pair in pairs:
        column = columns[pair.column]
        if column.why or pair.score < LEAST_CONFIDENCE or (pair.attribute in taken and pair.attribute not in _SEVERAL):
            continue
        column.attribute, column.confidence, column.why = pair.attribute, round(min(pair.score, 1.0), 2), pair.why
        taken.add(pair.attribute)
    found = list(columns.values())
    _settle(found)
    return found


def _pairs(index: int, header: str, values: Sequence[object]) -> list[_Pair]:
    named = candidates(header)
    found = []
    for attribute, likeness in named.items():
        fits = 1.0 if attribute == "ignore" else fit(attribute, values)
        score = likeness * 0.9 if fits is None else likeness * (0.3 + 0.7 * fits)
        found.append(_Pair(score, index, attribute, BY_HEADER))
    if max(named.values(), default=0.0) < 0.6 and "ignore" not in named:
        for attribute, trust in BY_VALUES_ALONE.items():
            fits = fit(attribute, values)
            if fits is not None and fits >= LEAST_SHARE_FOR_VALUES_ALONE:
                found.append(_Pair(trust * fits, index, attribute, BY_VALUES))
    return found


def _settle(columns: list[ColumnUse]) -> None:
    """What columns mean beside each other."""
    by_attribute = {column.attribute: column for column in columns if column.attribute}
    if by_attribute.keys() >= _NAME_PARTS and "full_name" in by_attribute:
        _drop(by_attribute["full_name"])  # the head's name beside the person's own
    elif "full_name" in by_attribute and "given_name" in by_attribute:
        _drop(min(by_attribute["full_name"], by_attribute["given_name"], key=lambda column: column.confidence))
    if "birth_date" in by_attribute:
        for part in ("birth_day", "birth_month", "birth_year"):
            if part in by_attribute:
                _drop(by_attribute[part])
    _settle_caregiver(columns)


def _settle_caregiver(columns: list[ColumnUse]) -> None:
    """A phone or a relation behind the caregiver's name is the caregiver's, unless it says otherwise."""
    behind = False
    for column in sorted(columns, key=lambda column: column.index):
        if column.attribute == "caregiver_name":
            behind = True
        elif behind and column.attribute == "phone" and not _says_own(column.header):
            column.attribute, column.confidence = "caregiver_phone", 0.7
        elif behind and column.attribute == "relation_to_head" and "หัวหน้า" not in column.header:
            _drop(column)
        elif column.attribute not in ("ignore", ""):
            behind = False
    carers = [column for column in columns if column.attribute == "caregiver_phone"]
    for extra in sorted(carers, key=lambda column: -column.confidence)[1:]:
        _drop(extra)


def _says_own(header: str) -> bool:
    return any(word in header for word in ("ผู้ป่วย", "คนพิการ", "ผู้พิการ", "ผู้สูงอายุ", "ตนเอง"))


def _drop(column: ColumnUse) -> None:
    column.attribute, column.confidence, column.why = "", 0.0, ""


def names_the_head(header: str) -> bool:
    """Whether a column of names holds heads of households."""
    return any(word in header_key(header) for word in _HEAD_WORDS)


def is_a_list_of_people(columns: Sequence[ColumnUse]) -> bool:
    """Whether rows of such a table can be persons or houses at all."""
    found = {column.attribute for column in columns}
    named = bool(found & {"full_name", "given_name", "cid"})
    placed = bool(found & {"house_no", "house_code", "address"}) and bool(found & {"lat", "point", "house_condition"})
    return named or placed


def _shown(values: Sequence[object]) -> list[str]:
    texts = dict.fromkeys(cell_text(value)[:_SHOWN_LENGTH] for value in values)
    return [text for text in texts if text][:_SHOWN_SAMPLES]
