"""Names of people: titles, one cell split into its parts, and keys for comparison.

Source: docs/rules/identifiers.md; reviewed 2569-11.
"""

from mudmai.kernel.names.keys import name_key, sound_key
from mudmai.kernel.names.people import PersonName, bare_given_name, person_name
from mudmai.kernel.names.titles import Title, title

__all__ = ["PersonName", "Title", "bare_given_name", "name_key", "person_name", "sound_key", "title"]
