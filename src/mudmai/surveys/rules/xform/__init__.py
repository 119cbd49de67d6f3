"""XForms on the server: what a form asks, and whether a submission is one that the form allows."""

from .definition import Choice, Field, Labels, in_language
from .errors import EncryptedSubmission, NotAnXForm, NotASubmission
from .form import XForm
from .problems import Checked, Group, Problem
from .submission import Envelope, read_envelope

__all__ = [
    "Checked",
    "Choice",
    "EncryptedSubmission",
    "Envelope",
    "Field",
    "Group",
    "Labels",
    "NotASubmission",
    "NotAnXForm",
    "Problem",
    "XForm",
    "in_language",
    "read_envelope",
]
