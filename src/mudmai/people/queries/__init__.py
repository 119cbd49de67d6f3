"""Questions to the registry, always "for whom" where a person asks: the door for every other module."""

from mudmai.people.queries.bulk import (
    LinkageRow,
    different_pairs,
    known_of,
    known_of_households,
    linkage_table,
    members_of_last_list,
    persons_by_key,
    records_with_digest,
    stamp,
)
from mudmai.people.queries.digest import digests
from mudmai.people.queries.lists import FACT_FILTERS, HouseholdFilter, Page, PersonFilter, households_page, persons_page
from mudmai.people.queries.log import batch_for, batches_for, decisions_about, record_for, undo_preview
from mudmai.people.queries.map import houses_in_tile, pins_bounds
from mudmai.people.queries.one import (
    FieldTrace,
    TimelineEntry,
    full_cid,
    household_for,
    members_of,
    person_for,
    redirected_person,
    registered_only,
    timeline_of_household,
    timeline_of_person,
    trace_of_household,
    trace_of_person,
)
from mudmai.people.queries.search import Found, search
from mudmai.people.queries.tallies import AreaNumbers, area_numbers, choropleth, numbers_by_child

__all__ = [
    "FACT_FILTERS",
    "AreaNumbers",
    "FieldTrace",
    "Found",
    "HouseholdFilter",
    "LinkageRow",
    "Page",
    "PersonFilter",
    "TimelineEntry",
    "area_numbers",
    "batch_for",
    "batches_for",
    "choropleth",
    "decisions_about",
    "different_pairs",
    "digests",
    "full_cid",
    "household_for",
    "households_page",
    "houses_in_tile",
    "known_of",
    "known_of_households",
    "linkage_table",
    "members_of",
    "members_of_last_list",
    "numbers_by_child",
    "person_for",
    "persons_by_key",
    "persons_page",
    "pins_bounds",
    "record_for",
    "records_with_digest",
    "redirected_person",
    "registered_only",
    "search",
    "stamp",
    "timeline_of_household",
    "timeline_of_person",
    "trace_of_household",
    "trace_of_person",
    "undo_preview",
]
