"""Days that matter to one person: a birthday, a card that expires, a claim that closes, a third month without money."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from mudmai.kernel import clock
from mudmai.people.queries import UNTOLD_DAY, CompleteList, Frame, complete_lists, day_number, days_on_lists
from mudmai.rights.rules.engine import Evaluated
from mudmai.rights.rules.notices import CARD, KINDS, OF_WHATS, TURNED_60, UNPAID, third_month_without
from mudmai.rights.rules.parameters import shipped
from mudmai.rights.rules.programmes import FINDINGS, PROGRAMMES, WHAT_CODES
from mudmai.rights.rules.rows import value_on
from mudmai.rights.rules.standing import row_id
from mudmai.rights.services.storing import Row

Mask = npt.NDArray[np.bool_]
MISSED, OVER, UNKNOWN, PAID = (FINDINGS.index(each) for each in ("missed", "over", "unknown", "paid"))
EPOCH = date(1970, 1, 1)


def notices_of(frame: Frame, told: dict[str, Evaluated], whom: Mask) -> Iterator[Row]:
    """Rows of the notices of these people."""
    for programme, each in told.items():
        yield from _coming(frame, programme, each, whom)
        if PROGRAMMES[programme].kind == "monthly" and PROGRAMMES[programme].list_kind:
            yield from _unpaid(frame, programme, each, whom)
    yield from _cards(frame, whom)
    yield from _turned(frame, whom)


def _coming(frame: Frame, programme: str, told: Evaluated, whom: Mask) -> Iterator[Row]:
    """What the rules say comes next, of the kinds that officers wait for."""
    for what, kind in OF_WHATS.items():
        if programme not in KINDS[kind].programmes:
            continue
        last = _last_day(frame.on) + KINDS[kind].ahead
        here = (told.next_what == WHAT_CODES.index(what)) & (told.next_on != UNTOLD_DAY) & (told.next_on <= last) & whom
        concerned = np.isin(told.finding, [FINDINGS.index(each) for each in KINDS[kind].findings])
        yield from _rows(frame, np.nonzero(here & concerned)[0], told.next_on, programme, kind)


def _last_day(on: date) -> int:
    """Everybody is seen anew when a fiscal year begins; until then what is stored must do."""
    return day_number(clock.fiscal_year_range(clock.fiscal_year(on))[1])


def _cards(frame: Frame, whom: Mask) -> Iterator[Row]:
    """Cards that expire soon, or did within the year."""
    expires = frame.persons.told.get("disability_card_expires")
    if expires is None:
        return
    today = day_number(frame.on)
    here = (expires != UNTOLD_DAY) & (expires > today - CARD.back) & (expires <= _last_day(frame.on) + CARD.ahead)
    yield from _rows(frame, np.nonzero(here & whom & (frame.status == 0))[0], expires, "disability_card", CARD.code)


def _turned(frame: Frame, whom: Mask) -> Iterator[Row]:
    """Whoever comes into the age of the allowance by the end of the next fiscal year, or did in this one."""
    age = int(float(str(value_on(shipped()["old_age_allowance.from_age"], (), frame.on))))
    first = clock.fiscal_year_range(clock.fiscal_year(frame.on))[0]
    last = clock.fiscal_year_range(clock.fiscal_year(frame.on) + 1)[1]
    born = (frame.born_first != UNTOLD_DAY) & whom & (frame.status == 0)
    within = born & (frame.born_first >= day_number(_years_before(first, age)))
    places = np.nonzero(within & (frame.born_first <= day_number(_years_before(last, age))))[0]
    birthdays = np.full(len(frame.persons), UNTOLD_DAY, np.int32)
    for place in places.tolist():
        birthdays[place] = day_number(_years_after(EPOCH + timedelta(days=int(frame.born_first[place])), age))
    yield from _rows(frame, places, birthdays, "old_age_allowance", TURNED_60.code)


def _unpaid(frame: Frame, programme: str, told: Evaluated, whom: Mask) -> Iterator[Row]:
    """Entitled, once paid, and on none of the three newest lists of payees."""
    kind = PROGRAMMES[programme].list_kind
    places = np.nonzero((told.finding == MISSED) & whom)[0].tolist()
    lists = [each for each in complete_lists() if each.kind == kind]
    if not places or len({each.as_of for each in lists}) < UNPAID.months:
        return
    paid = days_on_lists(kind, (frame.persons.ids[place] for place in places))
    days = np.full(len(frame.persons), UNTOLD_DAY, np.int32)
    found = []
    for place in places:
        third = third_month_without(paid.get(frame.persons.ids[place], []), _days_of(lists, _area(frame, place)))
        if third is not None:
            days[place] = day_number(third)
            found.append(place)
    yield from _rows(frame, found, days, programme, UNPAID.code)


def _area(frame: Frame, place: int) -> str:
    return str(frame.registered_area[place]) or str(frame.persons.area[place])


def _days_of(lists: list[CompleteList], area: str) -> list[date]:
    """The days of the lists that cover an area."""
    return sorted({each.as_of for each in lists if area.startswith(each.area_code)})


def _rows(
    frame: Frame, places: "npt.NDArray[np.intp] | Sequence[int]", days: npt.NDArray[np.int32], programme: str, kind: str
) -> Iterator[Row]:
    for place in places:
        person, day = frame.persons.ids[place], EPOCH + timedelta(days=int(days[place]))
        area = str(frame.persons.area[place])
        yield (
            row_id(person, programme, kind), person, programme, kind, day.isoformat(), area, frame.sort_key[place],
        )  # fmt: skip


def _years_before(day: date, years: int) -> date:
    return _years_after(day, -years)


def _years_after(day: date, years: int) -> date:
    """The same day so many years on; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
