"""How often linkage is right on lists made hard on purpose; `make bench ARGS=truth` measures it of 200,000 people."""

from collections import defaultdict

import pytest
from benchmarks.truth import Judged, Score, fill, judge, read
from django.db import transaction

from mudmai.linkage.services import link
from mudmai.site.demo import AS_OF
from mudmai.site.demo.hard import DAMAGES, HardRow, build_hard_set

pytestmark = pytest.mark.django_db

# A seed that the weights were not chosen by.
SEED = 41


@pytest.fixture(scope="module")
def judged(django_db_setup, django_db_blocker) -> list[tuple[HardRow, Judged]]:
    """The rows of three lists about 3,000 people, each with what became of it."""
    hard = build_hard_set(seed=SEED, people=3_000, rows=900, as_of=AS_OF)
    found = []
    with django_db_blocker.unblock(), transaction.atomic():
        registry = fill(hard.country)
        for rows in hard.lists.values():
            subjects = read(rows)
            found += zip(rows, judge(subjects, rows, link(subjects), registry), strict=True)
        transaction.set_rollback(True)
    return found


def measures(judged, holds=lambda row: True) -> dict[str, float]:
    score = Score()
    for row, each in judged:
        if holds(row):
            score.count(each)
    return score.measures()


def test_sure_links_are_right_few_rows_are_asked_about_and_the_answers_make_it_whole(judged):
    found = measures(judged)

    assert found["rows"] == 2_700
    assert found["precision"] >= 0.995
    assert found["asked"] <= 0.03
    assert found["f1_answered"] >= 0.98


@pytest.mark.parametrize(("has_id", "least"), [(True, 0.99), (False, 0.98)])
def test_people_are_found_with_and_without_an_id(judged, has_id, least):
    found = measures(judged, lambda row: bool(row.cells[0]) == has_id)

    assert found["precision"] >= 0.995
    assert found["f1_answered"] >= least


def test_an_undamaged_row_is_nearly_always_linked_without_asking(judged):
    found = measures(judged, lambda row: not row.errors)

    assert found["recall"] >= 0.995
    assert found["asked"] <= 0.01


def test_no_kind_of_error_leads_to_the_wrong_person_or_hides_the_right_one(judged):
    by_kind: dict[str, Score] = defaultdict(Score)
    for row, each in judged:
        for kind in row.errors:
            by_kind[kind].count(each)

    assert set(by_kind) == set(DAMAGES)
    for kind, score in by_kind.items():
        found = score.measures()
        assert found["wrong"] <= 1, kind
        assert found["found"] >= 0.85, kind
