"""The keys of what is stored of a person's standing, and small readings of it."""

from hashlib import blake2b

# In place of a programme, where people are counted once, whatever the number of their rights.
PEOPLE = "people"


def row_id(person: str, *parts: str) -> str:
    """The id of what is stored of one person and one programme (and one kind of notice): 32 hex digits.

    >>> row_id("1" * 32, "old_age") == row_id("1" * 32, "old_age") != row_id("1" * 32, "disability")
    True
    """
    return blake2b("|".join((person, *parts)).encode(), digest_size=16).hexdigest()
