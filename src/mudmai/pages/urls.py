"""Addresses of the screens that cross modules."""

from django.urls import path

from mudmai.pages import views

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("areas/<str:code>/", views.area, name="area"),
    path("search/", views.search, name="search"),
    path("persons/", views.persons, name="persons"),
    path("persons/add/", views.add_person, name="add_person"),
    path("persons/add/alike/", views.alike_persons, name="alike_persons"),
    path("persons/<uuid:person_id>/", views.person, name="person"),
    path("persons/<uuid:person_id>/edit/", views.edit_person, name="edit_person"),
    path("persons/<uuid:person_id>/id/", views.show_id, name="show_id"),
    path("persons/<uuid:person_id>/not/<uuid:record_id>/", views.not_this_person, name="not_this_person"),
    path("decisions/", views.decisions, name="decisions"),
    path("decisions/export/", views.export_decisions, name="export_decisions"),
    path("decisions/<uuid:decision_id>/", views.decision, name="decision"),
    path("records/<uuid:record_id>/", views.record, name="record"),
    path("households/", views.households, name="households"),
    path("households/<uuid:household_id>/", views.household, name="household"),
    path("households/<uuid:household_id>/edit/", views.edit_household, name="edit_household"),
    path("households/<uuid:household_id>/pin/", views.pin_household, name="pin_household"),
    path("households/<uuid:household_id>/split/", views.split_household, name="split_household"),
    path("households/<uuid:household_id>/merge/", views.merge_household, name="merge_household"),
    path("batches/", views.batches, name="batches"),
    path("batches/<uuid:batch_id>/", views.batch, name="batch"),
    path("batches/<uuid:batch_id>/undo/", views.undo_batch, name="undo_batch"),
    path("map/", views.map_page, name="map"),
    path("map/tiles/<int:z>/<int:x>/<int:y>.mvt", views.tile, name="tile"),
    path("map/areas/<int:level>.geojson", views.area_shapes, name="area_shapes"),
    path("map/basemap.pmtiles", views.basemap, name="basemap"),
    path("export/<str:what>/", views.export, name="export"),
    path("export/files/<uuid:export_id>/", views.export_file, name="export_file"),
    path("export/files/<uuid:export_id>/fetch/", views.fetch_export, name="fetch_export"),
    path("log/", views.log, name="log"),
    path("language/", views.language, name="language"),
]
