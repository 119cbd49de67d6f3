"""Reads a set of indicators from its body, and says in sentences what is wrong with it and how to mend it."""

import tomllib
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from mudmai.needs.rules.conditions import Condition, Known, known_facts, read
from mudmai.needs.rules.sets.dated import CONFIDENCES, day_of, number_of
from mudmai.needs.rules.sets.model import Indicator, IndicatorSet, Number, Rule

MOST_INDICATORS = 120  # as many letters as are kept of a household
RESULTS = "indicator_result"
DIMENSIONS = ("health", "living", "education", "income", "access")
_UNITS = ("person", "household")
_WORDS = (
    "th", "en", "source", "confidence", "reviewed", "note_th", "note_en", "dimensions_confidence", "dimensions_source",
)  # fmt: skip

_ALL_WORDS = frozenset(
    {
        "code", "valid_from", "valid_to", "offered", "indicator", "numbers", "dimensions", "targets", "based_on",
        "leave_out", *_WORDS,
    }
)  # fmt: skip


class Checked(NamedTuple):
    """What came of reading a set: the set where nothing is wrong, else the sentences."""

    set: IndicatorSet | None
    faults: list[str]


def check(body: object, *, known: Known | None = None, bases: Mapping[str, Mapping[str, Any]] | None = None) -> Checked:
    """Read a set from TOML text, or from the table that such a text holds; nothing wrong is passed over in silence.

    `bases` {code: body}: the sets that `based_on` may name.
    """
    if isinstance(body, str):
        try:
            body = tomllib.loads(body)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            return Checked(None, [_("The file cannot be read as TOML: %(what)s.") % {"what": error}])
    if not isinstance(body, Mapping):
        return Checked(None, [_("A set of indicators is a table with code, th, valid_from and indicator.")])
    faults: list[str] = []
    whole = _on_its_base(body, bases or {}, faults)
    found = _Reader(whole, known or known_facts(), faults).whole()
    return Checked(None if faults else found, faults)


