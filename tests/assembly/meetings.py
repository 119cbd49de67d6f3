"""The meeting of village 1 of Ko Kha about its bedridden and disabled people, as its tests need it."""

from datetime import date

from tests.people.town import VILLAGE, row, tell

from mudmai.accounts.models import User
from mudmai.assembly import services
from mudmai.assembly.models import Assembly

ROUND = [[100, 100, 200, 150, 300, 100], [320, 90, 420, 180]]


def villagers() -> None:
    """Mali is bedridden, Kham has a disability, Boon has a disability in the village next to it."""
    tell(
        row("มาลี", "ใจดี", house="12/3", id="1" * 32, adl_group="bedridden"),
        row("คำ", "แสนดี", house="9", id="2" * 32, disability_registered=True),
        row("บุญ", "มาไกล", house="7", id="3" * 32, area="52030602", disability_registered=True),
        row("แก้ว", "ใหม่มา", house="12/3", id="4" * 32),
    )


def frozen(by: User) -> Assembly:
    return services.freeze(
        by=by, area_code=VILLAGE, title="ผู้เปราะบางหมู่ 1", held_on=date(2026, 11, 2), facts=["bedridden", "disabled"],
        place="ศาลาประชาคม", purpose="help",
    )  # fmt: skip


def closed(by: User) -> Assembly:
    """Everybody was kept, the headman came, and the list is closed for signing."""
    held = frozen(by)
    services.add_step(held, "kept", {"rows": [1, 2]}, by=by)
    services.add_step(held, "attended", {"name": "ผู้ใหญ่ดำ ดีงาม", "position": "headman", "villagers": 41}, by=by)
    services.add_step(held, "closed", {}, by=by)
    return held


def signed(by: User) -> Assembly:
    """Headman, assistant and volunteer have signed."""
    held = closed(by)
    for name, position in (("ดำ ดีงาม", "headman"), ("แดง ใจสู้", "assistant"), ("น้อย แก้วมา", "volunteer")):
        services.sign(held, name=name, position=position, strokes=ROUND, by=by)
    return held
