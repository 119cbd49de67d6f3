"""Values of the catalogue in words."""

from typing import Any

from mudmai.kernel.phones import format_phone
from mudmai.people.rules.catalogue import catalogue
from mudmai.places import queries as places


def shown_value(code: str, value: Any, language: str) -> str:
    """A value in words; phones with their dashes, areas by name. Dates stay ISO for the template."""
    attribute = catalogue().attributes.get(code)
    if attribute and attribute.kind == "phone" and isinstance(value, list):
        return ", ".join(format_phone(str(each)) for each in value)
    if attribute and attribute.kind == "area":
        return places.full_name(str(value))
    return catalogue().shown(code, value, language)
