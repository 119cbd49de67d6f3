"""Settings of the test suite: like production, with a home of its own, quick password hashing and jobs run at once."""

import os
import tempfile

os.environ.setdefault("MUDMAI_HOME", tempfile.mkdtemp(prefix="mudmai-test-"))

from mudmai.site.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
