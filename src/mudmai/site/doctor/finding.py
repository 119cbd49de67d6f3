"""What one check found."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Finding:
    """`state` is "ok", "warning" (it works, look at it) or "wrong" (put it right); `cure` says how."""

    code: str
    state: str
    sentence: str
    cure: str = ""

    @property
    def blocks(self) -> bool:
        """Whether other questions to the database make no sense before this is put right."""
        return self.state == "wrong" and self.code in {"database", "migrations"}

    @classmethod
    def ok(cls, code: str, sentence: str) -> "Finding":
        return cls(code, "ok", sentence)

    @classmethod
    def warning(cls, code: str, sentence: str, cure: str) -> "Finding":
        return cls(code, "warning", sentence, cure)

    @classmethod
    def wrong(cls, code: str, sentence: str, cure: str) -> "Finding":
        return cls(code, "wrong", sentence, cure)

    @classmethod
    def broken(cls, code: str, error: Exception) -> "Finding":
        sentence = _("This could not be checked: %(error)s") % {"error": f"{type(error).__name__}: {error}"}
        return cls(code, "wrong", sentence, _("Put the findings above right first, then run “mudmai doctor” again."))
