"""From the short text of a ready form to the rows of its sheets: parts, scales, measures and indicators written out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mudmai.people.rules.catalogue import catalogue
from mudmai.surveys.rules.scales import measure_rows, measures, picture_name, pictures, scale_rows, scales
from mudmai.surveys.rules.scales.rows import Choices, Row, Rows

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets `survey` and `choices` of an XLSForm."""

    survey: tuple[Row, ...]
    lists: Mapping[str, Choices]

    @property
    def pictures(self) -> dict[str, bytes]:
        """The pictures of the choices, by the name of their file."""
        names = (picture_name(name, code) for name, told in self.lists.items() for code in told)
        return {name: pictures()[name] for name in names if name}


def sheets_of(rows: list[dict[str, Any]], lists: Told, parts: Told) -> Sheets:
    """Everything written out; only the lists that a question names.

    `lists`, and the lists of `parts`: {list: {code: [Thai, English]}}; other lists are those of the catalogue.
    Raises KeyError for a part, scale, measure or list that there is not.
    """
    own = {name: _choices(told) for name, told in {**parts["list"], **lists}.items()}
    survey: list[Row] = []
    for written in _written_out(rows, parts):
        survey.extend(written.survey)
        own |= written.lists
    named = dict.fromkeys(row["type"].split()[1] for row in survey if row["type"].startswith("select_"))
    return Sheets(tuple(survey), {name: own[name] if name in own else _of_catalogue(name) for name in named})


def _written_out(rows: list[dict[str, Any]], parts: Told) -> Iterator[Rows]:
    for row in rows:
        if "use" in row:
            yield from _written_out(parts["part"][row["use"]], parts)
            continue
        way = next((way for key, way in _WAYS.items() if key in row), _plain)
        yield way(row)


def _plain(row: dict[str, Any]) -> Rows:
    """A row as XLSForm has it; a question of the catalogue without a text of its own gets the catalogue's name."""
    told = {column: "yes" if value is True else str(value) for column, value in row.items()}
    attribute = catalogue().attributes.get(told.get("name", ""))
    if attribute is not None and "th" not in told and told["type"] not in ("calculate", "hidden"):
        told |= {"th": attribute.th, "en": attribute.en}
    return Rows([told])


def _scale(row: dict[str, Any]) -> Rows:
    return scale_rows(scales()[row["scale"]], relevant=row.get("relevant", ""))


def _measure(row: dict[str, Any]) -> Rows:
    return measure_rows(measures()[row["measure"]])


def _indicator(row: dict[str, Any]) -> Rows:
    """Questions of one indicator and its result: pass, fail, none (nobody it applies to), or nothing while unknown.

    `asks`: [[name, Thai, English, "no" where a no is good], …]; all good passes, one that is not fails.
    `also`, `fails`: one more condition of either. `when`: to whom it applies; `known`: what must be known to tell.
    """
    when = row.get("when", "")
    rows = Rows()
    passed, failed = _list(row, "also"), _list(row, "fails")
    for name, thai, english, *good in row["asks"]:
        question = {"type": "select_one yes_no_unknown", "name": name, "th": thai, "en": english, "required": "yes"}
        rows.survey.append(question | ({"relevant": when} if when else {}))
        passed.append(f"${{{name}}} = '{'no' if good else 'yes'}'")
        failed.append(f"${{{name}}} = '{'yes' if good else 'no'}'")
    told = " and ".join(passed), " or ".join(failed)
    rows.survey.append(_result(row["indicator"], *told, when, row.get("known", "")))
    return rows


def _judged(row: dict[str, Any]) -> Rows:
    """The result of an indicator by conditions of its own: `passed`, `failed`, `when`, `known`."""
    return Rows([_result(row["judged"], row["passed"], row["failed"], row.get("when", ""), row.get("known", ""))])


def _list(row: dict[str, Any], key: str) -> list[str]:
    return [row[key]] if key in row else []


def _result(name: str, passed: str, failed: str, when: str, known: str) -> Row:
    found = f"if({passed}, 'pass', if({failed}, 'fail', ''))"
    if when:
        found = f"if({when}, {found}, 'none')"
    if known:
        found = f"if({known}, {found}, '')"
    return {"type": "calculate", "name": name, "calculation": found}


_WAYS: dict[str, Callable[[dict[str, Any]], Rows]] = {
    "scale": _scale,
    "measure": _measure,
    "indicator": _indicator,
    "judged": _judged,
}


def _choices(told: Told) -> Choices:
    return {code: (words[0], words[1]) for code, words in told.items()}


def _of_catalogue(name: str) -> Choices:
    return {value.code: (value.th, value.en) for value in catalogue().lists[name].values()}
