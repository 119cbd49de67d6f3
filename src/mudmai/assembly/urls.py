"""Addresses of the village assemblies."""

from django.urls import include, path

from mudmai.assembly import api, views

app_name = "assembly"
urlpatterns = [
    path("", views.assemblies, name="assemblies"),
    path("new/", views.new, name="new"),
    path("phone/", include(api.urlpatterns())),
    path("pin/", views.pin, name="pin"),
    path("check/<str:token>/", views.check, name="check"),
    path("<uuid:assembly_id>/", views.assembly, name="assembly"),
    path("<uuid:assembly_id>/step/", views.step, name="step"),
    path("<uuid:assembly_id>/add/", views.add, name="add"),
    path("<uuid:assembly_id>/photos/", views.add_photo, name="add_photo"),
    path("<uuid:assembly_id>/photos/<str:sha256>/", views.photo, name="photo"),
    path("<uuid:assembly_id>/sign/", views.sign, name="sign"),
    path("<uuid:assembly_id>/certify/", views.certify, name="certify"),
    path("<uuid:assembly_id>/paper/", views.paper, name="paper"),
    path("<uuid:assembly_id>/chain/", views.chain, name="chain"),
]
