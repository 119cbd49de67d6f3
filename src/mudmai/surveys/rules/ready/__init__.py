"""Ready forms: short texts in `surveys/ready`, made into XLSForm workbooks that an office can take as they are or edit."""

from mudmai.surveys.rules.ready.forms import ReadyForm, ready_form, ready_forms

__all__ = ["ReadyForm", "ready_form", "ready_forms"]
