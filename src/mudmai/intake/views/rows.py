"""Staged rows as a person reads them: who, what happens, what changes and which source goes first."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mudmai.access.queries import scope_for
from mudmai.accounts.models import User
from mudmai.intake.models import Upload
from mudmai.intake.queries import Staged
from mudmai.intake.rules.words import OUTCOMES
from mudmai.intake.services.reporting import sentences_of
from mudmai.kernel import phones
from mudmai.people import queries as people
from mudmai.people.rules.catalogue import catalogue
from mudmai.places import queries as places

LOOKS = {
    "new": "ok",
    "changed": "info",
    "same": "",
    "review": "warn",
    "duplicate": "",
    "problem": "bad",
    "left": "warn",
}
TIES = frozenset({"lives_at", "registered_at"})
# Said of every row of a list of houses; the row's own address says it better.
_ADDRESS = ("house_no", "moo", "village_name", "soi", "road", "tambon", "district", "province", "postcode", "area")
# A pin is two numbers and how exact they are; one of them stands for it.
_SILENT = frozenset({"lon", "pin_accuracy_m"})
_NAMES = ("title", "given_name", "family_name")
MOST_SHOWN = 6


class RowsInWords:
    """Puts staged rows of one upload into words, for one user; asks the registry once for all of them."""

    def __init__(self, upload: Upload, user: User, rows: Sequence[Staged]) -> None:
        self.language = get_language() or "th"
        self.sheets = [table["sheet"] for table in upload.contents["tables"]]
        self.one_sheet = len(set(self.sheets)) == 1
        scope = scope_for(user)
        self.classes_at: Callable[[str], frozenset[str]] = scope.classes_at
        changes = [change for row in rows for change in row.get("ch", ())]
        self.batches = people.batches_of_records(change[5] for change in changes if change[5])
        keys = {key for change in changes if change[1] in TIES for key in change[2:4] if key}
        self.houses = people.known_of_households(keys)
        known = {row["who"] for row in rows if row.get("who")} | {row["id"] for row in rows if row["out"] == "left"}
        seen = people.visible_persons(user).filter(pk__in=known)
        self.persons = {person.pk.hex: person for person in seen}
        self.seen_classes: set[str] = set()

    def line(self, row: Staged) -> dict[str, Any]:
        """One row of the preview."""
        outcome = "new_house" if row["out"] == "new" and row.get("about") == "household" else row["out"]
        found = list(self._changes(row))
        changes = [change for change in found if change["old"]]
        return {
            "ref": self._ref(row),
            "name": self._name(row),
            "address": address_of(row.get("said", {}), row.get("area", "")),
            "out": row["out"],
            "look": LOOKS.get(row["out"], ""),
            "words": _(OUTCOMES[outcome]) if outcome in OUTCOMES else _("Left the list"),
            "changes": changes[:MOST_SHOWN],
            "more": changes[MOST_SHOWN:],
            "added": [(each["label"], each["new"], each["is_date"]) for each in found if not each["old"]],
            "told": list(self._told(row)) if row["out"] in ("new", "review", "left") else [],
            "notes": list(sentences_of(row)) if row["out"] != "left" else [],
            "person": self.persons.get(row.get("who", "")),
            "asked": len(row.get("ask", ())),
        }

    def _ref(self, row: Staged) -> str:
        if "r" not in row:
            return ""
        number = _("row %(row)s") % {"row": row["r"]}
        return number if self.one_sheet else f"{self.sheets[row['t']]} · {number}"

    def _name(self, row: Staged) -> str:
        said = row.get("said", {})
        told = f"{said.get('title', '')}{' '.join(filter(None, (said.get('given_name'), said.get('family_name'))))}"
        if told:
            return str(told)
        person = self.persons.get(row.get("who", ""))
        return person.full_name if person else ""

    def _may_show(self, code: str, area: str) -> bool:
        attribute = catalogue().attributes.get(code)
        return attribute is not None and attribute.data_class in self.classes_at(area)

    def _changes(self, row: Staged) -> Iterable[dict[str, Any]]:
        for _about, code, old, new, wins, old_record, old_on in row.get("ch", ()):
            if code in _SILENT:
                continue
            if not self._may_show(code, row["area"]):
                continue
            attribute = catalogue().attributes[code]
            told, known = self._value(code, new, row), self._value(code, old, row)
            if told == known or (attribute.kind == "date" and not wins and known.startswith(told)):
                continue  # the same in other words, or the same less exactly
            self.seen_classes.add(str(attribute.data_class))
            batch = self.batches.get(old_record)
            yield {
                "label": _("pin on the map") if code == "lat" else attribute.label(self.language),
                "old": known,
                "new": told,
                "is_date": attribute.kind == "date",
                "wins": wins,
                "source": batch.source.name if batch else "",
                "on": old_on,
            }

    def _told(self, row: Staged) -> Iterable[tuple[str, str, bool]]:
        for code, value in row.get("said", {}).items():
            if code not in (*_NAMES, *_ADDRESS, *_SILENT) and self._may_show(code, row["area"]):
                attribute = catalogue().attributes[code]
                label = _("pin on the map") if code == "lat" else attribute.label(self.language)
                yield label, self._value(code, value, row), attribute.kind == "date"

    def _value(self, code: str, value: Any, row: Staged) -> str:
        if value is None or value == "":
            return ""
        if code == "lat":
            return f"{value:.5f}"
        if code == "phone" and isinstance(value, list):
            return ", ".join(map(phones.format_phone, value))
        if code in TIES:
            return self._house(str(value), row)
        return catalogue().shown(code, value, self.language)

    def _house(self, key: str, row: Staged) -> str:
        if key == row.get("hk"):
            return address_of(row.get("said", {}), row.get("area", ""))
        known = {code: standing[0] for code, standing in self.houses.get(key, {}).items()}
        return address_of(known, str(known.get("area", ""))) or _("another house")


def address_of(said: dict[str, Any], area: str) -> str:
    """House number with village, as people say it: "12/3 ม.2"."""
    village = places.name_of(area) if len(area) == 8 else ""
    moo = _("Moo %(moo)s") % {"moo": said["moo"]} if said.get("moo") else ""
    if moo and village.startswith("ม."):
        village = ""  # no list names it: its number is all there is
    house = _("House %(number)s") % {"number": said["house_no"]} if said.get("house_no") else ""
    return " ".join(part for part in (house, moo, village) if part)
