"""Who may do what with which class of data: roles, actions and purposes as data.

Source:  Personal Data Protection Act B.E. 2562 s. 24, 26 (sensitive data) and 37 (security); the split of work between
         welfare officer, case manager, health station and volunteers in docs/decisions/0003-roles.md; reviewed 2569-11.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DataClass(TextChoices):
    """How closely data touches a person; every attribute of the catalogue names one."""

    IDENTITY = "identity", _("identity")  # ตัวตน
    CONTACT = "contact", _("contact")  # การติดต่อ
    SOCIAL = "social", _("social")  # สังคม
    HEALTH = "health", _("health")  # สุขภาพ
    MENTAL = "mental", _("mental health")  # สุขภาพจิต
    MONEY = "money", _("money")  # การเงิน
    # A diagnosis whose mere suspicion harms: infection with HIV. Stands on no list, in no file and in no count of few.
    GUARDED = "guarded", _("strictly guarded")  # ปกปิดเป็นพิเศษ


class TeamKind(TextChoices):
    """What brings a team together."""

    VILLAGE = "village", _("village team")  # ทีม อสม. ของหมู่บ้าน
    GROUP = "group", _("group across agencies")  # กลุ่มดูแลข้ามหน่วยงาน


class About(TextChoices):
    """What a team follows."""

    PERSON = "person", _("person")
    HOUSEHOLD = "household", _("household")


# Each look at these is logged with its purpose.
SENSITIVE: frozenset[str] = frozenset({DataClass.HEALTH, DataClass.MENTAL, DataClass.MONEY, DataClass.GUARDED})

ACTIONS: frozenset[str] = frozenset(
    {
        "counts.view",
        "people.view",
        "people.edit",
        "people.export",
        "people.see_full_id",
        "intake.import",
        "intake.undo",
        "linkage.review",
        "places.load",
        "map.pin",
        "forms.manage",
        "surveys.submit",
        "submissions.read",
        "teams.manage",
        "assembly.run",
        "assembly.sign",
        "needs.weigh",
        "rights.rules",
        "access.manage",
        "audit.read",
    }
)


@dataclass(frozen=True)
class Role:
    """What one kind of duty allows in its area."""

    code: str
    label: Promise
    actions: frozenset[str]
    classes: frozenset[str]


def _role(code: str, label: Promise, actions: str, classes: str = "") -> Role:
    return Role(code, label, frozenset(actions.split()), frozenset(classes.split()))


ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        # Manages users and settings, and so that nobody guards himself alone, sees no person's data by this duty.
        _role("administrator", _("administrator"), "access.manage teams.manage audit.read places.load counts.view"),
        # นักพัฒนาชุมชน, เจ้าหน้าที่สวัสดิการ
        _role(
            "registrar",
            _("welfare officer (registrar)"),
            "counts.view people.view people.edit people.export people.see_full_id "
            "intake.import intake.undo linkage.review places.load map.pin forms.manage "
            "surveys.submit submissions.read teams.manage assembly.run assembly.sign needs.weigh rights.rules",
            "identity contact social money health",
        ),
        # ผู้จัดการรายกรณี
        _role(
            "case_manager",
            _("case manager"),
            "counts.view people.view people.edit people.export people.see_full_id map.pin forms.manage "
            "surveys.submit submissions.read teams.manage assembly.run assembly.sign needs.weigh",
            "identity contact social money health mental guarded",
        ),
        # เจ้าหน้าที่ รพ.สต.
        _role(
            "health_officer",
            _("health officer"),
            "counts.view people.view people.edit people.export people.see_full_id map.pin forms.manage "
            "surveys.submit submissions.read assembly.sign",
            "identity contact social health mental",
        ),
        # อสม.
        _role(
            "volunteer",
            _("village health volunteer"),
            "counts.view people.view map.pin surveys.submit assembly.sign",
            "identity contact social",
        ),
        # นายกเทศมนตรี, คณะกรรมการ: numbers and areas, no person
        _role("viewer", _("viewer of numbers (mayor, committee)"), "counts.view"),
        _role("auditor", _("auditor"), "audit.read"),
    )
}

# What a member of a team or group may do and see of the persons and houses that it follows, and, in a village team that
# looks after its whole village, there. Nobody takes lists away (people.export) or reads whole ids by these.
GROUP_ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        # Brings people together; whoever also treats or pays has a duty for that.
        _role(
            "area_admin",
            _("area admin"),
            "counts.view people.view map.pin surveys.submit submissions.read teams.manage assembly.sign",
            "identity contact social",
        ),
        # ผู้จัดการรายกรณี (CM)
        _role(
            "case_manager",
            _("case manager (CM)"),
            "people.view people.edit map.pin surveys.submit submissions.read",
            "identity contact social money health mental",
        ),
        # ผู้ดูแล (CG): trained for long-term care, visits the bedridden
        _role(
            "caregiver",
            _("caregiver (CG)"),
            "counts.view people.view map.pin surveys.submit",
            "identity contact social health",
        ),
        # อสม., อพม., จิตอาสา
        _role(
            "volunteer",
            _("volunteer"),
            "counts.view people.view map.pin surveys.submit assembly.sign",
            "identity contact social",
        ),
        # A partner who should know whom the group looks after, and no more.
        _role("viewer", _("viewer"), "people.view", "identity"),
    )
}
# Where a whole village may be open to a team, no role brings more than the registrar, who makes the team, sees herself.
VILLAGE_TEAM_ROLES: tuple[str, ...] = ("area_admin", "caregiver", "volunteer")


@dataclass(frozen=True)
class Purpose:
    """Why somebody exports or looks at sensitive data; kept with the log line."""

    code: str
    label: Promise


PURPOSES: dict[str, Purpose] = {
    purpose.code: purpose
    for purpose in (
        Purpose("help", _("helping this person or household")),
        Purpose("visit", _("preparing a home visit")),
        Purpose("allowance", _("paying or checking an allowance")),
        Purpose("referral", _("referring to another agency")),
        Purpose("disaster", _("disaster or emergency")),
        Purpose("planning", _("planning and reports")),
        Purpose("correction", _("checking and correcting data")),
        Purpose("request", _("request of the person concerned")),
    )
}


def is_area_code(text: str) -> bool:
    """Whether a duty can stand on this: nothing (the whole country) or 2, 4, 6 or 8 digits.

    >>> is_area_code(""), is_area_code("520306"), is_area_code("5"), is_area_code("52o306")
    (True, True, False, False)
    """
    return len(text) in {0, 2, 4, 6, 8} and (text == "" or (text.isascii() and text.isdecimal()))


def covers(prefix: str, area_code: str) -> bool:
    """Whether a duty on `prefix` reaches `area_code`.

    >>> covers("520306", "52030601"), covers("520306", "5203"), covers("", "10")
    (True, False, True)
    """
    return area_code.startswith(prefix)


# Code of an invitation: without letters and digits that look alike; ten of these 31 are about 49 bits.
CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
CODE_LENGTH = 10


def spelled(number: int) -> str:
    """The code of an invitation as people read it out, from a large number.

    >>> spelled(0), spelled(31**10 - 1), spelled(31**10 + 32)
    ('aaaaa-aaaaa', '99999-99999', 'aaaaa-aaabb')
    """
    letters = []
    for _place in range(CODE_LENGTH):
        number, letter = divmod(number, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[letter])
    code = "".join(reversed(letters))
    return f"{code[:5]}-{code[5:]}"


def as_typed(text: str) -> str:
    """The letters of a code however it was typed; "" for what cannot be one.

    >>> as_typed(" AAAAA aaabb "), as_typed("aaaaa–aaabb"), as_typed("aaaaa-aaab"), as_typed("aaaaa-aaab0")
    ('aaaaaaaabb', 'aaaaaaaabb', '', '')
    """
    letters = "".join(sign for sign in text.lower()[:100] if sign.isalnum())
    return letters if len(letters) == CODE_LENGTH and set(letters) <= set(CODE_LETTERS) else ""
