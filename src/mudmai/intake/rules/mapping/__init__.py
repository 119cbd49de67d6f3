"""Which column holds what: from its name, from its values, and from what columns stand around it. Pure."""

from mudmai.intake.rules.mapping.guess import columns_of, is_a_list_of_people
from mudmai.intake.rules.mapping.headings import header_key, signature

__all__ = ["columns_of", "header_key", "is_a_list_of_people", "signature"]
