"""Addresses of the API."""

from django.urls import path

from mudmai.integrations.api import open_to_tokens

urlpatterns = [path("", open_to_tokens())]
