"""What the columns of a file of places mean, and which kind of list it is, judged by headers and values."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mudmai.places.rules.codes import clean_code, is_community

# The kinds of file that can be loaded, with the columns each must have.
KINDS: dict[str, tuple[str, ...]] = {
    "boundaries": ("code",),
    "villages": ("code", "name_th"),
    "village_points": ("code", "lat", "lon"),
    "communities": ("code", "name_th"),
    "local_governments": ("local_government", "name_th", "government_kind"),
    "coverage": ("local_government", "code"),
    "population": ("code", "year", "total", "male", "female"),
    "codes": ("code", "name_th"),
}

_SIGNS = re.compile(r"[\s_.\-()]+")

# Header (without spaces and signs, lower case) -> meaning. The first header found for a meaning wins.
_HEADERS: dict[str, tuple[str, ...]] = {
    "code": (
        *("code", "areacode", "villagecode", "vcode", "villcode", "tamboncode", "adm3pcode", "adm2pcode", "adm1pcode"),
        *("รหัส", "รหัสพื้นที่", "รหัสหมู่บ้าน", "รหัสชุมชน", "รหัสตำบล", "รหัสอำเภอ", "รหัสจังหวัด", "pcode", "tambonidn", "id"),
    ),
    "name_th": (
        *("nameth", "nametha", "name", "namet", "villagename", "ชื่อ", "ชื่อภาษาไทย", "ชื่อหมู่บ้าน", "หมู่บ้าน", "ชื่อชุมชน", "ชุมชน"),
        *("ชื่ออปท", "ชื่อตำบล", "ตำบล", "tname", "adm3th"),
    ),
    "name_en": ("nameen", "nameeng", "namee", "ชื่อภาษาอังกฤษ", "ชื่ออังกฤษ", "adm3en"),
    "lat": ("lat", "latitude", "ละติจูด", "พิกัดlat", "y"),
    "lon": ("lon", "long", "lng", "longitude", "ลองจิจูด", "ลองติจูด", "พิกัดlong", "x"),
    "moo": ("moo", "mu", "หมู่", "หมู่ที่"),
    "abolished": ("obsolete", "abolished", "ยุบ", "ยกเลิก"),
    "local_government": ("laoid", "localgovernment", "รหัสอปท", "dlacode"),
    "government_kind": ("laotype", "type", "ประเภท", "ประเภทอปท"),
    "geocode": ("geocode", "รหัสสำนักทะเบียน"),
    "district": ("amphoecode", "districtcode", "รหัสอำเภอ"),
    "url": ("url", "website", "เว็บไซต์"),
    "coverage": ("coverage", "พื้นที่ที่ครอบคลุม"),
    "year": ("year", "ปี", "พศ", "คศ"),
    "part": ("part", "เขต", "entitypart"),
    "total": ("total", "รวม", "ประชากรรวม", "จำนวนประชากร", "population"),
    "male": ("male", "ชาย"),
    "female": ("female", "หญิง"),
    "households": ("households", "บ้าน", "จำนวนบ้าน", "หลังคาเรือน", "houses"),
}
_PARENT_OF_COMMUNITY = {"parenttype", "parentcode", "เทศบาล"}
_RUNNING_NUMBERS = {"objectid", "fid", "gid", "oid", "no", "ลำดับ", "ที่"}
_SAMPLE = 400


def column_key(header: str) -> str:
    return _SIGNS.sub("", str(header)).lower()


def meanings(headers: Iterable[str]) -> dict[str, str]:
    """Meaning -> header, for the headers that are known.

    >>> meanings(["lao_id", "tambon_code", "coverage"])
    {'code': 'tambon_code', 'local_government': 'lao_id', 'coverage': 'coverage'}
    """
    by_key: dict[str, str] = {}
    for header in headers:
        by_key.setdefault(column_key(header), header)
    found: dict[str, str] = {}
    for meaning, keys in _HEADERS.items():
        first = next((by_key[key] for key in keys if key in by_key), None)
        if first is not None:
            found[meaning] = first
    return found


def guess_kind(headers: Sequence[str], rows: Sequence[Mapping[str, Any]], *, polygons: bool) -> str:
    """The kind of list this is, or "" where nothing fits."""
    if polygons:
        return "boundaries"
    known = meanings(headers)
    for kind in ("population", "coverage", "local_governments"):
        if all(column in known for column in KINDS[kind]):
            return kind
    if "code" not in known:
        return ""
    codes = [clean_code(row.get(known["code"])) for row in rows[:_SAMPLE]]
    deepest = max((len(code) for code in codes), default=0)
    if deepest == 8:
        return _village_kind(known, headers, codes)
    return "codes" if deepest and "name_th" in known else ""


def _village_kind(known: Mapping[str, str], headers: Sequence[str], codes: Sequence[str]) -> str:
    whole = [code for code in codes if len(code) == 8]
    if sum(map(is_community, whole)) * 2 > len(whole) or _PARENT_OF_COMMUNITY & set(map(column_key, headers)):
        return "communities"
    # A list of points leaves villages it could not match without a code; the register of villages says more of each.
    is_points = "lat" in known and "lon" in known and not {"moo", "name_en", "abolished"} & set(known)
    return "village_points" if is_points and (len(whole) < len(codes) or "name_th" not in known) else "villages"


def code_column(rows: Sequence[Mapping[str, Any]], headers: Sequence[str], known_codes: set[str]) -> str | None:
    """The column of area codes: the one whose values name the most different known areas, else one named so.

    Files of tambon carry the codes of their districts and provinces as well: these name fewer. Running numbers meet
    codes by chance, so a column must name areas in half of the rows.
    """
    best, most = None, 0
    for header in headers:
        if column_key(header) in _RUNNING_NUMBERS:
            continue
        joined = [code for row in rows if (code := clean_code(row.get(header))) in known_codes]
        if len(set(joined)) > most and len(joined) * 2 >= len(rows):
            best, most = header, len(set(joined))
    named = meanings(headers).get("code", "id")
    return best or (named if column_key(named) != "id" else None)
