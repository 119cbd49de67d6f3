"""What the module of entitlements remembers: dated parameters, cases, and what follows for each person."""

from mudmai.rights.models.rulebook import CaseRow, ParameterRow
from mudmai.rights.models.standing import Due, RightsTally, Standing

__all__ = ["CaseRow", "Due", "ParameterRow", "RightsTally", "Standing"]
