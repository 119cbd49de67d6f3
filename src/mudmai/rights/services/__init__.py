"""Actions: the door for other modules."""

from mudmai.rights.services.cases import CaseRefused, CaseTakenBack, keep_case, take_back_case
from mudmai.rights.services.evaluating import (
    evaluate_all,
    evaluate_daily,
    evaluate_due,
    evaluate_persons,
    note,
    rules_changed,
    rules_stirred,
)
from mudmai.rights.services.judging import stored_programmes
from mudmai.rights.services.parameters import RowRefused, RowTakenBack, add_row, take_back_row

__all__ = [
    "CaseRefused",
    "CaseTakenBack",
    "RowRefused",
    "RowTakenBack",
    "add_row",
    "evaluate_all",
    "evaluate_daily",
    "evaluate_due",
    "evaluate_persons",
    "keep_case",
    "note",
    "rules_changed",
    "rules_stirred",
    "stored_programmes",
    "take_back_case",
    "take_back_row",
]
