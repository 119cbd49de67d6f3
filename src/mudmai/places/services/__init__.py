"""Actions on places: load the national list and the files of the operator, set the basemap, take things away."""

from mudmai.places.services.basemap import remove_basemap, set_basemap
from mudmai.places.services.loading import load_file
from mudmai.places.services.national import ensure_national_codes, load_national_codes
from mudmai.places.services.removal import remove
from mudmai.places.services.report import LoadReport, Problem
from mudmai.places.services.tables import CannotRead

__all__ = [
    "CannotRead",
    "LoadReport",
    "Problem",
    "ensure_national_codes",
    "load_file",
    "load_national_codes",
    "remove",
    "remove_basemap",
    "set_basemap",
]
