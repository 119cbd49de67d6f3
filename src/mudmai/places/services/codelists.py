"""Compares a list of area codes with the national list. Nothing of it is taken over."""

from django.utils.translation import gettext as _

from mudmai.kernel.text import cell_text
from mudmai.places.rules import clean_code, name_key
from mudmai.places.services.joining import Joiner
from mudmai.places.services.report import LoadReport, Problem
from mudmai.places.services.tables import Table


def compare(table: Table, columns: dict[str, str], joiner: Joiner, report: LoadReport) -> None:
    """Tell which codes of the list are not in use, and which bear another name than the national list gives them."""
    by_name: dict[tuple[str, str], list[str]] = {}
    for known, official in joiner.names.items():
        by_name.setdefault((known[:2], name_key(official)), []).append(known)
    for done, (row, where) in enumerate(zip(table.rows, table.where, strict=True), start=1):
        joiner.step(done)
        code = joiner.join(where, row.get(columns["code"]))
        if code is None:
            continue
        name = cell_text(row.get(columns["name_th"]))
        if name_key(name) == name_key(joiner.names[code]):
            report.same += 1
            continue
        meant = [other for other in by_name.get((code[:2], name_key(name)), []) if len(other) == len(code)]
        report.conflict(_conflict(where, code, name, joiner.names[code], meant))
    report.notes.append(_("The list was only compared with the national list; nothing was taken over."))


def _conflict(where: str, code: str, name: str, official: str, meant: list[str]) -> Problem:
    words = {"code": clean_code(code), "name": name[:60], "official": official, "meant": ", ".join(meant)}
    message = _("%(code)s is %(official)s in the national list, but %(name)s here.") % words
    if meant:
        message += " " + _("%(name)s has the code %(meant)s.") % words
    return Problem(where, code, "other_name", message, tuple(meant))
