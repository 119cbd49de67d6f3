"""Questions about places. What is asked often is kept in memory for the process and told stale by `Edition`."""

from mudmai.places.queries.areas import (
    area,
    area_or_none,
    breadcrumbs,
    children,
    communities_of,
    full_name,
    name_of,
    names_of,
    prefix_q,
)
from mudmai.places.queries.basemap import BasemapFacts, basemap_facts, basemap_path
from mudmai.places.queries.boundaries import (
    area_of,
    areas_of,
    boundaries_geojson,
    boundary_of,
    bounds_of,
)
from mudmai.places.queries.checks import Finding, findings, totals
from mudmai.places.queries.editions import recheck
from mudmai.places.queries.gazetteer import Gazetteer, gazetteer
from mudmai.places.queries.local_governments import (
    local_government,
    local_governments_of,
    tambons_of,
)
from mudmai.places.queries.populations import HOUSES, PERSONS, population_of, populations, rollup_differences

__all__ = [
    "HOUSES",
    "PERSONS",
    "BasemapFacts",
    "Finding",
    "Gazetteer",
    "area",
    "area_of",
    "area_or_none",
    "areas_of",
    "basemap_facts",
    "basemap_path",
    "boundaries_geojson",
    "boundary_of",
    "bounds_of",
    "breadcrumbs",
    "children",
    "communities_of",
    "findings",
    "full_name",
    "gazetteer",
    "local_government",
    "local_governments_of",
    "name_of",
    "names_of",
    "population_of",
    "populations",
    "prefix_q",
    "recheck",
    "rollup_differences",
    "tambons_of",
    "totals",
]
