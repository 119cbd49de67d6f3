"""Family names put together from meaningful syllables, as the registrars of 2456 did; every one is invented here."""

FIRSTS = """
    กันทะ กาวิ แก้ว ขัน คำ เครือ จันทร์ จินะ ใจ ชัย ชุ่ม ดวง ต๊ะ ตา เตจา ทอง ทา เทพ ธรรม ธิ นันตา บัว บุญ ปัญญา ปินตา
    ปวน พรหม พุทธ ฟู มณี มะโน มหา มูล เมือง ยะ ยศ เรือน ลังกา วงศ์ วัง วิชัย ศรี สม สาย สิงห์ สิทธิ สุข สุทธิ สุภา สุรินทร์
    แสง แสน หล้า อิน อินทร์ อุ่น อุด อุต เอี่ยม
"""
LASTS = """
    กาศ แก้ว ขัติ คำ เครือ งาม ใจ ชัย ชมภู ชื่น ดี เดช ต๊ะ ตา ตุ้ย เที่ยง ธรรม นันท์ บุญเรือง ปัญญา ปัน ปวง พงษ์ พันธ์ เพชร
    ฟอง ภิระ มณี มา มาลา มูล เมือง ยศ เย็น เรือน ลือ เลิศ วงค์ วงศ์ วัง วัน วิชัย สกุล สม สาย สาร สืบ สุข สุวรรณ เสน แสง
    แสน หมื่น หล้า อินทร์ อุด
"""


def family_names() -> list[str]:
    """Some 3,000 family names in a fixed order; a syllable never stands twice in one name."""
    return [
        first + last
        for first in FIRSTS.split()
        for last in LASTS.split()
        if last not in first and first not in last and len(first + last) >= 5
    ]
