"""The screens, by subject."""

from mudmai.pages.views.batches import batch, batches, undo_batch
from mudmai.pages.views.decisions import decision, decisions, export_decisions
from mudmai.pages.views.exports import export, export_file, fetch_export
from mudmai.pages.views.following import end_following, follow_household, follow_person
from mudmai.pages.views.households import edit_household, household, merge_household, pin_household, split_household
from mudmai.pages.views.houses_given import give_houses
from mudmai.pages.views.invitations import invitation, invite
from mudmai.pages.views.lists import households, persons
from mudmai.pages.views.log import language, log
from mudmai.pages.views.maps import area_shapes, map_page
from mudmai.pages.views.newcomers import add_person, alike_persons
from mudmai.pages.views.overview import area, home
from mudmai.pages.views.persons import edit_person, not_this_person, person, show_id
from mudmai.pages.views.records import record
from mudmai.pages.views.searching import search
from mudmai.pages.views.summaries import summary
from mudmai.pages.views.teams import add_member, add_team, change_team, member, team, teams
from mudmai.pages.views.tiles import basemap, tile

__all__ = [
    "add_member",
    "add_person",
    "add_team",
    "alike_persons",
    "area",
    "area_shapes",
    "basemap",
    "batch",
    "batches",
    "change_team",
    "decision",
    "decisions",
    "edit_household",
    "edit_person",
    "end_following",
    "export",
    "export_decisions",
    "export_file",
    "fetch_export",
    "follow_household",
    "follow_person",
    "give_houses",
    "home",
    "household",
    "households",
    "invitation",
    "invite",
    "language",
    "log",
    "map_page",
    "member",
    "merge_household",
    "not_this_person",
    "person",
    "persons",
    "pin_household",
    "record",
    "search",
    "show_id",
    "split_household",
    "summary",
    "team",
    "teams",
    "tile",
    "undo_batch",
]
