"""List 2: the disability register off the ministry's web page: an HTML table in windows-874 that calls itself .xls."""

from datetime import date
from html import escape
from pathlib import Path
from random import Random

from mudmai.site.demo.boundaries import AMPHOE, PROVINCE, TAMBON
from mudmai.site.demo.errors import Slips
from mudmai.site.demo.files.sheets import INVENTED
from mudmai.site.demo.town import Town
from mudmai.site.demo.town.persons import Disability, House, Person
from mudmai.site.demo.truth import Truth
from mudmai.site.demo.wording import long_date, slash_date

TYPES = {
    1: "ทางการเห็น",
    2: "ทางการได้ยินหรือสื่อความหมาย",
    3: "ทางการเคลื่อนไหวหรือทางร่างกาย",
    4: "ทางจิตใจหรือพฤติกรรม",
    5: "ทางสติปัญญา",
    6: "ทางการเรียนรู้",
    7: "ออทิสติก",
}
HEAD = (
    "ลำดับ", "เลขประจำตัวประชาชน", "คำนำหน้า", "ชื่อ", "นามสกุล",
    "เพศ", "วันเดือนปีเกิด", "บ้านเลขที่", "หมู่ที่", "ตำบล",
    "ประเภทความพิการ", "เลขที่บัตรประจำตัวคนพิการ", "วันออกบัตร", "วันหมดอายุ", "ผู้ดูแลคนพิการ",
    "เกี่ยวข้องเป็น", "โทรศัพท์", "รับเบี้ยความพิการ",
)  # fmt: skip
PAGE = """<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:x="urn:schemas-microsoft-com:office:excel"
xmlns="http://www.w3.org/TR/REC-html40">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=windows-874" />
<title>ทะเบียนคนพิการ</title>
</head>
<body>
<table border="1" cellpadding="3" cellspacing="0">
{rows}
</table>
</body>
</html>
"""
SHEET = "ทะเบียนคนพิการ"


def write_disability_register(town: Town, path: Path, truth: Truth, rng: Random) -> None:
    """Write the register as of two and a half months before the newer civil register; `row` counts <tr> elements."""
    slips = Slips(rng, "disability")
    day = disability_register_on(town)
    rows = [_title(f"ทะเบียนคนพิการ ตำบล{TAMBON} อำเภอ{AMPHOE} จังหวัด{PROVINCE} {INVENTED}")]
    rows += [_title(f"ข้อมูล ณ วันที่ {long_date(day)}"), _tr(HEAD, "th")]
    count = 0
    for person, card, house in _holders(town, day, rng):
        times = 2 if rng.random() < 0.012 else 1
        for again in range(times):
            count += 1
            if again:
                slips.made("duplicate")
            rows.append(_tr([str(count), *_values(town, person, card, house, day, slips)]))
            truth.note(path.name, SHEET, len(rows), person, house, slips.taken())
    rows.append(_title(f"รวมทั้งสิ้น {count} ราย"))
    path.write_bytes(PAGE.format(rows="\n".join(rows)).encode("cp874", errors="replace"))


def disability_register_on(town: Town) -> date:
    """The day on which the page was saved."""
    return town.newer_register_on.replace(month=8, day=15)


def _holders(town: Town, day: date, rng: Random) -> list[tuple[Person, Disability, House]]:
    """Those with a card issued by then, in the order of the cards; a few of the dead are still there."""
    holders = [
        (p, p.disability, p.house_on(day))
        for p in town.people
        if p.disability and p.disability.issued_on <= day and (p.is_here(day) or (p.died_on and rng.random() < 0.3))
    ]
    return sorted(holders, key=lambda told: told[1].card_no)


def _values(town: Town, person: Person, card: Disability, house: House, day: date, slips: Slips) -> list[str]:
    if person.died_on and person.died_on <= day:
        slips.made("dead_still_listed")
    title, given = person.title_on(day), slips.given(person, day)
    if slips.happens("title_stuck"):
        title, given = "", title + given
    birth = slips.birth(person)
    cid = slips.cid(person, dashed=slips.rng.random() < 0.5)
    sex = "ชาย" if person.sex == "M" else "หญิง"
    moo = "" if slips.happens("moo_missing") else str(house.moo)
    kinds = ", ".join(f"{kind} {TYPES[kind]}" for kind in card.types)
    who = [
        cid,
        title,
        given,
        slips.family(person, day),
        sex,
        _written(birth, slips),
        house.house_no,
        moo,
        TAMBON,
        kinds,
    ]
    dates = [card.card_no, slash_date(card.issued_on), slash_date(card.expires_on)]
    return [*who, *dates, *_caregiver(town, person, house, day), "รับ" if card.allowance else "ไม่ได้รับ"]


def _caregiver(town: Town, person: Person, house: House, day: date) -> tuple[str, str, str]:
    """Name, relation and phone of whoever in the house can take care."""
    able = [p for p in town.living(house, day) if p is not person and 20 <= p.age_on(day) < 80 and not p.disability]
    if not able:
        return "", "", person.phone
    carer = next((p for p in able if p is person.spouse), min(able, key=lambda p: (p.sex == "M", p.number)))
    return carer.full_name_on(day), _is_to(carer, person), carer.phone or house.phone


def _is_to(carer: Person, person: Person) -> str:
    if carer is person.spouse:
        return "คู่สมรส"
    if person in (carer.mother, carer.father):
        return "บุตร"
    if carer in (person.mother, person.father):
        return "มารดา" if carer.sex == "F" else "บิดา"
    return "ญาติ"


def _written(birth: date | str, slips: Slips) -> str:
    if isinstance(birth, str):
        return birth
    if slips.happens("birth_gregorian"):
        return f"{birth.day:02d}/{birth.month:02d}/{birth.year}"
    return slash_date(birth)


def _title(text: str) -> str:
    return f'<tr><td colspan="{len(HEAD)}" align="center"><b>{escape(text)}</b></td></tr>'


def _tr(cells: list[str] | tuple[str, ...], tag: str = "td") -> str:
    # mso-number-format keeps the id from turning into 3.52E+12 when Excel opens the page.
    return "<tr>" + "".join(f"<{tag} style=\"mso-number-format:'\\@'\">{escape(c)}</{tag}>" for c in cells) + "</tr>"
