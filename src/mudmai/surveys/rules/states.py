"""How the state of a submission looks: the kind of `shared/tag.html`."""

from collections.abc import Mapping

LOOKS: Mapping[str, str] = {"waiting": "warn", "received": "info", "settled": "ok", "flagged": "bad", "left": ""}
