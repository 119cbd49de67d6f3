"""What may leave the registry as a file, and in which form."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PERSONS, HOUSEHOLDS = "persons", "households"
FORMATS: dict[str, Promise] = {
    "xlsx": _("Excel (.xlsx)"),
    "csv": _("CSV, for any program"),
    "geojson": _("GeoJSON, for GIS programs"),
    "kml": _("KML, for Google My Maps and Google Earth"),
}
