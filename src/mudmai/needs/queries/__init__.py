"""Questions, always for whom: the door for other modules."""

from mudmai.needs.models import Snapshot
from mudmai.needs.queries.changes import ChangedHouse, changed_houses, changes, progress_of, snapshot_for, snapshots_for
from mudmai.needs.queries.comparing import (
    Comparison,
    compare_counts,
    compare_page,
    compare_to_export,
    comparison,
    count_named,
    persons_in_need,
    twice_on_lists,
)
from mudmai.needs.queries.edition import edition
from mudmai.needs.queries.explaining import HouseExplained, IndicatorLine, explained
from mudmai.needs.queries.few import few_in
from mudmai.needs.queries.layouts import LaidOut, layout_for, layouts_for, versions_of
from mudmai.needs.queries.lines import RankedLine, ReasonLine
from mudmai.needs.queries.logbook import LogbookRows, who_choices
from mudmai.needs.queries.preview import Mover, Preview, preview_weights
from mudmai.needs.queries.ranking import (
    NeedFilter,
    count_needs,
    need_of,
    needs_to_export,
    ranked_page,
)
from mudmai.needs.queries.setting_up import SetOffered, key_of, set_of, sets_for, setup_of, setups
from mudmai.needs.queries.tallies import (
    AreaNeeds,
    alkire_foster,
    area_needs,
    needs_by_child,
    reasons_counted,
    top_reasons,
    total,
)
from mudmai.needs.queries.unseen import Overlap, Unseen, unseen_of
from mudmai.needs.queries.weights import weighing_for, weighings_of
from mudmai.needs.rules.changing import Changes

__all__ = [
    "AreaNeeds",
    "ChangedHouse",
    "Changes",
    "Comparison",
    "HouseExplained",
    "IndicatorLine",
    "LaidOut",
    "LogbookRows",
    "Mover",
    "NeedFilter",
    "Overlap",
    "Preview",
    "RankedLine",
    "ReasonLine",
    "SetOffered",
    "Snapshot",
    "Unseen",
    "alkire_foster",
    "area_needs",
    "changed_houses",
    "changes",
    "compare_counts",
    "compare_page",
    "compare_to_export",
    "comparison",
    "count_named",
    "count_needs",
    "edition",
    "explained",
    "few_in",
    "key_of",
    "layout_for",
    "layouts_for",
    "need_of",
    "needs_by_child",
    "needs_to_export",
    "persons_in_need",
    "preview_weights",
    "progress_of",
    "ranked_page",
    "reasons_counted",
    "set_of",
    "sets_for",
    "setup_of",
    "setups",
    "snapshot_for",
    "snapshots_for",
    "top_reasons",
    "total",
    "twice_on_lists",
    "unseen_of",
    "versions_of",
    "weighing_for",
    "weighings_of",
    "who_choices",
]
