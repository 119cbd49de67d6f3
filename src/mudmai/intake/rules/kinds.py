"""What a list means: guessed from its titles, its file name and its columns, with the words that gave it away."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from mudmai.intake.rules.mapping.headings import header_key
from mudmai.people.rules.catalogue import SourceKind, catalogue

OTHER = "other_list"
LEAST_POINTS = 3.0

# {kind: {word in a title, sheet name or file name: points}}; Source: titles of lists as offices send them; 2569-11.
_WORDS: dict[str, dict[str, float]] = {
    "civil_register": {
        "ทะเบียนราษฎร": 5, "ทะเบียนราษฏร": 5, "ทร14": 5, "ในทะเบียนบ้าน": 4, "ทะเบียนบ้าน": 3, "ประชากรตามทะเบียน": 4,
        "civilregister": 5,
    },
    "disability_register": {
        "ทะเบียนคนพิการ": 5, "ทะเบียนผู้พิการ": 5, "บัตรประจำตัวคนพิการ": 4, "ข้อมูลคนพิการ": 3, "รายชื่อคนพิการ": 3,
        "รายชื่อผู้พิการ": 3, "คนพิการ": 2,
    },
    "old_age_payees": {
        "เบี้ยยังชีพผู้สูงอายุ": 6, "เบี้ยผู้สูงอายุ": 6, "เบี้ยยังชีพคนชรา": 6, "เงินสงเคราะห์ผู้สูงอายุ": 4, "เบี้ยยังชีพ": 2,
    },
    "disability_payees": {"เบี้ยความพิการ": 6, "เบี้ยยังชีพคนพิการ": 6, "เบี้ยคนพิการ": 6, "เบี้ยยังชีพผู้พิการ": 6, "เบี้ยผู้พิการ": 6},
    "old_age_registrations": {"ขึ้นทะเบียนเบี้ยยังชีพ": 7, "ลงทะเบียนเบี้ยยังชีพ": 7, "ขึ้นทะเบียนรับเบี้ย": 7},
    "child_grant_payees": {"เด็กแรกเกิด": 6, "เลี้ยงดูเด็ก": 3},
    "welfare_card_list": {"ผู้มีบัตรสวัสดิการ": 6, "ผู้ถือบัตรสวัสดิการ": 6, "บัตรสวัสดิการแห่งรัฐ": 5, "บัตรคนจน": 4},
    "ltc_list": {
        "กองทุนหลักประกันสุขภาพท้องถิ่น": 6, "กองทุนหลักประกันสุขภาพ": 5, "กปท": 5, "careplan": 5, "แผนการดูแลรายบุคคล": 6,
    },
    "diaper_list": {"ผ้าอ้อม": 6, "แผ่นรองซับ": 5},
    "home_repair_list": {"ซ่อมบ้าน": 5, "ซ่อมแซมบ้าน": 5, "ปรับสภาพบ้าน": 5, "ปรับสภาพแวดล้อมที่อยู่อาศัย": 6, "ปรับปรุงบ้าน": 5},
    "hardship_payees": {"เงินสงเคราะห์ครอบครัว": 6, "เงินสงเคราะห์และฟื้นฟู": 5, "ผู้สูงอายุในภาวะยากลำบาก": 6, "รับเงินสงเคราะห์": 3},
    "pension_list": {"รับบำนาญ": 6, "ผู้รับบำเหน็จบำนาญ": 6, "บำนาญ": 4},
    "tpmap": {"tpmap": 6, "คนจนเป้าหมาย": 5, "ครัวเรือนเป้าหมาย": 3, "ครัวเรือนยากจน": 3, "คนจน": 2, "ตกเกณฑ์": 2},
    "bedridden_list": {
        "ติดเตียง": 5, "ติดบ้าน": 4, "ภาวะพึ่งพิง": 5, "ดูแลระยะยาว": 4, "longtermcare": 4, "ltc": 3, "homeward": 2,
    },
    "bmn_survey": {"ความจำเป็นพื้นฐาน": 6, "จปฐ": 5, "bmn": 4},
    "farmer_register": {"ทะเบียนเกษตรกร": 6, "เกษตรกรผู้ขึ้นทะเบียน": 6, "ทบก": 5},
    "volunteer_survey": {"แบบสำรวจ": 4, "สำรวจ": 3, "อสม": 3, "survey": 3, "พิกัด": 1, "ลงพื้นที่": 2},
    "home_visit": {"เยี่ยมบ้าน": 4, "บันทึกการเยี่ยม": 4, "homevisit": 4},
}  # fmt: skip

# {kind: {attribute that has a column: points}}
_COLUMNS: dict[str, dict[str, float]] = {
    "civil_register": {"house_code": 1.5, "relation_to_head": 1, "nationality": 1},
    "disability_register": {"disability_types": 2, "disability_card_no": 2, "disability_card_expires": 1.5},
    "old_age_payees": {"amount_baht": 1, "old_age_allowance_since": 2.5},
    "disability_payees": {"amount_baht": 1, "disability_types": 0.5},
    "tpmap": {
        "tpmap_health": 1, "tpmap_living": 1, "tpmap_education": 1, "tpmap_income": 1, "tpmap_access": 1,
        "tpmap_year": 0.5,
    },
    "child_grant_payees": {"child_grant_baht": 2},
    "ltc_list": {"care_plan_on": 3, "receives_diapers": 1.5},
    "diaper_list": {"receives_diapers": 1},
    "bedridden_list": {"adl_score": 2, "adl_group": 2, "caregiver_name": 0.5, "diagnosis": 0.5},
    "bmn_survey": {f"jpt31_{number:02d}": 0.5 for number in range(1, 32)},
    "farmer_register": {"farmer_registered": 1},
    "volunteer_survey": {"observed_on": 1.5, "lat": 1, "point": 1, "household_need": 1, "house_condition": 1},
}  # fmt: skip
_HEADERS: dict[str, dict[str, float]] = {
    "old_age_payees": {"ลายมือชื่อ": 1, "รับเงิน": 0.5},
    "disability_payees": {"ลายมือชื่อ": 1, "รับเงิน": 0.5},
    "volunteer_survey": {"อสม": 1, "ผู้สำรวจ": 1},
    "home_visit": {"วันที่เยี่ยม": 2},
}


# Sources that are no lists: nobody chooses them for a file.
_NO_LISTS = frozenset(["staff", "agency_api", "assembly"])


def list_kinds() -> list[SourceKind]:
    """The kinds that a file can be."""
    return [kind for kind in catalogue().kinds.values() if kind.code not in _NO_LISTS]


class KindGuess(NamedTuple):
    """A kind of the catalogue, how many points spoke for it, and the words that did."""

    kind: str
    points: float
    words: tuple[str, ...]


def guess_kind(texts: Iterable[str], headers: Iterable[str], attributes: Collection[str]) -> KindGuess:
    """The kind that most speaks for; `other_list` where too little does.

    >>> guess_kind(["บัญชีรายชื่อผู้มีสิทธิรับเงินเบี้ยยังชีพผู้สูงอายุ"], [], []).kind
    'old_age_payees'
    """
    title = " ".join(map(header_key, texts))
    names = " ".join(map(header_key, headers))
    guesses = [_points(kind, title, names, attributes) for kind in catalogue().kinds if kind in _WORDS]
    best = max(guesses, key=lambda guess: guess.points)
    return best if best.points >= LEAST_POINTS else KindGuess(OTHER, best.points, ())


def _points(kind: str, title: str, names: str, attributes: Collection[str]) -> KindGuess:
    said = [(word, points) for word, points in _WORDS[kind].items() if header_key(word) in title]
    # Long words hold the short ones: the longest counts whole, what else was said a little.
    said.sort(key=lambda pair: -pair[1])
    points = sum(each if i == 0 else each * 0.2 for i, (_, each) in enumerate(said))
    columns = [(code, each) for code, each in _COLUMNS.get(kind, {}).items() if code in attributes]
    points += sum(each for _, each in columns)
    points += sum(each for word, each in _HEADERS.get(kind, {}).items() if header_key(word) in names)
    labels = catalogue()
    words = [word for word, _ in said[:2]] + [labels.label(code) for code, _ in columns]
    return KindGuess(kind, points, tuple(words[:4]))
