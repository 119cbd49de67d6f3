"""What we think the list is, and the person's correction of it, on one screen."""

import re
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mudmai.accounts.rules import SignedInRequest
from mudmai.intake import queries, services, tasks
from mudmai.intake.forms import LayoutForm
from mudmai.intake.models import Upload
from mudmai.intake.rules import layout as why
from mudmai.intake.rules.layout import ColumnUse, Layout, Shape
from mudmai.intake.rules.tables.model import LEFT_OUT, TABLE_REMARKS
from mudmai.intake.rules.words import KINDS_OF_WHY
from mudmai.intake.views.files import next_url
from mudmai.kernel import ids
from mudmai.kernel.errors import DomainError
from mudmai.kernel.text import thai_digits_to_arabic
from mudmai.kernel.workbook.model import REMARKS

SURE = 0.7
_ID_LIKE = re.compile(r"[\s\-–.]")
_OPEN = (Upload.State.MAPPED, Upload.State.PREVIEWED)


@require_http_methods(["GET", "POST"])
def columns(request: SignedInRequest, upload_id: UUID) -> HttpResponse:
    """Show the layout; once sent, compare anew where something was changed."""
    upload = queries.upload_for(request.user, upload_id)
    if upload.state not in _OPEN:
        return redirect(next_url(upload, then="preview"))
    layout = services.layout_of(upload)
    form = LayoutForm(request.POST or None, layout=layout, user=request.user)
    if request.method == "POST" and form.is_valid() and _kept(form, upload, request):
        return redirect(next_url(upload, then="preview"))
    context = {
        "upload": upload,
        "form": form,
        "layout": layout,
        "kind_why": because(layout.kind_why, layout.kind_words),
        "as_of_why": because(layout.as_of_why),
        "area_why": because(layout.area_why),
        "shapes": shapes_of(form, upload),
        "warnings": warnings_of(layout),
        "remembered": queries.all_remembered([shape.signature for shape in layout.shapes if shape.take]),
        "remarks": [_(REMARKS[code]) % params for code, params in upload.contents["remarks"] if code in REMARKS],
        "tables": [table_in_words(table) for table in upload.contents["tables"]],
        "step": 2,
        "crumbs": [
            {"url": reverse("intake:home"), "label": _("Bring in a list")},
            {"url": "", "label": upload.filename},
        ],
    }
    return render(request, "intake/columns.html", context, status=422 if form.errors else 200)


def _kept(form: LayoutForm, upload: Upload, request: SignedInRequest) -> bool:
    """Keep what was corrected and set the comparison on its way; False where it makes no sense, which the form says."""
    if not form.is_changed and upload.state == Upload.State.PREVIEWED:
        return True
    data = form.cleaned_data
    try:
        services.set_mapping(
            upload, by=request.user, mapping=form.mapping, take=form.take, kind=data["kind"], as_of=data["as_of"],
            area_code=data["area_code"], complete=data.get("complete"),
        )  # fmt: skip
    except DomainError as problem:
        if problem.code == "attribute_twice":
            form.mark_twice(str(problem))
        form.add_error(None, str(problem))
        return False
    tasks.preview_upload.enqueue(str(upload.pk), get_language() or "th")
    upload.refresh_from_db()
    return True


def because(code: str, words: list[str] | None = None) -> str:
    """How something was found, in words: "from the title: ทะเบียนราษฎร"."""
    reason = _(KINDS_OF_WHY[code]) if code in KINDS_OF_WHY else ""
    return f"{reason}: {', '.join(words)}" if words and code == why.BY_TITLE else reason


def shapes_of(form: LayoutForm, upload: Upload) -> list[dict[str, Any]]:
    """Each kind of table with its columns, as the screen shows them; those that are taken first."""
    found = []
    for i, shape in enumerate(form.layout.shapes):
        sheets = list(dict.fromkeys(upload.contents["tables"][place]["sheet"] for place in shape.tables))
        shown = [_column(form, i, column) for column in shape.columns]
        found.append(
            {
                "take": form[f"take-{i}"],
                "taken": shape.take,
                "rows": shape.rows,
                "sheets": sheets,
                "columns": shown,
                "unsure": sum(1 for column in shown if column["state"] == "unsure"),
            }
        )
    return sorted(found, key=lambda each: not each["taken"])


def _column(form: LayoutForm, shape: int, column: ColumnUse) -> dict[str, Any]:
    field = form[f"column-{shape}-{column.index}"]
    left = column.attribute in ("", "ignore")
    unsure = not left and column.why in (why.BY_HEADER, why.BY_VALUES) and column.confidence < SURE
    return {
        "header": column.header,
        "samples": [shown_sample(text) for text in column.samples],
        "field": field,
        "state": "unsure" if unsure or field.errors else "skipped" if left else "",
        "why": "" if left or (column.why == why.BY_HEADER and not unsure) else because(column.why),
    }


def shown_sample(text: str) -> str:
    """A value as the screen shows it: what looks like an id number, right or mistyped, is never shown whole."""
    found = ids.citizen_id(text).value
    if found:
        return ids.mask_cid(found)
    digits = _ID_LIKE.sub("", thai_digits_to_arabic(text))
    return f"{digits[:4]}xxxxx{digits[-3:]}" if digits.isdecimal() and 12 <= len(digits) <= 14 else text


def warnings_of(layout: Layout) -> list[tuple[str, str]]:
    """What to look at before going on: [(how urgent, sentence)]."""
    taken = [shape for shape in layout.shapes if shape.take]
    has = {attribute for shape in taken for attribute in shape.mapping}
    warnings = []
    if not taken:
        warnings.append(("bad", _("No table is taken. Choose a column for the name, or for the house.")))
    elif not has & {"cid", "full_name", "given_name"}:
        warnings.append(("warn", _("No column holds a name or an id, so this list can tell only about houses.")))
    elif "cid" not in has:
        sentence = _("No column holds the 13-digit id: people are recognised by name, birth date and address.")
        warnings.append(("", sentence))
    elif not has & {"full_name", "given_name"}:
        warnings.append(("warn", _("No column holds the name: only people whose id is known already are recognised.")))
    if layout.area_why == why.BY_NOTHING or not layout.area_code:
        warnings.append(("warn", _("It is not clear which area the list is about. Choose it below.")))
    if layout.as_of_why == why.BY_TODAY:
        warnings.append(("warn", _("The list does not say of which day it is. Today was taken; correct it if needed.")))
    if any(_unsure_columns(shape) for shape in taken):
        warnings.append(("warn", _("Some columns are not sure. They are marked; look at them first.")))
    return warnings


def _unsure_columns(shape: Shape) -> bool:
    return any(
        column.attribute not in ("", "ignore")
        and column.why in (why.BY_HEADER, why.BY_VALUES)
        and column.confidence < SURE
        for column in shape.columns
    )


def table_in_words(table: dict[str, Any]) -> dict[str, Any]:
    """What was taken of one table and what was left, and why."""
    return {
        "sheet": table["sheet"],
        "rows": table["rows"],
        "titles": table["titles"],
        "left": [(_(LEFT_OUT[code]), count) for code, count in table["left"].items() if code in LEFT_OUT],
        "remarks": [_(TABLE_REMARKS[code]) for code in table["remarks"] if code in TABLE_REMARKS],
    }
