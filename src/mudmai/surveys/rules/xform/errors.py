"""What can be wrong with a form or a submission as a whole."""

from mudmai.kernel.errors import BadInput


class NotAnXForm(BadInput):
    """The text is no form that can be filled: not XML, not an XForm, or an expression in it cannot be read."""

    code = "not_an_xform"


class NotASubmission(BadInput):
    """The bytes are no filled form at all: not XML, or larger than any filled form."""

    code = "not_a_submission"


class EncryptedSubmission(NotASubmission):
    """A submission that only the holder of a private key can read; Mudmai keeps no such keys."""

    code = "encrypted_submission"
