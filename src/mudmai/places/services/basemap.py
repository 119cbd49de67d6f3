"""The basemap file under the outlines and pins."""

import shutil
from pathlib import Path
from uuid import uuid4

from django.utils.translation import gettext as _

from mudmai.audit.services import record
from mudmai.kernel.errors import BadInput
from mudmai.places.queries.basemap import BasemapFacts, basemap_place
from mudmai.places.rules.pmtiles import HEADER_BYTES, NotPmtiles, OldPmtiles, read_header


class NotABasemap(BadInput):
    """The file cannot be the basemap."""

    code = "not_a_basemap"


def set_basemap(path: Path | str) -> BasemapFacts:
    """Copy a PMTiles file into the home folder as the basemap, in place of an earlier one. Raises NotABasemap.

    The new file takes the old one's place in one step, so that a reader never sees half of it.
    """
    path = Path(path)
    facts = _checked(path)
    place = basemap_place()
    if path.resolve() != place.resolve():
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = place.with_name(f"basemap.{uuid4().hex[:8]}.part")
        try:
            shutil.copyfile(path, fresh)
            fresh.replace(place)
        finally:
            fresh.unlink(missing_ok=True)
    record(None, "places.basemap.set", "basemap", path.name, bytes=facts.size)
    return BasemapFacts(place, facts.size, facts.header)


def remove_basemap() -> bool:
    """Take the basemap away; whether there was one. The map then shows outlines and pins."""
    place = basemap_place()
    if not place.exists():
        return False
    place.unlink()
    record(None, "places.basemap.removed", "basemap")
    return True


def _checked(path: Path) -> BasemapFacts:
    words = {"file": path.name}
    try:
        with path.open("rb") as file:
            header = read_header(file.read(HEADER_BYTES))
        size = path.stat().st_size
    except OSError as error:
        raise NotABasemap(_("%(file)s cannot be opened. Check the path and the rights of the file.") % words) from error
    except OldPmtiles as error:
        raise NotABasemap(
            _("%(file)s is PMTiles of an old version. Convert it: pmtiles convert OLD.pmtiles NEW.pmtiles") % words
        ) from error
    except NotPmtiles as error:
        raise NotABasemap(
            _("%(file)s is not a PMTiles file. A basemap must be one file that ends in .pmtiles.") % words
        ) from error
    if size < header.bytes_needed:
        raise NotABasemap(_("%(file)s is cut short: copy or download it again.") % words)
    return BasemapFacts(path, size, header)
