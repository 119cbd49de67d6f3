"""What a form says: its nodes, their rules, the questions asked of them and the words it uses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from .xpath.asking import Expression

Labels = Mapping[str, str]  # by language as the form names it; "" where the form has no languages


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be chosen."""

    value: str
    labels: Labels


@dataclass(frozen=True, slots=True)
class Field:
    """One question or hidden value of a form.

    `path` has no indexes. `type` is a data type of ODK XForms (string, int, decimal, boolean, date, time, dateTime,
    geopoint, geotrace, geoshape, binary, barcode) or select_one, select_multiple, rank, trigger. `control` is the kind
    of question on the screen, "" for what is not asked. `choices` are all there are, before any filter.
    """

    path: str
    name: str
    type: str
    control: str
    label: Labels
    hint: Labels
    repeat: str | None
    choices: tuple[Choice, ...]
    appearance: str
    required: bool
    readonly: bool
    mediatype: str
    calculated: bool
    relevant: str
    constraint: str

    def said(self, language: str = "th") -> str:
        """The question in a language, or in another one, or the name of the node."""
        return in_language(self.label, language) or self.name

    def choice_said(self, value: str, language: str = "th") -> str:
        """The label of a choice, or its value."""
        return next((in_language(c.labels, language) for c in self.choices if c.value == value), "") or value


def in_language(labels: Labels, language: str = "th") -> str:
    """The text in a language named by its code however the form names it, or else the first there is.

    >>> in_language({"English (en)": "house", "ไทย (th)": "บ้าน"}, "th")
    'บ้าน'
    """
    for name, said in labels.items():
        if said and speaks(name, language):
            return said
    return next((said for said in labels.values() if said), "")


_NAMES = {"th": ("thai", "ไทย"), "en": ("english", "อังกฤษ")}


def speaks(name: str, language: str) -> bool:
    """Whether a language of a form (`Thai (th)`, `th`, `ภาษาไทย`) is the one of a code."""
    lowered = name.lower()
    if f"({language}" in lowered or lowered == language or lowered.startswith(f"{language}-"):
        return True
    return any(word in lowered for word in _NAMES.get(language, ()))


@dataclass(slots=True)
class Itemset:
    """Where the choices of a question come from: an expression, and the names of value and label in each item."""

    nodes: Expression
    value: str
    label: str
    label_is_itext: bool
    filtered: bool


@dataclass(slots=True)
class Rules:
    """The bind of a node, compiled."""

    type: str = "string"
    relevant: Expression | None = None
    required: Expression | None = None
    readonly: Expression | None = None
    constraint: Expression | None = None
    calculate: Expression | None = None
    constraint_message: Labels = field(default_factory=dict)
    required_message: Labels = field(default_factory=dict)
    preload: tuple[str, str] | None = None


@dataclass(slots=True)
class Control:
    """A question in the body."""

    kind: str  # input, select, select1, rank, upload, range, trigger
    label: Labels = field(default_factory=dict)
    hint: Labels = field(default_factory=dict)
    appearance: str = ""
    mediatype: str = ""
    items: tuple[Choice, ...] = ()
    itemset: Itemset | None = None
    bounds: tuple[float, float] | None = None


@dataclass(slots=True)
class Definition:
    """One node of the primary instance."""

    name: str
    path: str
    parent: "Definition | None" = None
    children: "dict[str, Definition]" = field(default_factory=dict)
    default: str = ""
    is_repeat: bool = False
    count: Expression | None = None
    label: Labels = field(default_factory=dict)
    rules: Rules = field(default_factory=Rules)
    control: Control | None = None
    choices: tuple[Choice, ...] = ()
    values: frozenset[str] | None = None  # of the choices, where no filter narrows them
    check_type: Callable[[str], bool] | None = None
    in_meta: bool = False

    @property
    def type(self) -> str:
        kinds = {"select1": "select_one", "select": "select_multiple", "rank": "rank", "trigger": "trigger"}
        return kinds.get(self.control.kind if self.control else "", self.rules.type)

    @property
    def repeat(self) -> str | None:
        above: Definition | None = self
        while above is not None:
            if above.is_repeat:
                return above.path
            above = above.parent
        return None
