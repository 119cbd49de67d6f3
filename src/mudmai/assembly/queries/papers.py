"""What anybody who holds the paper may be told: whether it is the one that was signed, and no name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mudmai.assembly.models import Assembly
from mudmai.assembly.queries.held import links_of, minutes_of, sound_steps
from mudmai.assembly.rules.chain import Link, first_broken, in_groups
from mudmai.assembly.rules.minutes import Minutes, after
from mudmai.kernel import names


@dataclass(frozen=True)
class Paper:
    """The facts of a paper without any name of the list."""

    assembly: Assembly
    names: int  # how many names stand
    struck: int
    present: int
    signed: list[tuple[str, datetime, str]]  # (position, when, how), no names
    fingerprint: str  # of the list as it was closed, in groups, as printed; "" while it is still open
    whole: bool  # every step follows from the one before
    withdrawn: bool


def paper_of(assembly: Assembly) -> Paper:
    """What the page behind the QR shows."""
    links = links_of(assembly)
    steps = sound_steps(assembly, links)
    minutes = after(steps)
    return Paper(
        assembly,
        names=len(minutes.standing),
        struck=len(minutes.rows) - len(minutes.standing),
        present=present(minutes),
        signed=[(each.position, each.moment, each.way) for each in minutes.signatures],
        fingerprint=_fingerprint(assembly, links, steps),
        whole=is_whole(assembly, links),
        withdrawn=assembly.batch is not None and assembly.batch.withdrawn,
    )


def fingerprint_of(assembly: Assembly) -> str:
    """The hash of the step that closed the list, in groups: what the paper shows. "" while the list is open."""
    links = links_of(assembly)
    return _fingerprint(assembly, links, sound_steps(assembly, links))


def _fingerprint(assembly: Assembly, links: list[Link], steps: list[dict[str, Any]]) -> str:
    if assembly.phase not in {Assembly.Phase.CLOSED, Assembly.Phase.CERTIFIED}:
        return ""
    closed = [step["n"] for step in steps if step["kind"] == "closed"]
    return in_groups(links[closed[-1] - 1].hash) if closed else ""


def present(minutes: Minutes) -> int:
    """How many were there: those who are named, or as many as were counted."""
    return max(len(minutes.attendance), minutes.villagers)


def is_whole(assembly: Assembly, links: list[Link] | None = None) -> bool:
    """Whether nothing was changed, dropped or slipped in since the first step; `links` where they were read already."""
    links = links_of(assembly) if links is None else links
    return (
        len(links) == assembly.steps_count
        and bool(links)
        and links[-1].hash == assembly.head
        and first_broken(assembly.pk.hex, links) is None
    )


def is_on_paper(assembly: Assembly, no: int, name: str) -> bool:
    """Whether this name stands under this number of the list, however its title and spaces are written."""
    row = minutes_of(assembly).rows.get(no)
    return row is not None and row.stands and _bare(row.name) == _bare(name) != ""


def _bare(name: str) -> str:
    told = names.person_name(name).value
    return f"{names.name_key(told.given)} {names.name_key(told.family)}" if told else names.name_key(name)
