"""The layout of an upload: kept, corrected by a person, remembered for the sender's next list."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from mudmai.access import services as access
from mudmai.intake.models import LayoutMemory, Upload
from mudmai.intake.rules import layout as why
from mudmai.intake.rules.kinds import list_kinds
from mudmai.intake.rules.layout import Layout, Shape
from mudmai.intake.rules.mapping import is_a_list_of_people
from mudmai.intake.services.states import NoList, move
from mudmai.kernel.errors import BadInput
from mudmai.people.rules.catalogue import catalogue
from mudmai.places import queries as places

if TYPE_CHECKING:
    from mudmai.accounts.models import User


class UnknownKind(BadInput):
    code = "unknown_kind"


class UnknownColumn(BadInput):
    code = "unknown_column"


class AttributeTwice(BadInput):
    code = "attribute_twice"


def save_layout(upload: Upload, layout: Layout) -> None:
    move(
        upload, Upload.State.MAPPED, layout=layout.to_json(), kind=layout.kind, as_of=layout.as_of,
        area_code=layout.area_code, summary={},
    )  # fmt: skip
    upload.chunks.all().delete()


def layout_of(upload: Upload) -> Layout:
    return Layout.from_json(upload.layout)


def set_mapping(
    upload: Upload,
    *,
    by: "User | None" = None,
    mapping: dict[str, dict[int, str]] | None = None,
    take: dict[str, bool] | None = None,
    kind: str | None = None,
    as_of: date | None = None,
    area_code: str | None = None,
    complete: bool | None = None,
) -> Layout:
    """Correct the layout by hand; what is None stays. `mapping`: {signature of the shape: {column: attribute or ""}}.

    Raises UnknownKind, UnknownColumn, AttributeTwice, OutsideYourAreas, WrongState.
    """
    layout = layout_of(upload)
    if kind is not None and kind != layout.kind:
        known_kinds = [each.code for each in list_kinds()]
        if kind not in known_kinds:
            kinds = ", ".join(known_kinds)
            raise UnknownKind(
                _("There is no kind of list “%(kind)s”. Known: %(kinds)s") % {"kind": kind, "kinds": kinds}
            )
        layout.kind, layout.kind_why = kind, why.BY_PERSON
    if as_of is not None and as_of != layout.as_of:
        layout.as_of, layout.as_of_why = as_of, why.BY_PERSON
    if area_code is not None and area_code != layout.area_code:
        if area_code:
            places.area(area_code)
        layout.area_code, layout.area_why = area_code, why.BY_PERSON
    if by is not None and layout.area_code:
        access.require(by, "intake.import", layout.area_code)
    layout.complete = layout.complete if complete is None else complete
    for shape in layout.shapes:
        if take is not None and shape.signature in take:
            shape.take = take[shape.signature]
        if mapping is not None and shape.signature in mapping:
            _correct(shape, mapping[shape.signature])
    save_layout(upload, layout)
    return layout


def keep_sheets(upload: Upload, names: Sequence[str]) -> Layout:
    """Take only the tables of these sheets. Raises NoList where none of them holds a list."""
    layout = layout_of(upload)
    tables = upload.contents["tables"]
    for shape in layout.shapes:
        shape.tables = [i for i in shape.tables if tables[i]["sheet"] in names]
        shape.rows = sum(tables[i]["rows"] for i in shape.tables)
        shape.take = shape.take and shape.rows > 0
    if not any(shape.take for shape in layout.shapes):
        known = ", ".join(sorted({table["sheet"] for table in tables}))
        raise NoList(
            _("There is no list on the sheets that were named. Sheets of this file: %(known)s") % {"known": known}
        )
    layout.shapes = [shape for shape in layout.shapes if shape.tables]
    save_layout(upload, layout)
    return layout


def _correct(shape: Shape, wanted: dict[int, str]) -> None:
    columns = {column.index: column for column in shape.columns}
    known = catalogue().attributes.keys() | why.EXTRAS.keys() | {""}
    for index, attribute in wanted.items():
        if index not in columns or attribute not in known:
            raise UnknownColumn(_("There is no such column, or nothing that it could be taken for."))
        column = columns[index]
        if column.attribute != attribute:
            column.attribute, column.confidence, column.why = attribute, 1.0, why.BY_PERSON
    used = Counter(column.attribute for column in shape.columns if column.attribute)
    for attribute, times in used.items():
        if times > 1 and attribute not in ("phone", "ignore", "note"):
            label = catalogue().label(attribute)
            raise AttributeTwice(_("Two columns are taken for “%(name)s”. Choose one.") % {"name": label})
    shape.take = is_a_list_of_people(shape.columns)


def remember(layout: Layout) -> None:
    """Keep how these columns were read, for the sender's next list."""
    for shape in layout.shapes:
        if not shape.take:
            continue
        mapping = {str(column.index): column.attribute for column in shape.columns}
        told = {"mapping": mapping, "kind": layout.kind, "area_code": layout.area_code}
        LayoutMemory.objects.update_or_create(signature=shape.signature, defaults=told)
        LayoutMemory.objects.filter(pk=shape.signature).update(used=F("used") + 1)
