"""The words by which headers, totals, headings, notes and signatures of Thai lists are known.

Source: headings of lists and forms of the DLA, DOPA, DEP and MoPH, and the lists in `docs/lists`; reviewed 2569-11.
"""

import re

# A header cell begins with one of these …
_BEGINS = (
    "ลำดับ|เลขที่|เลขประจำ|เลขบัตร|เลขบัญชี|เลขทะเบียน|หมายเลข|รหัส|ชื่อ|นามสกุล|สกุล|คำนำหน้า|วัน|เกิดวัน|ปีเกิด|อายุ|เพศ|ที่อยู่|"
    "บ้านเลขที่|โทร|เบอร์|มือถือ|หมายเหตุ|ประเภท|สถานะ|สถานภาพ|ศาสนา|สัญชาติ|เชื้อชาติ|อาชีพ|รายได้|การศึกษา|ระดับ|จำนวน|"
    "ร้อยละ|คะแนน|กลุ่ม|โรค|ผู้ดูแล|ผู้ป่วย|ผู้สูงอายุ|ผู้พิการ|ผู้รับ|ความ|พิกัด|ละติจูด|ลองจิจูด|ลายมือชื่อ|ลายเซ็น|ลงชื่อ|ลงลายมือ|"
    "ธนาคาร|สิทธิ|สวัสดิการ|บัตร|ตำแหน่ง|หน่วยงาน|เดือน|รายการ|รายละเอียด|เป้าหมาย|อัตรา|ซอย|ถนน|รหัสไปรษณีย์|ลักษณะ|สาเหตุ|"
    "เงิน|ครัวเรือน|หัวหน้า|สมาชิก|บิดา|มารดา|คู่สมรส|ผลการ|ผลประเมิน|น้ำหนัก|ส่วนสูง|ผู้สำรวจ|ผู้ให้|สภาพ|ปัญหา|ข้อมูล|ปีงบ|พ\\.ศ\\.|ว\\.ด\\.ป"
)
# … or is one of these, perhaps with a bracket behind it (as a beginning they are values: "ตำบลเกาะคา", "หมู่ที่ 3").
_IS = (
    "ที่|ตำบล|แขวง|อำเภอ|เขต|จังหวัด|หมู่บ้าน|หมู่ที่|หมู่|ม\\.|ต\\.|อ\\.|จ\\.|ชุมชน|บ้าน|ปี|ภาค|ยอด|รวม|no|no\\.|#|id|cid|pid|hn|hid|"
    "title|prefix|sex|gender|age|dob|nationality|religion|occupation|status|type|date|phone|tel|telephone|mobile|"
    "address|house|moo|village|road|soi|tambon|amphoe|amphur|sub-?district|district|province|postcode|zip|lat|lon|long|lng|"
    "latitude|longitude|x|y|remarks?|notes?|amount|total|code|income|education|disability"
)
_ENGLISH = r"(?:first|last|full|given|family|sur|nick)?[ _-]?name|(?:birth|date|citizen|national|house|phone)[ _-]?\w+"
_HEADER = re.compile(rf"(?:{_BEGINS})|(?:(?:{_IS})|{_ENGLISH})[\s:]*(?:[(/\[].*)?$", re.IGNORECASE | re.DOTALL)
_IN_BRACKETS = re.compile(r"\([^)]*\)|\d{4}")
_LONGEST_HEADER = 120

_RANKS = (
    r"นาย|นางสาว|นาง|น\.ส\.|ด\.ช\.|ด\.ญ\.|เด็กชาย|เด็กหญิง|พระ|สามเณร|แม่ชี|ว่าที่|[จพสดร]\.(?:[สต]\.)?[อทต]\.|mr|mrs|miss|ms"
)
NAME = re.compile(rf"(?:{_RANKS})[.\s]*[ก-ฮเ-ไa-z][^/\d:]{{2,60}}$", re.IGNORECASE)
TITLE_ONLY = re.compile(rf"(?:{_RANKS})\.?$", re.IGNORECASE)

TOTAL = re.compile(
    r"[(*\s]*(?:(?:ยอด|ผล)?รวม(?:$|[\s\d:.()=/]|ทั้ง|ยอด|เงิน|จำนวน|หมู่|ชาย|หญิง|ทั่ว|ราย|คน|เป็น|สุทธิ|หน้า|ตำบล|อำเภอ|จังหวัด|"
    r"ชุมชน|บ้าน|ครัวเรือน|ประชากร|ภาค|ผู้|ทุก|ย่อย)|"
    r"(?:ทั่วประเทศ|ทั้งประเทศ|ทั้งหมด|ทั้งสิ้น|(?:ค่า)?เฉลี่ย|(?:grand |sub)?-?totals?|sum)\s*:?$)",
    re.IGNORECASE,
)
UNIT = re.compile(r"(?:ราย|คน|บาท|หลัง|ครัวเรือน|ครอบครัว|เป็นเงิน|จำนวน|เดือน|แห่ง|หมู่บ้าน|ชุมชน|\(.*\)|.*บาทถ้วน.*)$")

# A heading of the rows below it, from the widest area to the narrowest.
_HEADINGS = (
    re.compile(r"(?:จังหวัด|จ\.)\s*\S"),
    re.compile(r"(?:อำเภอ|อ\.|เทศบาล|อบต|องค์การบริหาร)\s*\S"),
    re.compile(r"(?:ตำบล|ต\.)\s*\S"),
    re.compile(r"(?:หมู่ที่|หมู่|ม\.|ชุมชน|บ้าน|เขตที่|เขต|โซน|คุ้ม)\s*\S"),
)
OTHER_HEADING = len(_HEADINGS)

NOTE = re.compile(
    r"[\s*]*(?:หมายเหตุ|ที่มา|แหล่งที่มา|แหล่งข้อมูล|ข้อมูล ณ|คำอธิบาย|\*{1,3}|source|note|remark)s?\s*", re.IGNORECASE
)
_TO_SIGN_ON = re.compile(r"[.…_]{4,}")
SIGNATURE = re.compile(r"\s*\(?\s*(?:ลงชื่อ|ลงนาม|ขอรับรองว่า)|[.…_]{8,}|\(\s*[.…_\s]{5,}\)")


def is_header_word(text: str) -> bool:
    """Whether a cell reads like the name of a column."""
    if not text or len(text) > _LONGEST_HEADER or _HEADER.match(text) is None or NAME.match(text):
        return False
    if _TO_SIGN_ON.search(text):
        return False
    bare = _IN_BRACKETS.sub("", text)
    return not any(letter.isdecimal() for letter in bare)


def heading_level(text: str) -> int | None:
    """0 for a province … 3 for a village or community; None where the text is no such heading."""
    if len(text) > 200:
        return None
    return next((level for level, pattern in enumerate(_HEADINGS) if pattern.match(text)), None)
