"""People, as they are told apart: the scheme of the registry."""

from mudmai.linkage.rules.comparisons import BLOCKING, COMPARISONS, Levels
from mudmai.linkage.rules.schemes import Scheme
from mudmai.linkage.rules.sides import Side
from mudmai.linkage.rules.verdicts import by_rule

PEOPLE = Scheme("people", Side, Levels, COMPARISONS, BLOCKING, by_rule)
