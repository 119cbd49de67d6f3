"""Questions, always for whom: the door for other modules."""

from mudmai.rights.queries.alerts import Alert, alerts_page, alerts_to_export, count_alerts, kinds_seen, last_days
from mudmai.rights.queries.numbers import (
    Cell,
    Missed,
    Numbers,
    evaluated,
    missed_numbers,
    numbers_by_child,
    programme_numbers,
)
from mudmai.rights.queries.person import Right, Rights, rights_of
from mudmai.rights.queries.rows import parameter_rows, rules_fingerprint
from mudmai.rights.queries.seeing import listed_programmes, seen_programmes
from mudmai.rights.queries.worklists import (
    Line,
    Worklist,
    count_worklist,
    lines_of,
    worklist_page,
    worklist_to_export,
)

__all__ = [
    "Alert",
    "Cell",
    "Line",
    "Missed",
    "Numbers",
    "Right",
    "Rights",
    "Worklist",
    "alerts_page",
    "alerts_to_export",
    "count_alerts",
    "count_worklist",
    "evaluated",
    "kinds_seen",
    "last_days",
    "lines_of",
    "listed_programmes",
    "missed_numbers",
    "numbers_by_child",
    "parameter_rows",
    "programme_numbers",
    "rights_of",
    "rules_fingerprint",
    "seen_programmes",
    "worklist_page",
    "worklist_to_export",
]
