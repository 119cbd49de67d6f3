"""The preview: every row read, compared with the registry, and staged. Nothing is written to the registry."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _

from mudmai.access.queries import scope_for
from mudmai.intake.models import Upload
from mudmai.intake.queries.staged import Staged
from mudmai.intake.rules.layout import Layout
from mudmai.intake.rules.reading import Draft, RowReader, Setting, spread_columns
from mudmai.intake.rules.surroundings import place_of
from mudmai.intake.services.comparing import Comparison, compare
from mudmai.intake.services.files import Contents, contents_of, forget_contents
from mudmai.intake.services.guessing import locate
from mudmai.intake.services.layouts import layout_of
from mudmai.intake.services.members import who_came_and_left
from mudmai.intake.services.staging import forget_rows, write_chunks
from mudmai.intake.services.states import NoArea, Teller, fail, move
from mudmai.kernel import clock, dates, uuid7
from mudmai.kernel.memory import without_collector
from mudmai.kernel.workbook import UnreadableFile
from mudmai.linkage import services as linkage
from mudmai.linkage.services import Subject
from mudmai.people import queries as people
from mudmai.people.rules.catalogue import catalogue

MANY_IN_HOUSE = 50
_SHOWN_REMARKS = 12
Listener = Callable[[str, int, int], None]
_STEP = 2000
_LINKAGE_STEPS = 4


def preview(upload: Upload, *, listener: Listener | None = None) -> Upload:
    """Read all rows, find who they are, and stage what would become of them.

    Raises WrongState, NoArea, Cancelled; then, and where the process stops, the upload is as it was before.
    """
    move(upload, Upload.State.PREVIEWING, cancel_asked=False, error="", summary={})
    try:
        with without_collector():
            fields = stage(upload, Teller(upload, listener))
    except UnreadableFile as problem:
        fail(upload, _(problem.sentence) % problem.params)
    except NoArea as problem:
        move(upload, Upload.State.MAPPED, error=str(problem), phase="")
        raise
    except BaseException:
        # Stopped by a person, by a signal or by trouble: the preview can be begun anew.
        with suppress(DatabaseError):
            Upload.objects.filter(pk=upload.pk).update(state=Upload.State.MAPPED, phase="", cancel_asked=False)
        raise
    else:
        move(upload, Upload.State.PREVIEWED, phase="", **fields)
    return upload


def stage(upload: Upload, teller: Teller) -> dict[str, Any]:
    """Write the staged rows; returns what the upload is to keep about them."""
    layout = layout_of(upload)
    stamp = people.stamp()
    twin = twin_of(upload)
    if twin is not None:
        forget_rows(upload)
        return {"summary": _summary_of_twin(twin), "stamp": stamp}
    drafts, remarks = _read_rows(upload, layout, teller)
    if drafts and all(draft.fatal == "row_no_area" for draft in drafts):
        raise NoArea(
            _("It is not clear which area this list is about. Choose the area (on the command line: --area CODE).")
        )
    rows, left, summary = _staged(layout, drafts, teller)
    write_chunks(upload, rows, left)
    summary["remarks"] = [*remarks, *summary["remarks"]][:_SHOWN_REMARKS]
    return {"summary": summary, "stamp": stamp}


def _read_rows(upload: Upload, layout: Layout, teller: Teller) -> tuple[list[Draft], list[list[Any]]]:
    """The drafts and what is to be said about the list; lets go of the file, which weighs as much as its rows."""
    contents = contents_of(upload)
    drafts = _drafts(upload, layout, contents, teller)
    remarks = _remarks(contents, layout, drafts)
    forget_contents()
    return drafts, remarks


def twin_of(upload: Upload) -> Upload | None:
    """The upload through which the very same file was imported, read the same way, and which still stands."""
    same = Upload.objects.filter(
        fingerprint=upload.fingerprint, state=Upload.State.DONE, batch__withdrawn=False, kind=upload.kind,
        as_of=upload.as_of, area_code=upload.area_code,
    )  # fmt: skip
    own = _reading_of(upload)
    return next((other for other in same.exclude(pk=upload.pk).order_by("-made_at") if _reading_of(other) == own), None)


def _reading_of(upload: Upload) -> list[Any]:
    shapes = layout_of(upload).shapes
    return [(shape.signature, shape.take, sorted(shape.mapping.items())) for shape in shapes]


def _summary_of_twin(twin: Upload) -> dict[str, Any]:
    assert twin.batch is not None
    day = dates.format_thai_date(twin.batch.made_at.astimezone(clock.BANGKOK).date())
    rows = twin.summary.get("rows", 0)
    return {
        "rows": rows,
        "outcomes": {"same": rows},
        "twin": str(twin.batch.pk),
        "remarks": [["already_imported", {"day": day, "batch": str(twin.batch.pk)}]],
    }


def _drafts(upload: Upload, layout: Layout, contents: Contents, teller: Teller) -> list[Draft]:
    setting = Setting(catalogue().kinds[layout.kind], layout.as_of, clock.today(), locate, layout.area_code)
    taken = [shape for shape in layout.shapes if shape.take]
    total = sum(shape.rows for shape in taken)
    teller.phase("parsing", total)
    drafts: list[Draft] = []
    for shape in taken:
        reader = RowReader(shape, setting)
        for i in shape.tables:
            table = contents.tables[i]
            place = place_of([*table.titles, table.sheet])
            spread = spread_columns(table.rows, shape.mapping)
            if spread:
                drafts += reader.read(table.rows, i, place, spread)
                teller(len(drafts), total)
                continue
            for start in range(0, len(table.rows), _STEP):
                drafts += reader.read(table.rows[start : start + _STEP], i, place)
                teller(len(drafts), total)
    drafts.sort(key=lambda draft: (draft.table, draft.number))
    for draft, key in zip(drafts, uuid7.many(len(drafts)), strict=True):
        draft.id = key.hex
    _keep_to_the_senders_areas(upload, drafts)
    return drafts


def _keep_to_the_senders_areas(upload: Upload, drafts: Sequence[Draft]) -> None:
    """Rows about places outside the sender's areas cannot be imported by her."""
    if upload.by is None:
        return
    prefixes = scope_for(upload.by).prefixes_for("intake.import")
    for draft in drafts:
        if not draft.fatal and not draft.area.startswith(prefixes):
            draft.fatal = "row_outside_area"
            draft.problems.append((-1, "row_outside_area"))


