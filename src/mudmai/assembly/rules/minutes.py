"""What stands after the steps of an assembly: the list, who was there, what was objected, who signed.

Like the registry itself, nothing is overwritten: the steps are kept, and this is what they say, one after the other.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from mudmai.kernel.errors import BadInput, Conflict

# Who signs below a list of the village, in the order of the paper (ผู้ใหญ่บ้าน, ผู้ช่วยผู้ใหญ่บ้าน, อสม.).
POSITIONS: dict[str, Any] = {
    "headman": _("village headman"),
    "assistant": _("assistant village headman"),
    "volunteer": _("village health volunteer"),
    "council": _("council member"),
    "officer": _("officer of the municipality"),
    "witness": _("witness"),
}
USUAL_SIGNERS = ("headman", "assistant", "volunteer")


class StepRefused(Conflict):
    """The step does not fit what went before; the sentence says why."""

    code = "step_refused"


class StepIncomplete(BadInput):
    """Something that the step needs is missing."""

    code = "step_incomplete"


@dataclass
class Row:
    """One name on the list."""

    no: int
    name: str
    house: str = ""
    person: str = ""  # 32 hex digits; "" for a name that nobody knew
    household: str = ""
    reasons: list[str] = field(default_factory=list)
    verdict: str = ""  # kept, struck or "" while nobody has spoken of it
    why: str = ""
    added: bool = False

    @property
    def stands(self) -> bool:
        return self.verdict != "struck"


@dataclass
class Objection:
    """What somebody held against a name, or the list as a whole (`row` 0), and what the meeting said."""

    no: int
    row: int
    who: str
    words: str
    answer: str = ""


@dataclass
class Signature:
    """One name under the list. `strokes` are lines of a drawing on 1000 × 300; none where a PIN confirmed it."""

    name: str
    position: str
    at: str
    way: str  # drawn | pin
    strokes: list[list[int]] = field(default_factory=list)

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)


@dataclass
class Minutes:
    """Everything that stands after the steps so far."""

    title: str = ""
    held_on: str = ""
    place: str = ""
    rows: dict[int, Row] = field(default_factory=dict)
    attendance: list[dict[str, str]] = field(default_factory=list)
    villagers: int = 0  # how many more were there, beside those who are named
    objections: list[Objection] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    photos: list[dict[str, str]] = field(default_factory=list)
    signers: tuple[str, ...] = USUAL_SIGNERS
    signatures: list[Signature] = field(default_factory=list)
    phase: str = "new"  # new → open → closed → certified; cancelled from open or closed
    ended_at: str = ""
    why: str = ""

    @property
    def standing(self) -> list[Row]:
        """The names that stand, in the order of the list."""
        return [row for row in self.rows.values() if row.stands]

    @property
    def unspoken(self) -> list[Row]:
        return [row for row in self.rows.values() if not row.verdict]

    @property
    def unanswered(self) -> list[Objection]:
        return [each for each in self.objections if not each.answer]

    @property
    def unsigned(self) -> list[str]:
        """The positions whose signature is still missing."""
        signed = {each.position for each in self.signatures}
        return [position for position in self.signers if position not in signed]


def after(steps: Iterable[dict[str, Any]]) -> Minutes:
    """What stands after these steps, in their order. Raises StepRefused, StepIncomplete."""
    minutes = Minutes()
    for step in steps:
        apply(minutes, step)
    return minutes


def apply(minutes: Minutes, step: dict[str, Any]) -> None:
    """Let one step count. Raises StepRefused where it does not fit, StepIncomplete where it says too little."""
    kind = step["kind"]
    if kind not in _STEPS:
        raise StepRefused(_("This step is not known here. Update the app, then send it again."))
    phases, does = _STEPS[kind]
    if minutes.phase not in phases:
        raise StepRefused(_OUT_OF_PHASE[minutes.phase])
    does(minutes, step["body"], step["at"])


def _frozen(minutes: Minutes, body: dict[str, Any], _at: str) -> None:
    minutes.title, minutes.held_on = _told(body, "title"), _told(body, "held_on")
    minutes.place = body.get("place", "")
    for told in body["rows"]:
        minutes.rows[int(told["no"])] = Row(
            no=int(told["no"]), name=_told(told, "name"), house=told.get("house", ""), person=told.get("person", ""),
            household=told.get("household", ""), reasons=list(told.get("reasons", [])),
        )  # fmt: skip
    minutes.phase = "open"


def _attended(minutes: Minutes, body: dict[str, Any], _at: str) -> None:
    if body.get("villagers"):
        minutes.villagers = int(body["villagers"])
    if body.get("name"):
        minutes.attendance.append({"name": body["name"], "position": body.get("position", "")})


def _kept(minutes: Minutes, body: dict[str, Any], _at: str) -> None:
    for no in body["rows"]:
        row = _row(minutes, no)
        row.verdict, row.why = "kept", body.get("why", "")


def _struck(minutes: Minutes, body: dict[str, Any], _at: str) -> None:
    row = _row(minutes, body["row"])
    row.verdict, row.why = "struck", _told(body, "why")


def _added(minutes: Minutes, body: dict[str, Any], _at: str) -> None:
    person = body.get("person", "")
    if person and any(row.person == person and row.stands for row in minutes.rows.values()):
        raise StepRefused(_("This person is on the list already."))
    no = max(minutes.rows, default=0) + 1
    minutes.rows[no] = Row(
        no=no, name=_told(body, "name"), house=body.get("house", ""), person=person,
        household=body.get("household", ""), verdict="kept", why=_told(body, "why"), added=True,
    )  # fmt: skip


def _objected(minutes: Minutes, body: dict[str, Any], _at: str) -> None:
    row = int(body.get("row") or 0)
    if row:
        _row(minutes, row)
    minutes.objections.append(
        Objection(len(minutes.objections) + 1, row, _told(body, "who"), _told(body, "words"), body.get("answer", ""))
    )


def _answered(minutes: Minutes, body: dict[str, Any], _at: str) -> None:
    found = next((each for each in minutes.objections if each.no == int(body["objection"])), None)
    if found is None:
        raise StepRefused(_("There is no such objection."))
    found.answer = _told(body, "answer")


def _noted(minutes: Minutes, body: dict[str, Any], _at: str) -> None:
    minutes.notes.append(_told(body, "words"))


def _photographed(minutes: Minutes, body: dict[str, Any], _at: str) -> None:
    minutes.photos.append({"sha256": _told(body, "sha256"), "caption": body.get("caption", "")})


def _closed(minutes: Minutes, body: dict[str, Any], _at: str) -> None:
    signers = tuple(each for each in POSITIONS if each in set(body.get("signers") or USUAL_SIGNERS))
    if minutes.unspoken:
        raise StepRefused(_("Some names were not spoken of yet. Keep or strike each of them, then close the list."))
    if minutes.unanswered:
        raise StepRefused(_("An objection has no answer yet. Write down what the meeting said, then close the list."))
    if not minutes.attendance:
        raise StepRefused(_("Nobody is written down as present. Add who came, then close the list."))
    if len(signers) < 2:
        raise StepIncomplete(_("At least two people of different positions must sign."))
    minutes.signers, minutes.phase = signers, "closed"


def _reopened(minutes: Minutes, body: dict[str, Any], _at: str) -> None:
    _told(body, "why")
    # What was signed was another text: those signatures stay in the chain and count no more.
    minutes.signatures.clear()
    minutes.phase = "open"


def _signed(minutes: Minutes, body: dict[str, Any], at: str) -> None:
    name, position, way = _told(body, "name"), _told(body, "position"), _told(body, "way")
    if position not in POSITIONS:
        raise StepIncomplete(_("Choose the position of the person who signs."))
    if any(each.name == name and each.position == position for each in minutes.signatures):
        raise StepRefused(_("%(name)s has signed already.") % {"name": name})
    strokes = body.get("strokes") or []
    if way not in {"drawn", "pin"} or (way == "drawn" and not strokes):
        raise StepIncomplete(_("The signature is empty. Sign in the box with a finger, then press “Sign”."))
    minutes.signatures.append(Signature(name, position, at, way, strokes))


def _certified(minutes: Minutes, _body: dict[str, Any], at: str) -> None:
    if minutes.unsigned:
        missing = ", ".join(str(POSITIONS[each]) for each in minutes.unsigned)
        raise StepRefused(_("Signatures are missing: %(missing)s.") % {"missing": missing})
    minutes.phase, minutes.ended_at = "certified", at


def _cancelled(minutes: Minutes, body: dict[str, Any], at: str) -> None:
    minutes.why = _told(body, "why")
    minutes.phase, minutes.ended_at = "cancelled", at


def _row(minutes: Minutes, no: object) -> Row:
    row = minutes.rows.get(int(str(no)))
    if row is None:
        raise StepRefused(_("There is no name with the number %(no)s on the list.") % {"no": no})
    return row


def _told(body: dict[str, Any], name: str) -> str:
    value = str(body.get(name) or "").strip()
    if not value:
        raise StepIncomplete(_MISSING.get(name, _("Something is missing. Fill in every field and try again.")))
    return value


_MISSING: dict[str, Any] = {
    "why": _("Give the reason: it will stand on the paper."),
    "name": _("Write the name."),
    "who": _("Write who objected."),
    "words": _("Write what was said."),
    "answer": _("Write what the meeting answered."),
    "title": _("Give the list a title."),
    "position": _("Choose the position of the person who signs."),
}
_OUT_OF_PHASE: dict[str, Any] = {
    "new": _("The list was not frozen yet."),
    "open": _("The list is still being discussed. Close it first."),
    "closed": _("The list is closed for signing. Open it again to change it; signatures made so far will not count."),
    "certified": _("The list is signed and certified. It cannot be changed any more; hold a new assembly instead."),
    "cancelled": _("This assembly was cancelled."),
}
_OPEN = frozenset({"open"})
_Step = Callable[[Minutes, dict[str, Any], str], None]
# Each step: in which phases it may happen, and what it does.
_STEPS: dict[str, tuple[frozenset[str], _Step]] = {
    "frozen": (frozenset({"new"}), _frozen),
    "attended": (_OPEN, _attended),
    "kept": (_OPEN, _kept),
    "struck": (_OPEN, _struck),
    "added": (_OPEN, _added),
    "objected": (_OPEN, _objected),
    "answered": (_OPEN, _answered),
    "noted": (_OPEN, _noted),
    "photographed": (_OPEN, _photographed),
    "closed": (_OPEN, _closed),
    "reopened": (frozenset({"closed"}), _reopened),
    "signed": (frozenset({"closed"}), _signed),
    "certified": (frozenset({"closed"}), _certified),
    "cancelled": (frozenset({"open", "closed"}), _cancelled),
}
KINDS = frozenset(_STEPS)
