"""Addresses of the module."""

from django.urls import path

from mudmai.rights.views import alerts, cases, letters, missed, rates, rules, whatif, worklist

app_name = "rights"
urlpatterns = [
    path("", missed.missed, name="missed"),
    path("in/<str:code>/", missed.missed, name="missed_of"),
    path("worklist/", worklist.worklist, name="worklist"),
    path("worklist/export/", worklist.export, name="export"),
    path("letters/", letters.letters, name="letters"),
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/export/", alerts.alerts_export, name="alerts_export"),
    path("rules/", rules.rules, name="rules"),
    path("rules/what-if/", whatif.whatif, name="whatif"),
    path("rules/what-if/export/", whatif.whatif_export, name="whatif_export"),
    path("rules/rates/<int:row_id>/take-back/", rates.row_take_back, name="row_take_back"),
    path("rules/rates/<str:parameter>/new/", rates.row_new, name="row_new"),
    path("rules/cases/<int:case_id>/take-back/", cases.case_take_back, name="case_take_back"),
    path("rules/<str:code>/", rules.rule, name="rule"),
    path("rules/<str:programme>/cases/new/", cases.case_new, name="case_new"),
    path("rules/<str:programme>/cases/<str:key>/", cases.case, name="case"),
]
