"""The server side of docs/sync.md."""

from mudmai.surveys.views.sync.area import media, sync
from mudmai.surveys.views.sync.sending import file, reply, submission
from mudmai.surveys.views.sync.signing_in import knock, sign_in, sign_out, wipe_done

__all__ = ["file", "knock", "media", "reply", "sign_in", "sign_out", "submission", "sync", "wipe_done"]