def whole(body: object, bases: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """A body with all that it takes from its base; empty where it cannot be read."""
    try:
        table = tomllib.loads(body) if isinstance(body, str) else body
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    return dict(_on_its_base(table, bases, [])) if isinstance(table, Mapping) else {}


def _on_its_base(
    body: Mapping[str, Any], bases: Mapping[str, Mapping[str, Any]], faults: list[str]
) -> Mapping[str, Any]:
    """The body laid over the set that it is based on: what has the same name or number is replaced."""
    name = body.get("based_on")
    if name is None:
        return body
    if not isinstance(name, str) or name not in bases:
        slots = {"name": name, "names": ", ".join(bases) or "–"}
        faults.append(_("There is no set “%(name)s” to be based on. There are: %(names)s.") % slots)
        return body
    whole = deepcopy(dict(bases[name]))
    if "valid_from" in body:
        # Its years are its own, and so is what is said of them.
        for word in ("valid_to", "note_th", "note_en"):
            whole.pop(word, None)
    if not _is_shaped(body):
        faults.append(_("[numbers] and [dimensions] are tables; indicator and leave_out are lists."))
        return whole
    left_out = set(map(str, body.get("leave_out", [])))
    own = {str(each.get("no")): each for each in body.get("indicator", []) if isinstance(each, Mapping)}
    kept = [own.pop(str(each["no"]), each) for each in whole["indicator"] if str(each["no"]) not in left_out]
    whole["indicator"] = kept + list(own.values())
    for part in ("numbers", "dimensions"):
        whole[part] = {**whole.get(part, {}), **body.get(part, {})}
    if left_out:
        whole["dimensions"] = {
            code: [no for no in numbers if str(no) not in left_out] for code, numbers in whole["dimensions"].items()
        }
    rest = {
        key: value
        for key, value in body.items()
        if key not in ("indicator", "numbers", "dimensions", "leave_out", "based_on")
    }
    return {**whole, **rest}


def _is_shaped(body: Mapping[str, Any]) -> bool:
    tables = all(isinstance(body.get(part, {}), Mapping) for part in ("numbers", "dimensions"))
    return tables and all(isinstance(body.get(part, []), list) for part in ("indicator", "leave_out"))


class _Reader:
    def __init__(self, body: Mapping[str, Any], known: Known, faults: list[str]) -> None:
        self.body, self.faults = body, faults
        self.numbers = self._numbers()
        self.known = known.with_numbers(self.numbers.keys())

    def whole(self) -> IndicatorSet | None:
        body = self.body
        for word in body.keys() - _ALL_WORDS:
            self.faults.append(
                _("“%(word)s” means nothing in a set. Correct its spelling, or leave it out.") % {"word": word}
            )
        first, last = day_of(body.get("valid_from")), day_of(body.get("valid_to"))
        if not body.get("code") or not body.get("th"):
            self.faults.append(_("The set needs a code and a Thai name: code = …, th = …."))
        if first is None or (body.get("valid_to") is not None and last is None):
            self.faults.append(_("The set needs the day from which it holds: valid_from = 2017-01-01."))
        if first and last and last < first:
            self.faults.append(_("The set ends before it begins. Swap valid_from and valid_to."))
        if str(body.get("confidence", "K")) not in CONFIDENCES:
            self.faults.append(_("Confidence is A (read in an official page), B, C or K (a guess)."))
        indicators = self._indicators()
        dimensions = self._dimensions({indicator.no for indicator in indicators})
        if self.faults or first is None:
            return None
        return IndicatorSet(
            code=str(body["code"]),
            valid_from=first,
            valid_to=last,
            indicators=tuple(indicators),
            numbers=self.numbers,
            dimensions=dimensions,
            offered=bool(body.get("offered", True)),
            **{word: str(body.get(word, "")) for word in _WORDS},
        )

    def _numbers(self) -> dict[str, Number]:
        tables = self.body.get("numbers", {})
        if not isinstance(tables, Mapping):
            self.faults.append(_("[numbers] is a table of dated numbers."))
            return {}
        found = {code: number_of(code, table, self.faults) for code, table in tables.items()}
        return {code: number for code, number in found.items() if number is not None}

    def _indicators(self) -> list[Indicator]:
        tables = self.body.get("indicator")
        if not isinstance(tables, list) or not tables:
            self.faults.append(_("The set has no indicators. Write one [[indicator]] for each."))
            return []
        if len(tables) > MOST_INDICATORS:
            slots = {"n": len(tables), "most": MOST_INDICATORS}
            self.faults.append(
                _("A set holds %(most)d indicators at most; this one has %(n)d. Make two sets of it.") % slots
            )
            return []
        found, seen = [], set()
        for place, table in enumerate(tables, 1):
            if not isinstance(table, Mapping) or not str(table.get("no", "")).strip():
                self.faults.append(_('Indicator in place %(place)d has no number: no = "…".') % {"place": place})
                continue
            no = str(table["no"])
            if no in seen:
                self.faults.append(
                    _("Indicator %(no)s stands in the set twice. Give one of them another number.") % {"no": no}
                )
            seen.add(no)
            found.append(self._indicator(no, table))
        return found

    def _indicator(self, no: str, table: Mapping[str, Any]) -> Indicator:
        where = _("Indicator %(no)s") % {"no": no}
        unit = str(table.get("unit", ""))
        if not table.get("th"):
            self.faults.append(f"{where}: " + _("it has no Thai name: th = …."))
        if unit not in _UNITS:
            self.faults.append(f"{where}: " + _("unit is “person” or “household”."))
            unit = "household"
        applies = None
        for word in ("applies", "applies_at_most"):
            if word in table:
                applies = self._condition(table[word], unit, where)
        return Indicator(
            no=no,
            unit=unit,
            told=self._told(str(table.get("told", "")), unit, where),
            applies=applies,
            applies_wholly="applies_at_most" not in table,
            rules=self._rules(table.get("rules", []), unit, where),
            **{word: str(table.get(word, "")) for word in ("th", "en", "passes_th", "passes_en", "note_th", "note_en")},
            confidence=str(table.get("confidence", self.body.get("confidence", ""))),
        )

    def _told(self, code: str, unit: str, where: str) -> str:
        if not code:
            return ""
        about = self.known.facts.get(code)
        if about is None:
            self.faults.append(
                f"{where}: "
                + _("there is no fact “%(code)s” in the catalogue that could tell its result.") % {"code": code}
            )
        elif about.list != RESULTS or about.kind != "code":
            self.faults.append(
                f"{where}: "
                + _("“%(code)s” does not hold passed, failed or none. Write it as a rule instead.") % {"code": code}
            )
        elif about.applies != unit:
            slots = {"code": code, "told": about.applies, "unit": unit}
            self.faults.append(
                f"{where}: "
                + _("“%(code)s” is told of a %(told)s, the indicator of a %(unit)s. Make them alike.") % slots
            )
        return code

    def _rules(self, tables: Any, unit: str, where: str) -> tuple[Rule, ...]:
        if isinstance(tables, list):
            return tuple(self._rule(each, unit, where) for each in tables)
        self.faults.append(f"{where}: " + _("rules is a list: rules = [{ pass = {…} }]."))
        return ()

    def _rule(self, table: Any, unit: str, where: str) -> Rule:
        if not isinstance(table, Mapping) or not {"pass", "fail"} & table.keys():
            self.faults.append(
                f"{where}: " + _("a rule says when it is passed, or failed: { pass = {…} } or { fail = {…} }.")
            )
            return Rule(None, None)
        for word in table.keys() - {"pass", "fail", "th", "en"}:
            self.faults.append(f"{where}: " + _("“%(word)s” does not belong in a rule.") % {"word": word})
        parts = {word: self._condition(table[word], unit, where) for word in ("pass", "fail") if word in table}
        return Rule(parts.get("pass"), parts.get("fail"), str(table.get("th", "")), str(table.get("en", "")))

    def _condition(self, table: Any, unit: str, where: str) -> Condition | None:
        found, faults = read(table, unit, known=self.known, where=where)
        self.faults += faults
        return found

    def _dimensions(self, numbers: set[str]) -> dict[str, tuple[str, ...]]:
        found = {}
        tables = self.body.get("dimensions", {})
        for code, listed in tables.items() if isinstance(tables, Mapping) else ():
            if code not in DIMENSIONS:
                slots = {"code": code, "codes": ", ".join(DIMENSIONS)}
                self.faults.append(_("There is no dimension “%(code)s”. There are: %(codes)s.") % slots)
                continue
            listed = [str(no) for no in listed]
            for no in listed:
                if no not in numbers:
                    self.faults.append(
                        _("Dimension “%(code)s” names indicator %(no)s, which the set does not have.")
                        % {"code": code, "no": no}
                    )
            found[code] = tuple(listed)
        return found
