"""The answer of “what if” in words: totals, villages, years, a chart, rows of a file. Counts of few are hidden."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from mudmai.people.queries import area_names
from mudmai.rights.queries.whatif import Ahead, Answer, Both
from mudmai.rights.rules.charts import Columns, columns
from mudmai.rights.rules.parameters import shipped
from mudmai.rights.rules.rows import Value, value_on
from mudmai.rights.rules.whatif import FEWEST, Figures, hidden_cells
from mudmai.rights.views.words import figures_in_words, rounded, value_in_words

Cell = str | int | float | None
# What is shown in place of a count of few.
FEW = f"<{FEWEST}"


def answer_in_words(found: Answer, changes: Mapping[str, Value], few: bool, language: str) -> dict[str, Any]:
    """Everything that the page shows of an answer."""
    return {
        "asked": found.asked,
        "on": found.on,
        "changes": [_change(name, value, found, language) for name, value in changes.items()],
        "now": [_now(each.programme, each.figures, few, language) for each in found.now],
        "villages": _villages(found, few, language) if len(found.places) > 1 else [],
        "years": _years(found, few, language),
        "too_many_ahead": found.too_many_ahead,
        "birth_years": found.birth_years,
        "born": found.born,
        "own_areas": found.own_areas,
        "few": few,
    }


def _change(name: str, value: Value, found: Answer, language: str) -> dict[str, str]:
    parameter = shipped()[name]
    return {
        "label": parameter.label(language),
        "now": value_in_words(parameter, value_on(parameter, found.rows, found.on)),
        "then": value_in_words(parameter, value),
    }


def _now(programme: Any, both: Both, few: bool, language: str) -> dict[str, Any]:
    sides = (both.before, both.after)
    hidden = not few and any(is_few(each.total("people")) for each in sides)
    unknown = few or not any(is_few(each.total("unknown_people")) for each in sides)
    before, after = (figures_in_words(each, programme.kind, with_unknown=unknown) for each in sides)
    return {
        "label": programme.label(language),
        "before": FEW if hidden else before,
        "after": FEW if hidden else after,
        "more": FEW if hidden else figures_in_words(both.more, programme.kind, signed=True, with_unknown=unknown),
        "hidden": hidden,
    }


def is_few(count: float) -> bool:
    """Whether a count is of 1 to 4: it would tell of single people.

    >>> [is_few(count) for count in (0, 1, 4, 5)]
    [False, True, True, False]
    """
    return 0 < round(count) < FEWEST


def _villages(found: Answer, few: bool, language: str) -> list[dict[str, Any]]:
    """A table of villages for each programme."""
    names = area_names(found.places)
    return [
        {
            "label": each.programme.label(language),
            "unit": figures_in_words(each.figures.before, each.programme.kind)["unit"],
            "rows": [
                {"name": names.get(place) or place, "hidden": hidden} | _line(each.figures, at)
                for at, (place, hidden) in enumerate(zip(found.places, hidden_places(each.figures, few), strict=True))
            ],
        }
        for each in found.now
    ]


def hidden_places(both: Both, few: bool) -> list[bool]:
    """Which villages are not shown to those who may not see the people: a count of few, now or then, or its change."""
    if few:
        return [False] * len(both.before.people)
    columns_of = [both.before.people, both.after.people, abs(both.more.people)]
    hidden = [hidden_cells(column.tolist()) for column in columns_of]
    return [any(each) for each in zip(*hidden, strict=True)]


def _line(both: Both, at: int) -> dict[str, str]:
    return {
        "people_before": rounded(both.before.people[at]),
        "people_after": rounded(both.after.people[at]),
        "people_more": rounded(both.more.people[at], signed=True),
        "baht_before": rounded(both.before.baht[at]),
        "baht_after": rounded(both.after.baht[at]),
        "baht_more": rounded(both.more.baht[at], signed=True),
    }


def _years(found: Answer, few: bool, language: str) -> list[dict[str, Any]]:
    """A chart and a table of fiscal years for each programme that is paid monthly."""
    by_programme: dict[str, list[Ahead]] = {}
    for each in found.years:
        by_programme.setdefault(each.programme.code, []).append(each)
    return [_ahead(lines, few, language) for lines in by_programme.values()]


def _ahead(lines: Sequence[Ahead], few: bool, language: str) -> dict[str, Any]:
    hidden = not few and any(
        is_few(each.total("people")) for line in lines for each in (line.likely.before, line.likely.after)
    )
    totals = [(line, _sum(line.likely.before), _sum(line.likely.after), _sum(line.at_most.after)) for line in lines]
    return {
        "label": lines[0].programme.label(language),
        "hidden": hidden,
        "chart": None if hidden else _chart(totals),
        "rows": [
            {
                "year": line.year,
                "people_before": rounded(before["people"]),
                "people_after": rounded(after["people"]),
                "baht_before": rounded(before["baht"]),
                "baht_after": rounded(after["baht"]),
                "baht_more": rounded(after["baht"] - before["baht"], signed=True),
                "at_most": rounded(most["baht"]),
                "unknown": rounded(after["unknown_baht"]) if after["unknown_baht"] >= 0.5 else "",
            }
            for line, before, after, most in totals
        ],
        "total": {
            "before": rounded(sum(before["baht"] for _line, before, _after, _most in totals)),
            "after": rounded(sum(after["baht"] for _line, _before, after, _most in totals)),
            "more": rounded(sum(after["baht"] - before["baht"] for _line, before, after, _most in totals), signed=True),
            "at_most": rounded(sum(most["baht"] for _line, _before, _after, most in totals)),
        },
        "has_unknown": any(after["unknown_baht"] >= 0.5 for _line, _before, after, _most in totals)
        and (few or not any(is_few(after["unknown_people"]) for _line, _before, after, _most in totals)),
    }


def _sum(figures: Figures) -> dict[str, float]:
    return {name: figures.total(name) for name in ("people", "baht", "unknown_people", "unknown_baht")}


def _chart(totals: Sequence[tuple[Ahead, Any, Any, Any]]) -> Columns:
    """Baht of each fiscal year in thousands."""
    return columns(
        [str(line.year) for line, *_sums in totals],
        [before["baht"] / 1000 for _line, before, _after, _most in totals],
        [after["baht"] / 1000 for _line, _before, after, _most in totals],
        [most["baht"] / 1000 for _line, _before, _after, most in totals],
    )


def rows_of_file(found: Answer, few: bool, language: str) -> tuple[list[str], Iterator[list[Cell]]]:
    """The header and the rows of a file: villages today, then villages in each fiscal year."""
    header = [
        _("Rule"), _("When"), _("Area code"), _("Area"), _("People now"), _("People then"), _("Baht now"),
        _("Baht then"), _("Baht, difference"), _("Not known then: people"), _("Not known then: baht at most"),
    ]  # fmt: skip
    return header, _rows_of_file(found, few, language)


def _rows_of_file(found: Answer, few: bool, language: str) -> Iterator[list[Cell]]:
    names = area_names(found.places)
    today = _("today, %(unit)s")
    parts: list[tuple[Any, str, Both]] = [
        (
            each.programme,
            today % {"unit": figures_in_words(each.figures.before, each.programme.kind)["unit"]},
            each.figures,
        )
        for each in found.now
    ]
    parts += [
        (each.programme, _("fiscal year %(year)s, baht a year") % {"year": each.year}, each.likely)
        for each in found.years
    ]
    for programme, when, both in parts:
        hidden = hidden_places(both, few)
        for at, place in enumerate(found.places):
            figures: list[Cell] = [FEW] * 7 if hidden[at] else _figures(both, at)
            if not few and is_few(both.after.unknown_people[at]):
                figures[-2:] = [FEW, FEW]
            yield [programme.label(language), when, place, names.get(place) or place, *figures]


def _figures(both: Both, at: int) -> list[Cell]:
    return [
        round(float(number[at]))
        for number in (
            both.before.people, both.after.people, both.before.baht, both.after.baht, both.more.baht,
            both.after.unknown_people, both.after.unknown_baht,
        )
    ]  # fmt: skip
