"""Joining a team: the code, and an account for who has none."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mudmai.kernel.phones import phones


class CodeForm(forms.Form):
    """The code of an invitation, typed by hand."""

    code = forms.CharField(
        label=_("Code of the invitation"),
        max_length=40,
        help_text=_("Ten letters and digits, like abcde-fgh23"),
        error_messages={"required": _("Type the code that stands under the picture.")},
        widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )


class RegisterForm(forms.Form):
    """An account for who was invited."""

    full_name = forms.CharField(
        label=_("First name and family name"), max_length=150, widget=forms.TextInput({"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("Phone"), max_length=32, widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"})
    )
    username = forms.CharField(
        label=_("User name, to sign in with"),
        max_length=60,
        help_text=_("Letters of the Latin alphabet and digits, without spaces"),
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        help_text=_("10 characters or more. A short sentence is easy to remember."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The password again"),
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean_phone(self) -> str:
        found = phones(self.cleaned_data["phone"])
        if not found.value:
            raise forms.ValidationError(_("This is no Thai phone number. Write it like 081-234-5678."))
        return found.value[0]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("password") and told.get("again") and told["password"] != told["again"]:
            self.add_error("again", _("The two passwords are not the same. Type them again."))
        return told

    @property
    def account(self) -> dict[str, str]:
        """What accounts are made of."""
        return {name: self.cleaned_data[name] for name in ("username", "full_name", "password", "phone")}
