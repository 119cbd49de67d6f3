"""From what is known to the columns that lists, search and the map ask for."""

from typing import Any, NamedTuple

from mudmai.kernel import names, text
from mudmai.people.rules.addressing import pin_cell
from mudmai.people.rules.catalogue import NONE_TOLD, attributes_of, indexed_attributes
from mudmai.people.rules.fold import Known, value_of
from mudmai.people.rules.following import area_of, status_of, word
from mudmai.people.rules.ordering import house_sort_key

PERSON_COLUMNS = (
    "id", "cid_hash", "cid_tail_hash", "cid_sealed", "title", "given_name", "family_name", "given_key", "family_key",
    "given_sound", "family_sound", "sex", "birth_date", "status", "residence", "relation", "phone", "household_id",
    "registered_household_id", "area_code", "sort_key", "known",
)  # fmt: skip
HOUSEHOLD_COLUMNS = (
    "id", "area_code", "house_no", "sort_key", "moo", "village_name", "soi", "road", "house_code", "lat", "lon",
    "pin_cell", "member_count", "head_name", "known",
)  # fmt: skip
SHAPING_ATTRIBUTES = frozenset(
    {
        *("cid", "title", "given_name", "family_name", "sex", "birth_date", "phone", "relation_to_head"),
        *("death_date", "presence", "in_civil_register", "residence_type"),
        *("lives_at", "registered_at", "listed_area"),
    }
)
FACT_COLUMNS = ("subject", "about", "code", "value", "area_code", "sort_key")


class Sealed(NamedTuple):
    """The three columns of a 13-digit id."""

    hashed: bytes | None = None
    tail: bytes | None = None
    sealed: bytes | None = None


def person_row(key: str, known: Known, cid: Sealed, area_of_house: dict[str, str], json: str) -> tuple[Any, ...]:
    """The columns of `Person`. `area_of_house`: {household id: area code} of the houses its ties name."""
    given, family = word(known, "given_name", 200), word(known, "family_name", 200)
    lives_at, registered_at = value_of(known, "lives_at"), value_of(known, "registered_at")
    phone = value_of(known, "phone")
    return (
        key, cid.hashed, cid.tail, cid.sealed, word(known, "title", 60), given, family,
        names.name_key(given)[:200], names.name_key(family)[:200],
        names.sound_key(given)[:60], names.sound_key(family)[:60],
        word(known, "sex", 1), word(known, "birth_date", 10), status_of(known), residence_of(known),
        word(known, "relation_to_head", 20),
        str(phone[0] if isinstance(phone, list) and phone else phone or "")[:40] if phone != NONE_TOLD else "",
        lives_at, registered_at, area_of(known, area_of_house), text.thai_sort_key(f"{given} {family}")[:200], json,
    )  # fmt: skip


def residence_of(known: Known) -> str:
    """TYPEAREA 1–5 where it was told or follows from the two addresses; "" where it is not known.

    Source: 43 แฟ้ม TYPEAREA, docs/rules/identifiers.md; reviewed 2569-11.
    """
    told = word(known, "residence_type", 1)
    if told:
        return told
    if value_of(known, "presence") == "absent":
        return "2"
    lives_at, registered_at = value_of(known, "lives_at"), value_of(known, "registered_at")
    if registered_at is not None and value_of(known, "in_civil_register") is True and lives_at == registered_at:
        return "1"
    return ""


def household_row(key: str, known: Known, members: tuple[int, str], json: str) -> tuple[Any, ...]:
    """The columns of `Household`; `members` is (how many live there, name of the head)."""
    house_no = word(known, "house_no", 40)
    moo, lat, lon = value_of(known, "moo"), value_of(known, "lat"), value_of(known, "lon")
    pinned = isinstance(lat, int | float) and isinstance(lon, int | float)
    return (
        key, word(known, "area", 8), house_no, house_sort_key(house_no)[:80],
        moo if isinstance(moo, int) and 0 < moo < 1000 else None,
        word(known, "village_name", 100), word(known, "soi", 100), word(known, "road", 100),
        word(known, "house_code", 11), lat if pinned else None, lon if pinned else None,
        pin_cell(lat, lon) if pinned else None, members[0], members[1], json,
    )  # fmt: skip


def fact_rows(key: str, about: str, known: Known, area: str, sort_key: str) -> list[tuple[Any, ...]]:
    """The rows of `Fact`: one for each value of each known attribute that lists can be filtered by."""
    rows: list[tuple[Any, ...]] = []
    for code in indexed_attributes() & attributes_of(about) & known.keys():
        value = known[code][0]
        for each in value if isinstance(value, list) else [value]:
            shown = ("1" if each else "0") if isinstance(each, bool) else str(each)[:80]
            rows.append((key, about, code, shown, area, sort_key))
    return rows
