"""What we remember about places: areas by code, their boundaries, local governments, and who is counted where."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mudmai.places.rules import area_title, moo_of


class Level(models.IntegerChoices):
    """How deep an area lies."""

    PROVINCE = 1, _("province")
    DISTRICT = 2, _("district")
    TAMBON = 3, _("tambon")
    VILLAGE = 4, _("village or community")


class AreaKind(models.TextChoices):
    """What an area is called; in Bangkok เขต and แขวง stand for อำเภอ and ตำบล."""

    PROVINCE = "province", _("province")  # จังหวัด
    DISTRICT = "district", _("district")  # อำเภอ
    KHET = "khet", _("khet")  # เขต
    TAMBON = "tambon", _("tambon")  # ตำบล
    KHWAENG = "khwaeng", _("khwaeng")  # แขวง
    VILLAGE = "village", _("village")  # หมู่บ้าน
    COMMUNITY = "community", _("community")  # ชุมชน


class Area(models.Model):
    """One province, district, tambon, village or community. Never deleted by an update of the national list:
    an area that is abolished keeps its row, so that what was recorded there keeps its name."""

    code = models.CharField(_("code"), max_length=8, primary_key=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level)
    kind = models.CharField(_("kind"), max_length=10, choices=AreaKind)
    # Empty for a few villages that no list names.
    name_th = models.CharField(_("Thai name"), max_length=200, blank=True)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    # A village: its tambon. A community: the registrar code of its municipality (LocalGovernment.geocode).
    parent_code = models.CharField(_("code of the area above"), max_length=6, blank=True, db_index=True)
    postcode = models.CharField(_("postal code"), max_length=60, blank=True)  # several are separated by a space
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    lon = models.FloatField(_("longitude"), null=True, blank=True)
    abolished_on = models.DateField(_("abolished on"), null=True, blank=True)
    successors = models.JSONField(_("areas that follow it"), default=list, blank=True)

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(level=Length("code") / 2),
                name="places_area_level_fits_code",
                violation_error_message=_("The length of the code does not fit the level."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_th}"

    @property
    def name(self) -> str:
        """The name in the language of the reader."""
        return self.name_en if get_language() == "en" and self.name_en else self.name_th

    @property
    def title(self) -> str:
        """The name as in an address: "ต.เกาะคา"."""
        moo = moo_of(self.code)
        if get_language() == "en" and self.name_en:
            return f"Mu {moo} {self.name_en}" if moo else self.name_en
        return area_title(self.code, self.name_th, self.kind)

    @property
    def moo(self) -> int | None:
        return moo_of(self.code)


class AbolishedCode(models.Model):
    """A code that lists of earlier years still hold, with the codes in use today. Replaced by each national list."""

    code = models.CharField(_("code"), max_length=8, primary_key=True)
    name_th = models.CharField(_("Thai name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    abolished_on = models.DateField(_("abolished on"), null=True, blank=True)
    successors = models.JSONField(_("areas that follow it"), default=list, blank=True)
    # How we know what follows: "notice" (in the Royal Gazette), "name" (same name, by inference), or nothing.
    basis = models.CharField(_("how the followers are known"), max_length=10, blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("abolished code")
        verbose_name_plural = _("abolished codes")

    def __str__(self) -> str:
        return f"{self.code} {self.name_th} (abolished)"


class Boundary(models.Model):
    """The outline of one area in WGS84, as it was loaded and simplified for small scales. A newer file replaces it."""

    area = models.OneToOneField(
        Area, on_delete=models.CASCADE, primary_key=True, db_column="code", related_name="boundary"
    )
    wkb = models.BinaryField(_("outline"))
    wkb_small = models.BinaryField(_("outline for small scales"))
    min_lon = models.FloatField()
    min_lat = models.FloatField()
    max_lon = models.FloatField()
    max_lat = models.FloatField()
    label_lon = models.FloatField(_("longitude of the label"))
    label_lat = models.FloatField(_("latitude of the label"))
    source = models.CharField(_("file it came from"), max_length=200)

    class Meta:
        verbose_name = _("boundary")
        verbose_name_plural = _("boundaries")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(min_lon__lte=F("max_lon"), min_lat__lte=F("max_lat")),
                name="places_boundary_box_in_order",
                violation_error_message=_("The box around the boundary is inside out."),
            ),
        ]

    def __str__(self) -> str:
        return f"boundary of {self.area_id}"


class LocalGovernmentKind(models.TextChoices):
    """Kinds of local government (องค์กรปกครองส่วนท้องถิ่น)."""

    TAO = "tao", _("subdistrict administrative organization")  # อบต.
    TAMBON_MUNICIPALITY = "tambon_municipality", _("tambon municipality")  # เทศบาลตำบล
    TOWN_MUNICIPALITY = "town_municipality", _("town municipality")  # เทศบาลเมือง
    CITY_MUNICIPALITY = "city_municipality", _("city municipality")  # เทศบาลนคร
    PAO = "pao", _("provincial administrative organization")  # อบจ.
    BANGKOK = "bangkok", _("Bangkok Metropolitan Administration")  # กรุงเทพมหานคร
    PATTAYA = "pattaya", _("Pattaya City")  # เมืองพัทยา


class LocalGovernment(models.Model):
    """One municipality or other local government; one that was merged away keeps its row, marked abolished."""

    code = models.CharField(_("code"), max_length=20, primary_key=True)
    # Registrar or tambon code; a municipality's communities stand under it.
    geocode = models.CharField(_("area code"), max_length=8, blank=True, db_index=True)
    kind = models.CharField(_("kind"), max_length=20, choices=LocalGovernmentKind)
    name_th = models.CharField(_("Thai name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    district_code = models.CharField(_("district"), max_length=4, blank=True, db_index=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    lon = models.FloatField(_("longitude"), null=True, blank=True)
    url = models.CharField(_("web page"), max_length=300, blank=True)
    is_abolished = models.BooleanField(_("abolished"), default=False)

    class Meta:
        verbose_name = _("local government")
        verbose_name_plural = _("local governments")

    def __str__(self) -> str:
        return f"{self.name_th} ({self.code})"

    @property
    def full_name(self) -> str:
        """The name with its kind: "เทศบาลตำบลเกาะคา"."""
        if get_language() == "en" and self.name_en:
            return f"{self.name_en} ({self.get_kind_display()})"
        return _KIND_TH.get(self.kind, "") + self.name_th


_KIND_TH = {
    "tao": "องค์การบริหารส่วนตำบล",
    "tambon_municipality": "เทศบาลตำบล",
    "town_municipality": "เทศบาลเมือง",
    "city_municipality": "เทศบาลนคร",
    "pao": "องค์การบริหารส่วนจังหวัด",
    "pattaya": "เมือง",
}


class Coverage(models.Model):
    """One tambon that a local government covers, wholly or in part. A newer list of a local government replaces its
    rows."""

    local_government = models.ForeignKey(LocalGovernment, on_delete=models.CASCADE, related_name="coverage")
    area_code = models.CharField(_("tambon"), max_length=8, db_index=True)
    whole = models.BooleanField(_("covered wholly"))

    class Meta:
        verbose_name = _("coverage")
        verbose_name_plural = _("coverages")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["local_government", "area_code"],
                name="places_coverage_once",
                violation_error_message=_("The local government covers this tambon already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.local_government_id} covers {self.area_code}"


class Part(models.TextChoices):
    """Which part of an area is counted."""

    TOTAL = "total", _("whole area")
    MUNICIPAL = "municipal", _("inside municipalities")
    NONMUNICIPAL = "nonmunicipal", _("outside municipalities")


class Population(models.Model):
    """Persons and houses in the civil register of one area at the end of one year, as printed. Never computed here."""

    # "" is the whole country: the prefix of every code.
    code = models.CharField(_("area code"), max_length=8, blank=True, db_index=True)
    year = models.PositiveSmallIntegerField(_("year (C.E.)"))
    part = models.CharField(_("part"), max_length=12, choices=Part, default=Part.TOTAL)
    total = models.PositiveIntegerField(_("persons"))
    male = models.PositiveIntegerField(_("men"))
    female = models.PositiveIntegerField(_("women"))
    households = models.PositiveIntegerField(_("houses"))

    class Meta:
        verbose_name = _("population")
        verbose_name_plural = _("populations")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "year", "part"],
                name="places_population_once",
                violation_error_message=_("The population of this area and year is there already."),
            ),
        ]

    def __str__(self) -> str:
        return f"population of {self.code or 'Thailand'} {self.part} in {self.year}"


class Edition(models.Model):
    """Which state of a subject is in the database, so that what other processes keep in memory can be told stale."""

    subject = models.CharField(_("subject"), max_length=20, primary_key=True)  # areas, boundaries
    stamp = models.UUIDField(_("stamp"))
    national_version = models.CharField(_("version of the national list"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def __str__(self) -> str:
        return f"{self.subject} {self.stamp}"
