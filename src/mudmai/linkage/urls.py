"""Addresses of the questions who is who."""

from django.urls import path

from mudmai.linkage import views

app_name = "linkage"
urlpatterns = [
    path("", views.questions, name="questions"),
    path("<uuid:question_id>/", views.question, name="question"),
    path("<uuid:question_id>/answer/", views.answer, name="answer"),
    path("<uuid:question_id>/undo/", views.undo, name="undo"),
]
