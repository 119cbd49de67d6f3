"""Addresses of joining a team."""

from django.urls import path

from mudmai.access import views

app_name = "access"
urlpatterns = [
    path("", views.join, name="join"),
    path("<str:code>/", views.join_team, name="join_team"),
]
