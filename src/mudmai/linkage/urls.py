"""Addresses of the questions who is who."""

from django.urls import path

from mudmai.linkage import views

app_name = "linkage"
urlpatterns = [
    path("", views.questions, name="questions"),
    path("<uuid:question_id>/", views.question, name="question"),
    path("<uuid:question_id>/answer/", views.answer, name="answer"),
    path("<uuid:question_id>/undo/", views.undo, name="undo"),
    path("<uuid:question_id>/ask/", views.ask, name="ask"),
    path("<uuid:question_id>/reply/", views.reply, name="reply"),
    path("<uuid:question_id>/recall/", views.recall, name="recall"),
    path("<uuid:question_id>/second/", views.second_look, name="second_look"),
    path("<uuid:question_id>/settle/", views.settle, name="settle"),
    path("asked/", views.asked, name="asked"),
    path("many/", views.kinds, name="kinds"),
    path("many/kind/", views.kind, name="kind"),
    path("many/answer/", views.answer_kind, name="answer_kind"),
    path("many/<uuid:bulk_id>/undo/", views.undo_kind, name="undo_kind"),
    path("second/", views.second, name="second"),
    path("unsettled/", views.unsettled, name="unsettled"),
    path("quality/", views.quality, name="quality"),
    path("quality/share/", views.set_share, name="set_share"),
    path("model/", views.model, name="model"),
    path("model/learn/", views.learn, name="learn"),
    path("model/use/", views.use_weights, name="use_weights"),
    path("houses/", views.houses, name="houses"),
    path("houses/<uuid:question_id>/", views.house, name="house"),
    path("houses/<uuid:question_id>/answer/", views.answer_house, name="answer_house"),
]
