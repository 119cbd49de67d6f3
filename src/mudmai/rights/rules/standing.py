"""The keys of what is stored of a person's standing, and small readings of it."""

from hashlib import blake2b


def row_id(person: str, *parts: str) -> str:
    """The id of what is stored of one person and one programme (and one kind of notice): 32 hex digits.

    >>> row_id("1" * 32, "old_age") == row_id("1" * 32, "old_age") != row_id("1" * 32, "disability")
    True
    """
    return blake2b("|".join((person, *parts)).encode(), digest_size=16).hexdigest()


def bits_of(mask: int, programmes: list[str]) -> list[str]:
    """The programmes whose bits are set, each at its place in the list.

    >>> bits_of(5, ["old_age", "disability", "child"])
    ['old_age', 'child']
    """
    return [code for place, code in enumerate(programmes) if mask >> place & 1]
