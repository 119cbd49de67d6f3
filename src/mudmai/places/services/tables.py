"""A file of places as one table, and the error of a file that cannot be one."""

from dataclasses import dataclass, field
from typing import Any

from mudmai.kernel.errors import BadInput


class CannotRead(BadInput):
    """The file as a whole cannot be used; the message says why and what helps."""

    code = "cannot_read"


@dataclass
class Table:
    """The rows of a file. `geometries` run beside `rows` (None for a list without); `where` names each row's place."""

    headers: list[str]
    rows: list[dict[str, Any]]
    where: list[str]
    geometries: Any = None
    crs: str = ""  # what the file says of its coordinates: a .prj text or a crs name
    crs_told: bool = False
    crs_by_format: bool = False  # GeoJSON without a crs is WGS84 by its standard
    notes: list[str] = field(default_factory=list)
