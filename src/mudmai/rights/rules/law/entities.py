"""Whom the rules speak of: a person, and the household where the person lives."""

from openfisca_core.entities import build_entity

Person = build_entity(key="person", plural="persons", label="Person", is_person=True)
Household = build_entity(
    key="household",
    plural="households",
    label="Those who live in one house",
    roles=[{"key": "member", "plural": "members", "label": "Who lives there"}],
)
