"""A filled form as a person reads it: questions with their answers, in the groups and repeats of the form."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from mudmai.people.rules.catalogue import Attribute, catalogue
from mudmai.surveys.rules.mapping import Use
from mudmai.surveys.rules.xform import Field, Group, XForm, in_language

_KEYS = frozenset({"household_key", "person_key"})
_MOST_SENSITIVE_FIRST = ("guarded", "mental", "health", "money", "social", "contact", "identity")
_PLACE = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Answer:
    """One question and what was told: `value` as it came, `shown` in words; both "" where it may not be seen."""

    label: str
    value: str
    shown: str
    type: str
    data_class: str
    visible: bool
    is_day: bool

    @property
    def is_file(self) -> bool:
        return self.type == "binary"


@dataclass(slots=True)
class Section:
    """The answers of one group, or of one instance of a repeat (`number` from 1)."""

    heading: str
    number: int = 0
    answers: list[Answer] = field(default_factory=list)


@dataclass(slots=True)
class Filled:
    """All of one form. `day` is the day of the visit as told; `aside`: what the phone noted, and that fills nothing."""

    day: str = ""
    sections: list[Section] = field(default_factory=list)
    aside: list[Answer] = field(default_factory=list)

    def __iter__(self) -> Iterator[Answer]:
        for section in self.sections:
            yield from section.answers
        yield from self.aside

    @property
    def files(self) -> list[str]:
        """The names of the photos and files that may be seen."""
        return [answer.value for answer in self if answer.is_file and answer.visible]


def read_back(form: XForm, answers: Group, uses: list[Use], visible: Callable[[str], bool], language: str) -> Filled:
    """Everything that was told, group by group; what is of a class that is not `visible` is kept back.

    An answer that fills no attribute is as sensitive as the most sensitive attribute that its form fills, because
    items of a scale say as much as its score.
    """
    filled, known = Filled(), catalogue().attributes
    fills = {use.field.path: known[use.attribute] for use in uses if use.attribute in known}
    found = {str(about.data_class) for about in fills.values()}
    closest = next((each for each in _MOST_SENSITIVE_FIRST if each in found), "social")

    def answer(asked: Field, told: str) -> Answer:
        about = fills.get(asked.path)
        data_class = str(about.data_class) if about else closest
        may = visible(data_class)
        label = in_language(asked.label, language) or (about.label(language) if about else asked.name)
        shown = _in_words(asked, about, told, language) if may else ""
        is_day = asked.type == "date" or (about is not None and about.kind == "date")
        return Answer(label, told if may else "", shown, asked.type, data_class, may, is_day)

    def walk(group: Group, path: str, section: Section) -> None:
        for name, told in group.items():
            here = f"{path}/{name}"
            if isinstance(told, list):
                for number, each in enumerate(told, 1):
                    walk(each, here, new(here, number))
            elif isinstance(told, dict):
                walk(told, here, new(here, section.number))
            elif told != "" and here in form.fields and name not in _KEYS:
                asked = form.fields[here]
                is_aside = not asked.control and here not in fills
                (filled.aside if is_aside else section.answers).append(answer(asked, told))

    def new(path: str, number: int) -> Section:
        filled.sections.append(Section(in_language(form.headings.get(path, {}), language), number))
        return filled.sections[-1]

    root = "/" + next(iter(form.fields), "/data/").split("/")[1]
    walk(answers, root, new(root, 0))
    filled.day = str(answers.get("visit_date") or answers.get("today") or "")[:10]
    filled.sections = [section for section in filled.sections if section.answers]
    return filled


def question_at(form: XForm, path: str, language: str) -> str:
    """The words of the question at a path with places (`/data/members[2]/age`), with its place; "" where none is."""
    asked = form.fields.get(_PLACE.sub("", path))
    places = _PLACE.findall(path)
    return f"{asked.said(language)} {places[-1][1:-1] if places else ''}".strip() if asked else ""


def _in_words(asked: Field, about: Attribute | None, told: str, language: str) -> str:
    """An answer by the labels of its choices, or by the registry's words; anything else as it was told."""
    if asked.type in ("select_multiple", "rank"):
        return ", ".join(asked.choice_said(each, language) for each in told.split())
    if asked.choices or about is None:
        return asked.choice_said(told, language)
    return catalogue().shown(about.code, told == "yes" if about.kind == "yes_no" else told, language)
