"""Addresses of forms, of the phone app and of other programs that fill forms in."""

from django.urls import path

from mudmai.surveys.views import app, form, forms, mapping, openrosa, phones, preview, submissions, sync

app_name = "surveys"
_FORM = "forms/<uuid:form_id>/"
_VERSION = f"{_FORM}versions/<uuid:version_id>/"
_API = "field/api/v1/"
_SUBMISSION = "forms/submissions/<uuid:submission_id>/"
# Clients that cannot sign in have their key in the address.
_OPENROSA, _XFORM = ("openrosa/", "openrosa/key/<str:key>/"), "forms/<uuid:version_id>"
urlpatterns = [
    # forms, in the back office
    path("forms/", forms.forms, name="forms"),
    path("forms/new/", forms.new_form, name="new_form"),
    path("forms/ready/<slug:code>/", forms.start_ready, name="start_ready"),
    path("forms/ready/<slug:code>.xlsx", forms.ready_file, name="ready_file"),
    path("forms/submissions/", submissions.submissions, name="submissions"),
    path(_SUBMISSION, submissions.submission, name="submission"),
    path(f"{_SUBMISSION}judge/", submissions.judge, name="judge"),
    path(f"{_SUBMISSION}files/<path:name>", submissions.file, name="file"),
    path(_FORM, form.form, name="form"),
    path(f"{_FORM}retire/", form.retire, name="retire"),
    path(f"{_FORM}bring-back/", form.bring_back, name="bring_back"),
    path(f"{_FORM}assign/", form.assign, name="assign"),
    path(f"{_FORM}assignments/<int:assignment_id>/end/", form.end_assignment, name="end_assignment"),
    path(f"{_VERSION}publish/", form.publish, name="publish"),
    path(f"{_VERSION}files/", form.attach, name="attach"),
    path(f"{_VERSION}files/<path:name>", preview.media, name="media"),
    path(f"{_VERSION}source", form.source, name="source"),
    path(f"{_VERSION}mapping/", mapping.mapping, name="mapping"),
    path(f"{_VERSION}preview/", preview.preview, name="preview"),
    path(f"{_VERSION}phone/", preview.phone, name="phone"),
    path(f"{_VERSION}xform.xml", preview.xform, name="xform"),
    # what phones say, see docs/sync.md
    path(f"{_API}sign-in", sync.sign_in, name="phone_sign_in"),
    path(f"{_API}sign-out", sync.sign_out, name="phone_sign_out"),
    path(f"{_API}knock", sync.knock, name="phone_knock"),
    path(f"{_API}wiped", sync.wipe_done, name="phone_wiped"),
    path(f"{_API}sync", sync.sync, name="phone_sync"),
    path(f"{_API}forms/<uuid:version_id>/media/<str:name>", sync.media, name="phone_media"),
    path(f"{_API}submissions/<uuid:submission_id>", sync.submission, name="phone_submission"),
    path(f"{_API}submissions/<uuid:submission_id>/files/<str:name>", sync.file, name="phone_file"),
    path(f"{_API}inquiries/<uuid:inquiry_id>/reply", sync.reply, name="phone_reply"),
    # the phone app
    path("field/", app.shell, name="app"),
    path("field/sw.js", app.service_worker, name="app_worker"),
    path("field/manifest.webmanifest", app.manifest, name="app_manifest"),
    # phones and keys
    path("phones/", phones.phones, name="phones"),
    path("phones/collect/", phones.new_key, name="new_collect_key"),
    path("phones/<uuid:device_id>/lock/", phones.lock, name="lock_phone"),
    # ODK Collect and other OpenRosa clients, see docs/openrosa.md
    *(path(f"{door}formList", openrosa.form_list, name="openrosa_form_list") for door in _OPENROSA),
    *(path(f"{door}{_XFORM}.xml", openrosa.form, name="openrosa_form") for door in _OPENROSA),
    *(path(f"{door}{_XFORM}/manifest", openrosa.manifest, name="openrosa_manifest") for door in _OPENROSA),
    *(path(f"{door}{_XFORM}/media/<path:name>", openrosa.media, name="openrosa_media") for door in _OPENROSA),
    *(path(f"{door}submission", openrosa.submission, name="openrosa_submission") for door in _OPENROSA),
]
