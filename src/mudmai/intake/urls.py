"""Addresses of bringing a list in."""

from django.urls import path

from mudmai.intake import views

app_name = "intake"
urlpatterns = [
    path("", views.home, name="home"),
    path("upload/", views.upload, name="upload"),
    path("<uuid:upload_id>/columns/", views.columns, name="map"),
    path("<uuid:upload_id>/progress/", views.progress, name="progress"),
    path("<uuid:upload_id>/preview/", views.preview, name="preview"),
    path("<uuid:upload_id>/commit/", views.commit, name="commit"),
    path("<uuid:upload_id>/cancel/", views.cancel, name="cancel"),
    path("<uuid:upload_id>/result/", views.result, name="result"),
    path("<uuid:upload_id>/report.xlsx", views.report, name="report"),
]
