"""The functions of XPath 1.0 and ODK XForms that a form may call.

Source: https://getodk.github.io/xforms-spec/#xpath-functions, and @getodk/xpath 0.22 where they differ;
reviewed 2569-11.
"""

from collections.abc import Mapping

from mudmai.surveys.rules.xform.xpath.asking import Function

from .days import DAYS
from .logic import LOGIC
from .nodes import NODES
from .numeric import NUMERIC
from .shapes import SHAPES
from .strings import STRINGS

LIBRARY: Mapping[str, Function] = {**STRINGS, **NUMERIC, **DAYS, **LOGIC, **NODES, **SHAPES}
