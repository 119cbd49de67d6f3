"""The machinery of linkage with a scheme of its own, on public sets whose truth is known."""

import gzip
import shutil
from itertools import combinations
from random import Random

import pytest
from benchmarks.febrl import australian, learned, linked, scorer_of
from benchmarks.public_sets import rows_of, true_pairs

from mudmai.linkage.services.many import Many
from mudmai.linkage.services.people import Table


@pytest.fixture(scope="module")
def febrl1(shared_data):
    return rows_of(shared_data("linkage/febrl_dataset1.csv.gz").parent, "febrl1")


def test_the_duplicates_of_febrl_1_are_found(febrl1):
    found, true = linked(australian(), febrl1), true_pairs(febrl1)

    assert len(true) == 500
    assert len(found & true) >= 0.99 * len(true)
    assert len(found & true) >= 0.99 * len(found)


def test_python_and_duckdb_agree_about_another_scheme_too(febrl1):
    scheme = australian()
    table = Table(febrl1.keys, febrl1.asked, febrl1.columns, kind=scheme.side)
    model, pairs = learned(scheme, table)
    scorer = scorer_of(table, model)
    strangers = Random(1).sample(list(combinations(range(300), 2)), 300)
    asked = [(left, right) for left, right, _levels in pairs[:700]] + strangers
    many = Many(scorer)

    by_duckdb = {(found.left, found.right): found.levels for found in many.of_pairs(asked)}

    many.close()
    assert by_duckdb == {(found.left, found.right): found.levels for found in scorer.of_pairs(asked)}


def test_a_set_that_is_not_there_is_left_out(shared_data, tmp_path):
    source = shared_data("linkage/febrl_dataset1.csv.gz")
    shutil.copy(source, tmp_path)

    assert rows_of(tmp_path, "febrl3") is None
    with gzip.open(tmp_path / source.name, "rt") as file:
        assert len(rows_of(tmp_path, "febrl1").keys) == sum(1 for _ in file) - 1
