"""Loads the national list of provinces, districts and tambons from the geothai package."""

from collections.abc import Iterable
from datetime import date

import geothai
from django.db import transaction
from geothai.abolished import abolished_areas

from mudmai.kernel import clock
from mudmai.places.models import AbolishedCode, Area, Edition
from mudmai.places.rules import BANGKOK, level_of
from mudmai.places.services.editions import AREAS, mark_changed
from mudmai.places.services.report import LoadReport
from mudmai.places.services.upsert import upsert

_FIELDS = ("level", "kind", "name_th", "name_en", "parent_code", "postcode", "abolished_on", "successors")
_OLD_FIELDS = ("name_th", "name_en", "abolished_on", "successors", "basis", "source")
_KINDS = {1: "province", 2: "district", 3: "tambon"}
_KINDS_BANGKOK = {1: "province", 2: "khet", 3: "khwaeng"}


def ensure_national_codes() -> bool:
    """Load the national list where this version of it is not loaded yet; one query where it is. Whether it loaded."""
    loaded = Edition.objects.filter(subject=AREAS).values_list("national_version", flat=True).first()
    if loaded == geothai.DATA_VERSION:
        return False
    load_national_codes()
    return True


@transaction.atomic
def load_national_codes() -> LoadReport:
    """Load every province, district and tambon and the abolished codes. Idempotent.

    An area that the list no longer holds keeps its row and becomes abolished, with the areas that follow it.
    """
    report = LoadReport(file=f"geothai {geothai.DATA_VERSION}", kind="national")
    current = list(_current_areas())
    report.rows = len(current)
    upsert(Area, current, _FIELDS, report)
    old = {area.code: area for area in _abolished_codes()}
    upsert(AbolishedCode, old.values(), _OLD_FIELDS, LoadReport(file=report.file))
    _abolish_missing({area.code for area in current}, old, report)
    mark_changed(AREAS, national_version=geothai.DATA_VERSION)
    return report.finish()


def _current_areas() -> Iterable[Area]:
    for province in geothai.provinces():
        yield _area(province.code, province.name_th, province.name_en)
        for district in geothai.districts(province.code):
            yield _area(district.code, district.name_th, district.name_en)
            for tambon in geothai.subdistricts(district.code):
                yield _area(tambon.code, tambon.name_th, tambon.name_en, " ".join(tambon.postal_codes))


def _area(code: str, name_th: str, name_en: str, postcode: str = "") -> Area:
    level = level_of(code)
    kind = (_KINDS_BANGKOK if code.startswith(BANGKOK) else _KINDS)[level]
    # The list writes "เขตพระนคร" but "เกาะคา": we keep names bare, `kind` says what it is.
    bare = name_th.removeprefix("เขต") if kind == "khet" else name_th
    return Area(
        code=code, level=level, kind=kind, name_th=bare, name_en=name_en, parent_code=code[:-2], postcode=postcode
    )


def _abolished_codes() -> Iterable[AbolishedCode]:
    for old in abolished_areas():
        yield AbolishedCode(
            code=old.code,
            name_th=old.name_th,
            name_en=old.name_en or "",
            abolished_on=date.fromisoformat(old.abolished_on),
            successors=list(old.successors),
            basis=old.successors_basis or "",
            source=old.successors_source or "",
        )


def _abolish_missing(current: set[str], old: dict[str, AbolishedCode], report: LoadReport) -> None:
    standing = Area.objects.filter(level__lte=3, abolished_on=None).values_list("code", flat=True)
    for code in set(standing) - current:
        known = old.get(code)
        Area.objects.filter(pk=code).update(
            abolished_on=known.abolished_on if known else clock.today(), successors=known.successors if known else []
        )
        report.changed += 1
