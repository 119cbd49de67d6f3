"""One indicator after the other: its result in words, what it rests on, what contradicts it, and what is missing."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from mudmai.kernel.logic import NO
from mudmai.needs.queries.explaining.facts import UNSEEN_KINDS, Facts, Subject
from mudmai.needs.queries.explaining.lines import WITHHELD, IndicatorLine, Missing, PersonLine
from mudmai.needs.rules.assessing import Assessed, Setup
from mudmai.needs.rules.conditions import Sight
from mudmai.needs.rules.indicators import FAILED, NOT_APPLICABLE, NOT_KNOWN, PASSED, Mask, Results, said_by_rules
from mudmai.needs.rules.sets import Indicator, Rule
from mudmai.people.rules.catalogue import catalogue

RESULTS = ("unknown", "pass", "fail", "na")
_TOLD = (PASSED, FAILED, NOT_APPLICABLE)


_Said = list[tuple[Results, Mask]]


class _Member(NamedTuple):
    line: PersonLine
    contradiction: str


class _Why(NamedTuple):
    """Why a result is as it is, and what speaks against it."""

    sentence: str
    contradiction: str


class Explainer:
    """Explains the indicators of one household of a frame."""

    def __init__(self, setup: Setup, assessed: Assessed, sight: Sight, facts: Facts) -> None:
        self.setup, self.assessed, self.sight, self.facts = setup, assessed, sight, facts
        self.language = facts.language

    def lines(self) -> Iterator[IndicatorLine]:
        for place, indicator in enumerate(self.setup.indicators.indicators):
            yield self._line(place, indicator)

    def _line(self, place: int, indicator: Indicator) -> IndicatorLine:
        facts = self.facts
        result = int(self.assessed.results[facts.place, place])
        rules = said_by_rules(indicator, self.sight)
        codes = [pair for pair in indicator.facts().items() if pair[0] not in UNSEEN_KINDS]
        meant = self._meant(place, indicator)
        of_persons = indicator.unit == "person"
        hidden = facts.hidden(codes, facts.members if result == NOT_APPLICABLE else meant)
        if hidden and not self._is_open(indicator, meant if of_persons else [facts.itself], result):
            words = _("This rests on data that you may not see.")
            return self._made(indicator, WITHHELD, words, withheld=hidden)
        members = [self._person(place, indicator, rules, about) for about in meant] if of_persons else []
        why = self._of_members(meant, place) if of_persons else self._why(place, indicator, rules, facts.itself)
        contradictions = [why.contradiction, *(each.contradiction for each in members)]
        return self._made(
            indicator,
            RESULTS[result],
            why.sentence,
            facts=facts.lines(codes, meant),
            contradiction=" ".join(dict.fromkeys(filter(None, contradictions))),
            missing=list(self._missing(indicator, meant, place)) if result == NOT_KNOWN else [],
            withheld=hidden,
            people=[each.line for each in members],
        )

    def _made(self, indicator: Indicator, result: str, why: str, **rest: object) -> IndicatorLine:
        of_set, language = self.setup.indicators, self.language
        return IndicatorLine(
            of_set.code, indicator.no, indicator.label(language), of_set.dimension_of(indicator.no), indicator.unit,
            result, why, passes=indicator.passes(language), note=indicator.note(language), **rest,  # type: ignore[arg-type]
        )  # fmt: skip

    def _meant(self, place: int, indicator: Indicator) -> list[Subject]:
        """The members whom an indicator of persons means, as far as is known; all where it is of the household."""
        if indicator.unit == "household":
            return self.facts.members
        results = self.assessed.person_results
        return [member for member in self.facts.members if results[member.place, place] != NOT_APPLICABLE]

    def _is_open(self, indicator: Indicator, subjects: list[Subject], result: int) -> bool:
        """Whether the result follows from what the reader sees, though more is known that they do not see.

        That an indicator applies to nobody tells something too: that nobody here is disabled, say.
        """
        facts = self.facts
        if result != NOT_APPLICABLE:
            told = indicator.told
            return bool(told) and all(facts.seen(told, about) and facts.is_told(told, about) for about in subjects)
        if not facts.members:
            return True
        if indicator.applies is None or not all(facts.seen(code) for _of, code in indicator.applies.facts()):
            return False
        applies = indicator.applies.answer(self.sight)
        places = [about.place for about in facts.members] if indicator.unit == "person" else [facts.place]
        return bool((applies[places] == NO).all())

    def _of_members(self, meant: list[Subject], place: int) -> _Why:
        """How many of those meant fail, and of how many it is not known."""
        if not meant:
            if self.facts.members:
                return _Why(_("It concerns nobody who lives here."), "")
            return _Why(_("Nobody is known to live here."), "")
        results = [int(self.assessed.person_results[member.place, place]) for member in meant]
        parts = []
        for code, words in (
            (FAILED, ngettext("%(n)d fails", "%(n)d fail", results.count(FAILED))),
            (NOT_KNOWN, ngettext("of %(n)d it is not known", "of %(n)d it is not known", results.count(NOT_KNOWN))),
            (PASSED, ngettext("%(n)d passes", "%(n)d pass", results.count(PASSED))),
        ):
            if n := results.count(code):
                parts.append(words % {"n": n})
        counted = ngettext("Of %(n)d person concerned: ", "Of %(n)d persons concerned: ", len(meant)) % {
            "n": len(meant)
        }
        return _Why(counted + ", ".join(parts) + ".", "")

    def _person(self, place: int, indicator: Indicator, rules: _Said, about: Subject) -> _Member:
        assert about.person is not None
        why = self._why(place, indicator, rules, about)
        result = int(self.assessed.person_results[about.place, place])
        line = PersonLine(about.person.pk.hex, about.person.full_name, RESULTS[result], why.sentence)
        said = f"{about.person.full_name}: {why.contradiction}" if why.contradiction else ""
        return _Member(line, said)

    def _why(self, place: int, indicator: Indicator, rules: _Said, about: Subject) -> _Why:
        person = about.person is not None
        results = self.assessed.person_results if person else self.assessed.results
        result = int(results[about.place, place])
        told = self._told(indicator, about)
        said = [int(each[about.place]) for each, _both in rules]
        contradiction = self._contradiction(indicator, told, said, [bool(both[about.place]) for _each, both in rules])
        if result == NOT_APPLICABLE:
            if not person and not self.facts.members:
                return _Why(_("Nobody lives here any more."), "")
            return _Why(_("Told: it concerns nobody here."), "")
        if result == NOT_KNOWN:
            if told == NOT_APPLICABLE:
                return _Why(_("When it was asked it concerned nobody; today it does. Please ask again."), contradiction)
            return _Why(self._unknown(indicator), contradiction)
        if told == result:
            return _Why(_("Told as the result of a survey."), contradiction)
        rule = indicator.rules[said.index(result)]
        return _Why(_("Follows from: %(rule)s.") % {"rule": self._words(rule)}, contradiction)

    def _told(self, indicator: Indicator, about: Subject) -> int:
        if not indicator.told:
            return NOT_KNOWN
        value = int(self.facts.value(indicator.told, about))
        return _TOLD[value] if value >= 0 else NOT_KNOWN

    def _unknown(self, indicator: Indicator) -> str:
        if not indicator.can_be_evaluated:
            return indicator.note(self.language) or _("How it is passed is not known, so nothing can be said.")
        if any(self.sight.numbers.get(name) is None for each in indicator.conditions for name in each.limits()):
            return _("Nobody told, or no line is in force for this day.")
        return _("Nobody has told, and nothing that is known decides it.")

    def _contradiction(self, indicator: Indicator, told: int, said: list[int], both: list[bool]) -> str:
        """What is told against what decided; nothing where the reader may not see what it rests on."""
        if not all(self.facts.seen(code) for code in indicator.facts()):
            return ""
        words = {PASSED: pgettext("result", "passed"), FAILED: pgettext("result", "failed")}
        for rule, it_says, of_both in zip(indicator.rules, said, both, strict=True):
            if of_both:
                return _(
                    "%(rule)s: what was told means passed and failed at once, so nothing follows. Please ask again."
                ) % {"rule": self._words(rule)}
            if told in words and it_says in words and told != it_says:
                slots = {"told": words[told], "rule": self._words(rule), "said": words[it_says]}
                return _("The survey tells “%(told)s”, but %(rule)s means “%(said)s”. ") % slots + self._ask_again()
        known = [(rule, it_says) for rule, it_says in zip(indicator.rules, said, strict=True) if it_says in words]
        for rule, it_says in known[1:]:
            if it_says != known[0][1] and told not in words:
                slots = {"first": self._words(known[0][0]), "one": words[known[0][1]]}
                slots |= {"other": self._words(rule), "two": words[it_says]}
                return _("%(first)s means “%(one)s”, %(other)s means “%(two)s”. ") % slots + self._ask_again()
        return ""

    def _ask_again(self) -> str:
        return _("What is named first is followed; please ask again.")

    def _words(self, rule: Rule) -> str:
        labels = catalogue()
        facts = dict.fromkeys(code for each in rule.conditions for _of, code in each.facts())
        return rule.label(self.language) or ", ".join(labels.label(code, self.language) for code in facts)

    def _missing(self, indicator: Indicator, meant: list[Subject], place: int) -> Iterator[Missing]:
        """What would decide it, once somebody tells it."""
        results, labels = self.assessed.person_results, catalogue()
        person = indicator.unit == "person"
        open_ = [about for about in meant if not person or results[about.place, place] == NOT_KNOWN]
        if not self.facts.members and person:
            yield Missing(_("who lives here"), _("Ask at a visit, or bring in a list with this house."))
            return
        if indicator.told:
            form = _("Ask with the form of จปฐ., or bring in the list of the survey.")
            yield Missing(labels.label(indicator.told, self.language), form)
        codes = [
            pair for pair in indicator.facts().items() if pair[0] not in (indicator.told, "member_count_told", "sex")
        ]
        seen = set()
        for code, about in self.facts.untold(codes, open_):
            if code in seen or not self.facts.seen(code, about):
                continue
            seen.add(code)
            yield Missing(labels.label(code, self.language), _("Ask at a visit, or bring in a list that tells it."))
