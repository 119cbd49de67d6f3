"""The assembly of village 1 of the invented town: discussed, signed and certified as a real one is."""

import math
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from mudmai.assembly import queries, services
from mudmai.people import queries as people

if TYPE_CHECKING:
    from mudmai.accounts.models import User
    from mudmai.assembly.models import Assembly

LISTS = ("bedridden", "homebound", "disabled", "tpmap")
SIGNERS = (("นายดำ ดีงาม", "headman"), ("นางแดง ใจสู้", "assistant"), ("น้อย แก้วมา", "volunteer"))


def hold_assembly(area_code: str, *, by: "User", on: date) -> "Assembly":
    """Take the vulnerable of a village through the meeting up to the certified list. Returns the assembly."""
    held = services.freeze(
        by=by, area_code=area_code, title="บัญชีรายชื่อผู้เปราะบาง หมู่ที่ 1", held_on=on, facts=LISTS,
        place="ศาลาอเนกประสงค์หมู่บ้าน", purpose="help",
    )  # fmt: skip

    def step(kind: str, **body: object) -> None:
        services.add_step(held, kind, body, by=by)

    step("attended", name="นายดำ ดีงาม", position="headman", villagers=47)
    step("attended", name="นางแดง ใจสู้", position="assistant")
    step("attended", name="น้อย แก้วมา", position="volunteer")
    rows = list(queries.minutes_of(held).rows.values())
    struck, doubted = rows[2], rows[4]
    step("struck", row=struck.no, why="ย้ายไปอยู่กับบุตรที่ต่างอำเภอตั้งแต่เดือนกันยายน")
    step("objected", row=doubted.no, who="นายมี พูดตรง", words="มีบุตรดูแลอยู่แล้ว ควรให้ผู้ที่อยู่คนเดียวก่อน")
    step("answered", objection=1, answer="ที่ประชุมให้คงรายชื่อไว้ และให้ อสม. เยี่ยมบ้านอีกครั้งภายในเดือนนี้")
    step("kept", rows=[row.no for row in rows if row is not struck])
    added = _somebody_else(area_code, {row.person for row in rows}, by=by)
    step("added", **added, why="อยู่คนเดียว อายุมาก ไม่มีผู้ดูแล")
    step("noted", words="ที่ประชุมเห็นชอบบัญชีตามที่พิจารณา และขอให้เทศบาลแจ้งผลการช่วยเหลือในการประชุมครั้งหน้า")
    step("closed")
    for name, position in SIGNERS:
        services.sign(held, name=name, position=position, strokes=_written(name), by=by)
    services.certify(held, by=by)
    return held


def _somebody_else(area_code: str, listed: set[str], *, by: "User") -> dict[str, str]:
    """An old person of the village who is on none of the lists."""
    keep = people.PersonFilter(area=area_code, born_until="1956-12-31")
    for person in people.persons_page(by, keep, size=200).rows:
        if person.pk.hex not in listed and person.household is not None:
            return {
                "name": person.full_name, "person": person.pk.hex, "house": person.household.house_no,
                "household": person.household.pk.hex,
            }  # fmt: skip
    return {"name": "นางทองดี อยู่เดียว", "house": "99"}


def _written(name: str) -> list[list[int]]:
    """A scrawl that belongs to a name: loops from left to right, as signatures are."""
    draw = Random(name)
    height, turn = draw.randint(50, 90), draw.uniform(0.35, 0.6)
    points = [
        (
            120 + 13 * at + round(30 * math.cos(turn * at)),
            150 + round(height * math.sin(turn * at) * draw.uniform(0.6, 1)),
        )
        for at in range(52)
    ]
    return [[value for point in points for value in point], [150, 235, 820, 215 + draw.randint(-20, 20)]]
