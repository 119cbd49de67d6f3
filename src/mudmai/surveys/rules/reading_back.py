"""A filled form as a person reads it: questions with their answers, in the groups and repeats of the form."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from mudmai.surveys.rules.mapping import Use
from mudmai.surveys.rules.xform import Field, Group, XForm, in_language

HIDDEN_NAMES = frozenset({"household_key", "person_key"})


@dataclass(frozen=True, slots=True)
class Answer:
    """One question and what was told. `value` is as it came; `shown` in words, "" where it may not be seen."""

    field: Field
    value: str
    shown: str
    data_class: str
    visible: bool
    label: str = ""

    @property
    def is_day(self) -> bool:
        return self.field.type == "date"


@dataclass(slots=True)
class Section:
    """The answers of one group, or of one instance of a repeat (`number` from 1)."""

    heading: str
    number: int = 0
    answers: list[Answer] = field(default_factory=list)


def sections_of(
    form: XForm, answers: Group, uses: list[Use], classes: Mapping[str, str], visible: Callable[[str], bool],
    language: str,
) -> list[Section]:  # fmt: skip
    """Everything that was told, group by group. `classes` gives the class of data of each attribute.

    An answer that fills no attribute is as sensitive as the most sensitive attribute that its form fills, because
    items of a scale say as much as its score.
    """
    by_path = {use.field.path: classes.get(use.attribute, "") for use in uses}
    closest = _closest(by_path)
    sections: list[Section] = []

    def walk(group: Group, path: str, section: Section) -> None:
        for name, told in group.items():
            here = f"{path}/{name}"
            if isinstance(told, list):
                for number, each in enumerate(told, 1):
                    walk(each, here, _new(sections, _heading(form, here, language), number))
            elif isinstance(told, dict):
                walk(told, here, _new(sections, _heading(form, here, language), section.number))
            elif told != "" and here in form.fields and name not in HIDDEN_NAMES:
                asked = form.fields[here]
                data_class = by_path.get(here) or closest
                may = visible(data_class)
                shown = in_words(asked, told, language) if may else ""
                section.answers.append(Answer(asked, told if may else "", shown, data_class, may, asked.said(language)))

    root = next(iter(form.fields), "/data/").split("/")[1]
    walk(answers, f"/{root}", _new(sections, "", 0))
    return [section for section in sections if section.answers]


def in_words(asked: Field, told: str, language: str) -> str:
    """An answer by the labels of its choices; anything else as it was told."""
    if asked.type in ("select_multiple", "rank"):
        return ", ".join(asked.choice_said(each, language) for each in told.split())
    return asked.choice_said(told, language)


def _closest(by_path: Mapping[str, str]) -> str:
    """The most sensitive class among these."""
    order = ("mental", "health", "money", "social", "contact", "identity")
    found = set(by_path.values())
    return next((each for each in order if each in found), "social")


def _new(sections: list[Section], heading: str, number: int) -> Section:
    sections.append(Section(heading, number))
    return sections[-1]


def _heading(form: XForm, path: str, language: str) -> str:
    return in_language(form.headings.get(path, {}), language)


def photos_in(sections: list[Section]) -> Iterator[Answer]:
    """The answers that name a file and may be seen."""
    for section in sections:
        yield from (each for each in section.answers if each.field.type == "binary" and each.visible)
