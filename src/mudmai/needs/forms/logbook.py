"""A file for TPMAP or its Logbook: which layout, where, who; and the layout itself."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mudmai.access.queries import Scope
from mudmai.needs import queries
from mudmai.needs.forms.taking import TakeForm
from mudmai.needs.rules import layouts as rules
from mudmai.needs.rules.layouts import Column
from mudmai.people import queries as people

EXPORT, FULL_ID = "people.export", "people.see_full_id"
BLANKS = 4


class LogbookForm(TakeForm):
    """What goes into the file. The 13-digit id is whole only where the user may see it, and asked for it."""

    layout = forms.ChoiceField(label=_("Layout"))
    area = forms.ChoiceField(label=_("Area"))
    who = forms.ChoiceField(label=_("Who is in it"), widget=forms.RadioSelect)
    field_order = ("layout", "area", "who", "purpose", "format", "full_id")

    def __init__(self, data: Any, *, scope: Scope, layouts: list[Any], area: str, layout: str = "") -> None:
        initial = {"layout": layout or "logbook", "area": area, "who": "either"}
        super().__init__(data, initial=initial)
        choices = {
            "layout": [(each.code, each.title) for each in layouts],
            "area": people.area_choices(scope, EXPORT, area),
            "who": queries.who_choices(),
        }
        for name, options in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = options
        if scope.prefixes_for(FULL_ID):
            self.fields["full_id"] = forms.BooleanField(
                label=_("The whole 13-digit id, where I may see it (each use is logged)"), required=False
            )


class LayoutRows:
    """The table in which a layout is changed: a line a column, and some blank ones; nothing typed is ever lost."""

    def __init__(self, columns: list[Column], data: Any = None) -> None:
        self.language = get_language() or "th"
        self.columns = columns if data is None else self._typed(data)

    @staticmethod
    def _typed(data: Any) -> list[Column]:
        """What was typed, in the order of the numbers; lines without words and choice are gone."""
        lines = []
        for number in range(rules.MOST_COLUMNS + BLANKS):
            header, code = str(data.get(f"header-{number}", "")), str(data.get(f"code-{number}", ""))
            if header.strip() or code:
                order = str(data.get(f"order-{number}", ""))
                lines.append(
                    (int(order) if order.isdecimal() else number + 1, number, {"header": header, "code": code})
                )
        return rules.read([line for _order, _number, line in sorted(lines, key=lambda each: each[:2])])

    def lines(self) -> list[dict[str, Any]]:
        """For the page: number, words, and what the column holds."""
        blank = [Column("", "")] * min(BLANKS, rules.MOST_COLUMNS + BLANKS - len(self.columns))
        return [
            {"number": number, "order": number + 1, "header": column.header, "code": column.code}
            for number, column in enumerate([*self.columns, *blank])
        ]

    def choices(self) -> list[tuple[str, str]]:
        return [(each.code, each.label(self.language)) for each in rules.known_columns().values()]
