"""What the module of entitlements remembers: dated parameters, cases, and what follows for each person."""

from mudmai.rights.models.rulebook import CaseRow, ParameterRow
from mudmai.rights.models.standing import Due, Evaluation, Notice, RightsTally, Standing, Watched

__all__ = ["CaseRow", "Due", "Evaluation", "Notice", "ParameterRow", "RightsTally", "Standing", "Watched"]
