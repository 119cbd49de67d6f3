"""The basemap file of this installation, if there is one."""

import struct
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from mudmai.places.rules.pmtiles import HEADER_BYTES, PmtilesHeader, read_header


@dataclass(frozen=True)
class BasemapFacts:
    """What the header of the basemap file says."""

    path: Path
    size: int
    header: PmtilesHeader

    def as_json(self) -> dict[str, Any]:
        return {"file": self.path.name, "bytes": self.size, **asdict(self.header)}


def basemap_place() -> Path:
    """Where the basemap is kept, whether it is there or not."""
    return Path(settings.HOME) / "basemap.pmtiles"


def basemap_path() -> Path | None:
    """The basemap file; None where none was set."""
    path = basemap_place()
    return path if path.is_file() else None


def basemap_facts() -> BasemapFacts | None:
    """What the basemap holds; None where there is none, or it can no longer be read."""
    path = basemap_path()
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            return BasemapFacts(path, path.stat().st_size, read_header(file.read(HEADER_BYTES)))
    except (OSError, ValueError, struct.error):
        return None
