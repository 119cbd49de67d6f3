"""Addresses of the module."""

from django.urls import URLPattern, path

from mudmai.needs.views import areas, changes, comparing, house, logbook, ranked, sets, unseen, weights

app_name = "needs"
# Who needs what, who comes first, and by which measure.
NEEDING: list[URLPattern] = [
    path("", ranked.ranked, name="ranked"),
    path("export/", ranked.ranked_export, name="ranked_export"),
    path("house/<uuid:household_id>/", house.house, name="house"),
    path("area/", areas.area, name="area"),
    path("area/<str:code>/", areas.area, name="area_of"),
    path("changes/", changes.changes, name="changes"),
    path("changes/keep/", changes.keep_day, name="keep_day"),
    path("weights/", weights.weights, name="weights"),
    path("sets/", sets.sets, name="sets"),
    path("sets/own/", sets.own_set, name="own_set"),
    path("sets/use/<int:set_id>/", sets.use_set, name="use_set"),
    path("sets/<str:key>/", sets.one_set, name="set"),
]
# Registers compared, the unseen, and files for TPMAP.
COMPARING: list[URLPattern] = [
    path("compare/", comparing.compare, name="compare"),
    path("compare/rows/", comparing.compare_rows, name="compare_rows"),
    path("compare/export/", comparing.compare_export, name="compare_export"),
    path("compare/twice/", comparing.twice, name="twice"),
    path("unseen/", unseen.unseen, name="unseen"),
    path("unseen/houses/", unseen.unvisited, name="unvisited"),
    path("unseen/houses/export/", unseen.unvisited_export, name="unvisited_export"),
    path("tpmap/", logbook.layouts, name="layouts"),
    path("tpmap/file/", logbook.logbook, name="logbook"),
    path("tpmap/layouts/<slug:code>/", logbook.layout, name="layout"),
]
urlpatterns: list[URLPattern] = [*NEEDING, *COMPARING]
