"""How well it goes: whether reviewers agree, how scores lie from month to month, and whether they keep their word."""

from collections import Counter, defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Case, Count, IntegerField, Value, When

from mudmai.access.queries import scope_for
from mudmai.kernel import clock
from mudmai.linkage.models import Question, ScoreTally, SecondLook
from mudmai.linkage.queries.queue import REVIEW
from mudmai.linkage.rules.agreement import Agreement, agreement
from mudmai.linkage.rules.bands import BANDS

if TYPE_CHECKING:
    from mudmai.accounts.models import User

MONTHS = 12
Pair = tuple[str, str]


class PairAgreement(NamedTuple):
    """How two reviewers agreed in one month."""

    month: date
    one: str
    other: str
    found: Agreement


class MonthOfScores(NamedTuple):
    """How the rows of one month's lists of one kind were spread: {outcome: count in each band}."""

    month: date
    kind: str
    counts: dict[str, list[int]]

    @property
    def rows(self) -> int:
        return sum(map(sum, self.counts.values()))


class BandOfAnswers(NamedTuple):
    """Of the answered questions in one band of scores, how many were "the same"."""

    band: int
    answered: int
    same: int


def agreements_for(user: "User") -> tuple[Agreement, list[PairAgreement]]:
    """Agreement over the last year in the user's areas: of all, and of each pair of reviewers in each month."""
    mine = scope_for(user).area_filter(action=REVIEW)
    looks = SecondLook.objects.filter(mine, second_at__gte=_since()).select_related("first_by", "second_by")
    groups: dict[tuple[date, str, str], list[Pair]] = defaultdict(list)
    every: list[Pair] = []
    for look in looks.order_by("-second_at"):
        if look.second_by is None or look.second_at is None:
            continue
        every.append((look.first_verdict, look.second_verdict))
        answers = sorted(
            [(str(look.first_by), look.first_verdict), (str(look.second_by), look.second_verdict)],
            key=lambda told: told[0],
        )
        (one, ones), (other, others) = answers
        groups[_month(look.second_at), one, other].append((ones, others))
    pairs = [PairAgreement(*key, agreement(answers)) for key, answers in groups.items()]
    return agreement(every), sorted(pairs, key=lambda pair: (-pair.month.toordinal(), pair.one, pair.other))


def drift_for(user: "User", kind: str = "") -> list[MonthOfScores]:
    """How scores lay in the lists of the last year in the user's areas, newest month first."""
    mine = scope_for(user).area_filter("batch__area_code", action=REVIEW)
    tallies = ScoreTally.objects.filter(mine, batch__withdrawn=False, batch__made_at__gte=_since())
    if kind:
        tallies = tallies.filter(batch__kind=kind)
    counts: dict[tuple[date, str], dict[str, list[int]]] = {}
    for outcome, band, n, made, of in tallies.values_list("outcome", "band", "n", "batch__made_at", "batch__kind"):
        empty: dict[str, list[int]] = {each: [0] * len(BANDS) for each in ScoreTally.Outcome.values}
        counts.setdefault((_month(made), of), empty)[outcome][band] += n
    months = [MonthOfScores(month, of, told) for (month, of), told in counts.items()]
    return sorted(months, key=lambda each: (-each.month.toordinal(), each.kind))


def calibration_for(user: "User") -> list[BandOfAnswers]:
    """How often the answer was "the same", band by band; bands with no answer are left out."""
    mine = scope_for(user).area_filter(action=REVIEW)
    bands = [When(score__gte=start, then=Value(place)) for place, start in reversed(list(enumerate(BANDS)))]
    answered = Question.objects.filter(mine, state=Question.State.ANSWERED, about=Question.About.PERSON)
    counted = (
        answered.annotate(band=Case(*bands, default=Value(0), output_field=IntegerField()))
        .values("band", "verdict")
        .order_by()
        .annotate(n=Count("pk"))
    )
    told: Counter[tuple[int, str]] = Counter()
    for each in counted:
        told[each["band"], each["verdict"]] += each["n"]
    places = sorted({band for band, _verdict in told})
    return [BandOfAnswers(band, told[band, "same"] + told[band, "different"], told[band, "same"]) for band in places]


def _since() -> datetime:
    """The first moment of the month a year ago."""
    today = clock.today()
    months = today.year * 12 + today.month - 1 - (MONTHS - 1)
    return datetime(months // 12, months % 12 + 1, 1, tzinfo=clock.BANGKOK)


def _month(moment: datetime) -> date:
    return moment.astimezone(clock.BANGKOK).date().replace(day=1)
