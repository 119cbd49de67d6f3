"""Ready forms: short texts in `surveys/ready`, made into XLSForm workbooks that offices take or edit."""

from mudmai.surveys.rules.ready.forms import ReadyForm, ready_form, ready_forms

__all__ = ["ReadyForm", "ready_form", "ready_forms"]
