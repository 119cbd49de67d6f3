"""An invented town in a real place, written out as the ten lists of different offices that Mudmai puts together.

Nobody in it exists. `docs/demo.md` says what is invented, what is real, and which errors the lists hold.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mudmai.site.demo.boundaries import write_boundaries
from mudmai.site.demo.entitled import Entitled, entitled, write_entitled
from mudmai.site.demo.files import DemoFile, write_files
from mudmai.site.demo.town import Town, build_town
from mudmai.site.demo.truth import Truth

SEED = 2569
HOUSEHOLDS = 2200
AS_OF = date(2026, 11, 1)


@dataclass(frozen=True)
class DemoTown:
    """What was written: the lists in the order of import, the boundaries, the truth, and the town behind them."""

    folder: Path
    files: tuple[DemoFile, ...]
    boundaries: Path
    truth_file: Path
    town: Town
    truth: Truth
    entitled: list[Entitled]


def write_demo(folder: Path, *, seed: int = SEED, households: int = HOUSEHOLDS, as_of: date = AS_OF) -> DemoTown:
    """Write the ten lists, the boundaries and both files of the truth into a folder; the same bytes for one seed."""
    folder.mkdir(parents=True, exist_ok=True)
    town = build_town(seed=seed, households=households, as_of=as_of)
    truth = Truth()
    files = write_files(town, folder, truth, seed=seed)
    boundaries, truth_file = folder / "boundaries.geojson", folder / "truth.csv"
    write_boundaries(town.land, boundaries)
    truth.write(truth_file)
    who = list(entitled(town, truth, as_of))
    write_entitled(who, folder / "entitled.csv")
    return DemoTown(folder, tuple(files), boundaries, truth_file, town, truth, who)


__all__ = ["AS_OF", "HOUSEHOLDS", "SEED", "DemoFile", "DemoTown", "write_demo"]
