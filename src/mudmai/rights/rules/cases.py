"""Worked examples of the rules, which an official can read and correct; and what the rules make of them now."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mudmai.kernel.dates import PartialDate
from mudmai.kernel.errors import BadInput
from mudmai.kernel.logic import NO, YES
from mudmai.people.rules.catalogue import catalogue
from mudmai.rights.rules.case_words import EXPECTED, GIVEN, WORDS, Word, word_of
from mudmai.rights.rules.crowd import Column, crowd_of
from mudmai.rights.rules.law.inputs import KIND_OF, OF_HOUSE, OF_PERSON
from mudmai.rights.rules.law.reckoning import UNTOLD_DAY, day_of, number
from mudmai.rights.rules.law.variables import KINDS
from mudmai.rights.rules.programmes import FINDINGS, PROGRAMMES, WHAT_CODES, Programme
from mudmai.rights.rules.rows import Row
from mudmai.rights.rules.working import Evaluated, Work

__all__ = [
    "EXPECTED",
    "GIVEN",
    "WORDS",
    "Case",
    "CaseResult",
    "CasesRefused",
    "read_case",
    "run_cases",
    "shipped_cases",
]

FOLDER = Path(__file__).parent / "law" / "cases"
NAME, ON, BASE, CASES, GIVE, EXPECT = "ชื่อ", "ณ วันที่", "พื้นฐาน", "กรณี", "ข้อมูล", "ผลที่ควรได้"
_HERE, _ELSEWHERE = "11111111", "99999999"
_ANSWER = {NO: "no", 0: "unknown", YES: "yes"}
_YES_NO: dict[Any, int] = {True: YES, False: NO, None: 0}
_REGISTERED: dict[Any, str] = {True: _HERE, False: _ELSEWHERE, None: ""}
_STATUSES = ("alive", "dead", "moved", "left")
_FAR = int(np.iinfo(np.int32).max) // 2


class CasesRefused(BadInput):
    """A case says something that cannot be read; the sentence says which, what, and what helps."""

    code = "cases_refused"


@dataclass(frozen=True)
class Case:
    """One worked example: what is given of a person, as of which day, and what should come out."""

    programme: str
    name: str
    on: date
    given: dict[str, Any]  # {code of GIVEN: plain value}; whatever is not given is not known
    expected: dict[str, Any]  # {code of EXPECTED: plain value}


@dataclass(frozen=True)
class CaseResult:
    """What comes out of a case now."""

    case: Case
    got: dict[str, Any]  # everything that a case of the programme may expect
    differences: list[str]  # sentences; none where all came out as expected

    @property
    def ok(self) -> bool:
        return not self.differences


# --- reading ----------------------------------------------------------------------------------------------------------


@cache
def shipped_cases() -> dict[str, tuple[Case, ...]]:
    """The shipped cases by programme, in the order of the file. Raises CasesRefused."""
    return {path.stem: tuple(_read_file(path)) for path in sorted(FOLDER.glob("*.yaml"))}


def _read_file(path: Path) -> Iterable[Case]:
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    base = told.get(BASE) or {}
    for each in told[CASES]:
        given = {**base, **(each.get(GIVE) or {})}
        yield read_case(path.stem, each[NAME], each[ON], given, each[EXPECT])


def read_case(programme: str, name: str, on: Any, given: dict[str, Any], expected: dict[str, Any]) -> Case:
    """A case from what somebody wrote, in Thai words or codes. What is given as "not known" is left out."""
    conditions = {each.code for each in PROGRAMMES[programme].conditions}
    may_expect = {code: word for code, word in EXPECTED.items() if code in conditions or code not in _CONDITIONS}
    try:
        day = date.fromisoformat(GIVEN["birth_date"].read(on))
    except ValueError as error:
        raise CasesRefused(_("“%(name)s”: “%(day)s” is no day.") % {"name": name, "day": on}) from error
    return Case(programme, name, day, _read(name, given, GIVEN), _read(name, expected, may_expect))


_CONDITIONS = frozenset(code for each in PROGRAMMES.values() for code in (one.code for one in each.conditions))
_NOT_KNOWN = ("ไม่ทราบ", "ยังไม่ทราบ", "unknown", None)


def _read(name: str, told: dict[str, Any], words: dict[str, Word]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, raw in told.items():
        try:
            word = word_of(words, str(key))
        except KeyError as error:
            raise CasesRefused(_("“%(name)s”: nothing is called “%(key)s”.") % {"name": name, "key": key}) from error
        if words is GIVEN and raw in _NOT_KNOWN:
            found.pop(word.code, None)
            continue
        try:
            found[word.code] = word.read(raw)
        except (ValueError, TypeError) as error:
            words_of = {"name": name, "key": word.label(get_language() or "th"), "value": raw}
            raise CasesRefused(_("“%(name)s”: “%(value)s” is nothing that “%(key)s” can be.") % words_of) from error
    return found


# --- a person from what is given --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Columns:
    area: Column
    told: dict[str, Column]


@dataclass(frozen=True)
class _Frame:
    """One person, and whoever else lives in the house."""

    on: date
    houses: _Columns
    persons: _Columns
    house: Column
    born_first: Column
    born_last: Column
    status: Column
    registered_area: Column = field(default_factory=lambda: np.array([_HERE], "U8"))


def _frame(case: Case) -> _Frame:
    given = case.given
    others = given.get("others_born", [])
    size = 1 + len(others)
    at_home = given.get("lives_here", True if others or any(code in given for code in OF_HOUSE) else None)
    born = [_days(given.get("birth_date")), *(_days(each) for each in others)]
    persons = {code: _column(code, given.get(code), size) for code in OF_PERSON}
    persons["nationality"][0] = _YES_NO[given.get("thai")]
    if at_home is False:
        persons["presence"][0] = list(catalogue().lists["presence"]).index("absent")
    registered = _REGISTERED[given.get("registered_here")]
    return _Frame(
        on=case.on,
        houses=_Columns(np.array([_HERE], "U8"), {code: _column(code, given.get(code), 1) for code in OF_HOUSE}),
        persons=_Columns(np.full(size, _HERE, "U8"), persons),
        house=np.array([-1 if at_home is None else 0, *([0] * len(others))], np.int32),
        born_first=np.array([first for first, _last in born], np.int32),
        born_last=np.array([last for _first, last in born], np.int32),
        status=np.array([_STATUSES.index(given.get("status", "alive")), *([0] * len(others))], np.int8),
        registered_area=np.array([registered, *([""] * len(others))], "U8"),
    )


def _days(told: str | None) -> tuple[int, int]:
    if told is None:
        return UNTOLD_DAY, UNTOLD_DAY
    found = PartialDate.from_iso(told)
    return number(found.first_day()), number(found.last_day())


def _column(code: str, value: Any, size: int) -> Column:
    """A column in which only the first is told something."""
    _type, kept_as, untold = KINDS[KIND_OF[code]]
    column = np.full(size, untold, kept_as)
    if value is not None:
        column[0] = _PUT[KIND_OF[code]](code, value)
    return column


def _places(code: str) -> list[str]:
    return list(catalogue().lists[catalogue().attributes[code].list])


_PUT: dict[str, Callable[[str, Any], Any]] = {
    "answer": lambda code, value: YES if value else NO,
    "mark": lambda code, value: 1,
    "code": lambda code, value: _places(code).index(value),
    "codes": lambda code, value: sum(1 << _places(code).index(each) for each in value),
    "day": lambda code, value: _days(value)[0],
    "number": lambda code, value: value,
}


# --- what comes out ---------------------------------------------------------------------------------------------------


def run_cases(programme: str, cases: Sequence[Case] | None = None, rows: Iterable[Row] = ()) -> list[CaseResult]:
    """What the rules make of these cases (by default the shipped ones) under rows of the office."""
    chosen = tuple(rows)
    told = shipped_cases().get(programme, ()) if cases is None else cases
    return [_result(case, PROGRAMMES[programme], chosen) for case in told]


def _result(case: Case, programme: Programme, rows: tuple[Row, ...]) -> CaseResult:
    work = Work(crowd_of(_frame(case), (_HERE,)), case.on, rows)
    work.until = _FAR
    got = _got(work.evaluated(programme))
    language = get_language() or "th"
    differences = [
        _("%(what)s: expected %(expected)s, came out %(got)s")
        % {
            "what": EXPECTED[code].label(language),
            "expected": _shown(code, wanted, language),
            "got": _shown(code, got.get(code), language),
        }
        for code, wanted in case.expected.items()
        if not _same(got.get(code), wanted)
    ]
    return CaseResult(case, got, differences)


def _got(found: Evaluated) -> dict[str, Any]:
    next_on = int(found.next_on[0])
    return {
        "entitled": _ANSWER[int(found.entitled[0])],
        "receives": _ANSWER[int(found.receives[0])],
        "finding": FINDINGS[found.finding[0]],
        "amount": float(found.amount[0]),
        "would_be": float(found.would_be[0]),
        "suspended": bool(found.suspended[0]),
        "why": found.whys[found.why[0]] or None,
        "next_on": None if next_on == UNTOLD_DAY else day_of(next_on).isoformat(),
        "next_what": WHAT_CODES[found.next_what[0]] or None,
        **{code: _ANSWER[int(answers[0])] for code, answers in found.conditions.items()},
    }


def _same(got: Any, wanted: Any) -> bool:
    if isinstance(wanted, float) and isinstance(got, float):
        return abs(got - wanted) < 0.005
    return bool(got == wanted)


def _shown(code: str, value: Any, language: str) -> str:
    return "–" if value is None else EXPECTED[code].shown(value, language)
