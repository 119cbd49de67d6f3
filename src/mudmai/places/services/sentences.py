"""The sentences of reports about codes that do not join."""

from django.utils.translation import gettext as _

from mudmai.places.models import AbolishedCode


def unknown_sentence(code: str) -> str:
    if not code:
        return _("The row has no code.")
    if not code.isdecimal() or len(code) not in (2, 4, 6, 8):
        return _("“%(code)s” is not an area code (2, 4, 6 or 8 digits).") % {"code": code[:30]}
    return _("No area has the code %(code)s.") % {"code": code}


def abolished_sentence(old: AbolishedCode, names: dict[str, str]) -> str:
    """ "บางนา (104701) was abolished on 2022-04-22; now บางนาเหนือ (104702), บางนาใต้ (104703)." """
    words = {"name": old.name_th, "code": old.code, "now": _followers(old, names)}
    if old.abolished_on is None:
        return _("%(name)s (%(code)s) was abolished.") % words
    words["day"] = f"{old.abolished_on.day}/{old.abolished_on.month}/{old.abolished_on.year + 543}"
    if not old.successors:
        return _("%(name)s (%(code)s) was abolished on %(day)s; what follows it is not known.") % words
    return _("%(name)s (%(code)s) was abolished on %(day)s; now it is %(now)s.") % words


def _followers(old: AbolishedCode, names: dict[str, str]) -> str:
    return ", ".join(f"{names.get(code, '')} ({code})".strip() for code in old.successors)
