"""Addresses of the module."""

from django.urls import URLPattern

app_name = "rights"
urlpatterns: list[URLPattern] = []