def _staged(
    layout: Layout, drafts: Sequence[Draft], teller: Teller
) -> tuple[list[Staged], list[Staged], dict[str, Any]]:
    """What becomes of each row, what follows for those who left the list, and the numbers."""
    teller.phase("linking", _LINKAGE_STEPS)
    matches = linkage.link([subject_of(draft) for draft in drafts if is_person(draft)], progress=teller)
    teller.phase("comparing", len(drafts))
    comparison = compare(layout, drafts, matches, teller, complete=catalogue().kinds[layout.kind].complete)
    members = who_came_and_left(layout, comparison)
    summary = _summary(drafts, comparison) | members.numbers
    summary["remarks"] = [*([["nothing_new", {}]] if comparison.standing else []), *members.remarks]
    return comparison.rows, members.rows, summary


def is_person(draft: Draft) -> bool:
    return not draft.fatal and draft.about != "household"


def subject_of(draft: Draft) -> Subject:
    said = draft.said
    phone = said.get("phone")
    return Subject(
        key=draft.id,
        cid=draft.cid or draft.cid_told,
        title=said.get("title", ""),
        given=said.get("given_name", ""),
        family=said.get("family_name", ""),
        sex=said.get("sex", ""),
        birth_date=said.get("birth_date", ""),
        phone=phone[0] if isinstance(phone, list) and phone else "",
        area=draft.area,
        house_no=draft.house_no,
        household_key=draft.household_key,
    )


def _summary(drafts: Sequence[Draft], comparison: Comparison) -> dict[str, Any]:
    outcomes = Counter(row["out"] for row in comparison.rows)
    codes = Counter(code for draft in drafts for _column, code in draft.problems)
    doubts = Counter(code for draft in drafts for _column, code in draft.doubts)
    return {
        "rows": len(drafts),
        "outcomes": dict(outcomes),
        "problems": sum(1 for draft in drafts if draft.problems),
        "problem_codes": dict(codes.most_common()),
        "doubt_codes": dict(doubts.most_common()),
        "new_people": comparison.new_people,
        "linked": comparison.linked,
        "to_review": outcomes.get("review", 0),
        "new_households": comparison.new_households,
        "written": comparison.written,
    }


def _remarks(contents: Contents, layout: Layout, drafts: Sequence[Draft]) -> list[list[Any]]:
    """Things to say about the list as a whole: [code, values of the sentence]."""
    remarks: list[list[Any]] = []
    for shape in layout.shapes:
        for i in shape.tables:
            table = contents.tables[i]
            if not shape.take and len(table.rows) > 3:
                remarks.append(["left_table", {"sheet": table.sheet}])
            elif shape.take and spread_columns(table.rows, shape.mapping):
                remarks.append(["spread_down", {"sheet": table.sheet}])
    houses = Counter(draft.household_key for draft in drafts if draft.household_key and is_person(draft))
    for key, count in houses.most_common(3):
        if count > MANY_IN_HOUSE:
            house = next(draft for draft in drafts if draft.household_key == key)
            remarks.append(["many_in_house", {"count": count, "house": f"{house.house_no} {house.area}".strip()}])
    return remarks
