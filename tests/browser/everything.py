"""A form with every kind of question, as a table of an XLSForm, and what the registry knows of a house for it."""

import warnings

from pyxform.xls2xform import convert

FORM = """
| survey | | | | | | | | |
| | type | name | label::ไทย (th) | label::English (en) | hint::ไทย (th) | required | constraint | appearance | parameters | relevant | guidance_hint::ไทย (th) | constraint_message::ไทย (th) | calculation | media::image |
| | start | start | | | | | | | | | | | | |
| | today | today | | | | | | | | | | | | |
| | note | hello | แบบสำรวจครัวเรือน **กรุณาแจ้งวัตถุประสงค์** ก่อนเริ่มสอบถาม | Tell *why* first | | | | | | | | | | |
| | select_one yn | consent | ผู้ให้ข้อมูลยินยอมให้เก็บข้อมูลหรือไม่ | Consent? | ตาม PDPA | yes | | | | | อ่านให้ฟังช้า ๆ แล้วจึงถาม | | | |
| | date | visit_date | วันที่เยี่ยม | Day | | yes | . <= today() | | | | | ต้องไม่ใช่วันข้างหน้า | | |
| | begin_group | house | ข้อมูลครัวเรือน | House | | | | field-list | | | | | | |
| | text | house_number | บ้านเลขที่ | House no | เช่น 12/3 | yes | | | | | | | | |
| | select_one tambon | tambon | ตำบล | Tambon | | yes | | minimal | | | | | | |
| | geopoint | point | พิกัดบ้าน | Pin | ยืนหน้าบ้านแล้วกดจับพิกัด | | | placement-map | | | | | | |
| | image | photo | ภาพถ่ายบ้าน | Photo | | | | | max-pixels=1024 | | | | | |
| | integer | income | รายได้ครัวเรือนต่อเดือน (บาท) | Income | | yes | . >= 0 and . <= 1000000 | thousands-sep | | | | รายได้ต้องอยู่ระหว่าง 0 ถึง 1,000,000 บาท | | |
| | select_multiple util | util | สาธารณูปโภคที่มี | Utilities | เลือกได้หลายข้อ | | | | | | | | | |
| | end_group | | | | | | | | | | | | | |
| | begin_repeat | members | สมาชิกในครัวเรือน | Member | | | | | | | | | | |
| | hidden | person_key | | | | | | | | | | | | |
| | text | given_name | ชื่อ | Name | | yes | | | | | | | | |
| | text | family_name | นามสกุล | Family name | | | | | | | | | | |
| | text | birth_date | วันเกิด | Birth date | | | regex(., '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$') | partial-date | | | | | | |
| | select_one sex | sex | เพศ | Sex | | yes | | | | | | | | |
| | text | cid | เลขประจำตัวประชาชน 13 หลัก | ID | | | regex(., '^[0-9]{13}$') | numbers | | | | เลขประจำตัวต้องมี 13 หลัก | | |
| | decimal | weight | น้ำหนัก (กิโลกรัม) | Weight | | | . > 0 and . < 300 | | | | | | | |
| | end_repeat | | | | | | | | | | | | | |
| | begin_group | care | การดูแล | Care | | | | | | | | | | |
| | select_one adl | walk | การเดิน | Walking | | yes | | | | | | | | |
| | select_one freq | mood | ใน 2 สัปดาห์ที่ผ่านมา รู้สึกหดหู่ เศร้า | Mood | | | | likert | | | | | | |
| | range | pain | ความปวด | Pain | 0 ไม่ปวด 10 ปวดมากที่สุด | | | | start=0 end=10 step=1 | | | | | |
| | range | percent | ร้อยละของบ้านที่เสียหาย | Damage | | | | | start=0 end=100 step=5 | | | | | |
| | rank needs | rank | เรียงความต้องการจากมากไปน้อย | Rank | | | | | | | | | | |
| | select_one yn | harm | มีความคิดทำร้ายตัวเองหรือไม่ | Harm | | yes | | | | | | | | |
| | note | danger | **อย่าทิ้งให้อยู่คนเดียว** โทรสายด่วน 1323 หรือ 1669 เดี๋ยวนี้ แล้วแจ้ง รพ.สต. | Call 1323 | | | | alert | | ${harm} = 'yes' | | | | |
| | note | careful | ความดันสูงกว่าปกติ วัดซ้ำอีกครั้งใน 5 นาที | Measure again | | | | warn | | ${pain} > 7 | | | | |
| | acknowledge | ack | แจ้งผลให้ผู้รับการเยี่ยมทราบแล้ว | Told | | | | | | | | | | |
| | end_group | | | | | | | | | | | | | |
| | begin_group | other | อื่น ๆ | Other | | | | field-list | | | | | | |
| | time | at | เวลาที่สะดวก | Time | | | | | | | | | | |
| | dateTime | next | นัดครั้งหน้า | Next | | | | | | | | | | |
| | date | born_month | เดือนที่ย้ายเข้า | Month | | | | month-year | | | | | | |
| | barcode | code | รหัสอุปกรณ์ | Code | | | | | | | | | | |
| | file | doc | เอกสาร | File | | | | | | | | | | |
| | audio | sound | เสียง | Sound | | | | | | | | | | |
| | geoshape | field | ขอบเขตแปลง | Field | | | | | | | | | | |
| | text | remark | ข้อสังเกตเพิ่มเติม | Remark | | | | multiline | | | | | | |
| | end_group | | | | | | | | | | | | | |
| choices | | | | | |
| | list_name | name | label::ไทย (th) | label::English (en) | media::image |
| | yn | yes | ใช่ | Yes | |
| | yn | no | ไม่ใช่ | No | |
| | sex | male | ชาย | Male | |
| | sex | female | หญิง | Female | |
| | adl | 1 | เดินเองได้ | Walks | walk.svg |
| | adl | 2 | ใช้ไม้เท้า | Stick | stick.svg |
| | adl | 3 | นั่งรถเข็น | Chair | chair.svg |
| | adl | 4 | นอนติดเตียง | Bed | bed.svg |
| | freq | 0 | ไม่เลย | Never | |
| | freq | 1 | บางวัน | Some days | |
| | freq | 2 | บ่อย | Often | |
| | freq | 3 | ทุกวัน | Every day | |
| | util | water | น้ำประปา | Water | |
| | util | power | ไฟฟ้า | Power | |
| | util | toilet | ห้องน้ำถูกสุขลักษณะ | Toilet | |
| | util | none | ไม่มีเลย | None | |
| | needs | food | อาหาร | Food | |
| | needs | money | เงินช่วยเหลือ | Money | |
| | needs | care | คนดูแล | Carer | |
| | tambon | 1 | ท่าดี | Tha Di | |
| | tambon | 2 | กำแพงเซา | Kamphaeng Sao | |
| settings | | | | |
| | form_id | version | form_title | default_language | instance_name |
| | everything | 1 | สำรวจครัวเรือนและเยี่ยมบ้าน | ไทย (th) | concat('บ้านเลขที่ ', ${house_number}) |
"""  # noqa: E501 - a table is read by its rows

PERSON = "b" * 32
KNOWN = {
    "household": {"house_number": "12/3"},
    "members": [
        {"person_key": PERSON, "given_name": "ปั้น", "family_name": "ใจดี", "birth_date": "1950-03", "sex": "female"},
        {"given_name": "ดี", "family_name": "ใจดี"},
    ],
}
_GREEN = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3H0z" fill="#bfe0d3"/></svg>'
PICTURES = {f"{name}.svg": _GREEN for name in ("walk", "stick", "chair", "bed")}


def everything() -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return str(convert(FORM, file_type=".md").xform)
