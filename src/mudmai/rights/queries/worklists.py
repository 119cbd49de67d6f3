"""Work lists: who is missed, who receives without being entitled (any more), of whom nobody can tell."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from mudmai.people.queries import PAGE, Page, keyset, scope_of, visible_persons
from mudmai.people.queries.rows import listing
from mudmai.rights.models import Evaluation, Standing
from mudmai.rights.queries.seeing import VIEW, followed_persons, ranges, seen_programmes
from mudmai.rights.rules.programmes import PROGRAMMES, Programme, sentence

if TYPE_CHECKING:
    from mudmai.accounts.models import User

FINDINGS = ("missed", "over", "unknown", "paid")
LONGEST_IN_MEMORY = 500


@dataclass(frozen=True)
class Worklist:
    """What a work list keeps."""

    area: str = ""
    programme: str = ""  # "" = any that the user may see
    finding: str = "missed"
    lacks: str = ""  # yes = a paper is all that is missing


@dataclass(frozen=True)
class Line:
    """One person and one programme on a work list."""

    standing: Standing
    person: Any
    programme: Programme

    @property
    def amount(self) -> Decimal:
        return self.standing.amount

    def why(self, language: str) -> str:
        """In a sentence why the person stands on the list."""
        if self.standing.finding != "missed":
            return sentence(self.programme.code, self.standing.finding, self.standing.why, language)
        # What makes this person one of those for whom the programme is there.
        signs = (self.programme.condition(code.rstrip("?")).met(language) for code in self.programme.asks)
        return " · ".join([*filter(None, signs), _("found on no list of those who receive it")])

    def paper(self, language: str) -> str:
        """The paper that is missing; "" where none is."""
        code = self.standing.lacks
        found = next((each for each in self.programme.conditions if each.code == code), None) if code else None
        return found.paper(language) if found else ""


def worklist_page(user: "User", keep: Worklist, *, after: str = "", before: str = "", size: int = PAGE) -> Page:
    """Lines of the list by village and name, from a key on; every page costs the same, however deep."""
    wanted = _wanted(user, keep, VIEW)
    if wanted is None:
        return Page([], "", "")
    page = keyset.one_page(Standing, *wanted, after, before, size)
    return page._replace(rows=_lines(user, page.rows, VIEW))


def count_worklist(user: "User", keep: Worklist, action: str = VIEW) -> int:
    """How many lines the whole list holds where the user may do this."""
    wanted = _wanted(user, keep, action)
    return keyset.count(wanted) if wanted else 0


def worklist_to_export(user: "User", keep: Worklist) -> Iterator[Line]:
    """Every line of the list in its order, where the user may export."""
    wanted = _wanted(user, keep, "people.export")
    if wanted is None:
        return
    some: list[Standing] = []
    for standing in keyset.all_rows(Standing, wanted, (), ()):
        some.append(standing)
        if len(some) >= LONGEST_IN_MEMORY:
            yield from _lines(user, some, "people.export")
            some = []
    yield from _lines(user, some, "people.export")


def lines_of(user: "User", persons: list[UUID], action: str = VIEW) -> dict[UUID, list[Line]]:
    """{person: what is stored of them, as far as the user may see it}, for letters and pages of persons."""
    found: dict[UUID, list[Line]] = {key: [] for key in persons}
    scope = scope_of(user)
    stored = list(Standing.objects.filter(person_id__in=persons))
    for line in _lines(user, stored, action):
        person = line.person
        if line.programme.classes <= scope.classes_at(
            person.area_code, person=person.pk, household=person.household_id
        ):
            found[person.pk].append(line)
    order = list(PROGRAMMES)
    for lines in found.values():
        lines.sort(key=lambda line: order.index(line.programme.code))
    return found


def version() -> int:
    """Another number whenever findings are written: for caches."""
    return Evaluation.objects.values_list("version", flat=True).first() or 0


def _lines(user: "User", standings: list[Standing], action: str) -> list[Line]:
    persons = visible_persons(user, action).select_related("household", "registered_household")
    found = {person.pk: person for person in persons.filter(pk__in=[each.person_id for each in standings])}
    return [
        Line(each, found[each.person_id], PROGRAMMES[each.programme])
        for each in standings
        if each.person_id in found and each.programme in PROGRAMMES
    ]


def _wanted(user: "User", keep: Worklist, action: str) -> keyset.Wanted | None:
    """The question to the database; None where the user may see no such list."""
    scope = scope_of(user)
    seen = seen_programmes(scope, action)
    chosen = [keep.programme] if keep.programme in seen else list(seen) if not keep.programme else []
    if not chosen or keep.finding not in FINDINGS:
        return None
    # Of several programmes: where all of them may be seen, so that no line tells more than the user may know.
    classes = frozenset().union(*(seen[code].classes for code in chosen))
    marks = ", ".join(["%s"] * len(chosen))
    conditions, params = ["s.finding = %s", f"s.programme IN ({marks})"], [keep.finding, *chosen]
    if keep.lacks:
        conditions.append("s.lacks <> ''")
    # The count is kept while nothing changes: neither the registry nor what was found.
    conditions.append("%s <> ''")
    params.append(str(version()))
    runs = ranges(scope, keep.area, action, classes)
    followed = followed_persons(user, action, classes)
    if not runs and not followed:
        return None
    return keyset.Wanted(
        "rights_standing s",
        ("s.area_code", "s.sort_key", "s.id"),
        runs,
        conditions,
        params,
        beside("s", followed, keep.area),
    )


def beside(table: str, followed: list[str], area: str) -> tuple[str, list[Any]] | None:
    """The condition of those whom the user sees wherever they live; None where that is nobody."""
    if not followed:
        return None
    condition, values = listing(f"{table}.person_id IN {{in}}", followed)
    return f"({condition}) AND {table}.area_code LIKE %s", [*values, f"{area}%"]
