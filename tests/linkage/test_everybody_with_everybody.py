"""A lake of Parquet files: everybody is compared with everybody, the same by plain Python, by DuckDB and by Spark."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pytest
from benchmarks.truth import read
from django.core.management import CommandError, call_command
from tests.linkage import cluster
from tests.people.town import row, tell

from mudmai.audit.models import Entry
from mudmai.linkage.rules.model import bits_of, model
from mudmai.linkage.rules.people import PEOPLE
from mudmai.linkage.services.everybody import OnDuckDB, compare_all, write_table
from mudmai.linkage.services.people import Table, names_of, table_of
from mudmai.linkage.services.scoring import Scorer
from mudmai.site.demo.hard import build_hard_set

pytestmark = pytest.mark.django_db

Pairs = dict[tuple[str, str], tuple[float, dict[str, str]]]
ROWS = 240


@pytest.fixture
def everybody(national_codes: None) -> Table:
    """The rows of three lists that are hard to link, about people most of whom stand in several."""
    hard = build_hard_set(seed=7, people=ROWS, rows=ROWS, as_of=date(2026, 11, 1))
    return table_of([subject for told in hard.lists.values() for subject in read(told)], registry=[])


@pytest.fixture
def lake(everybody: Table, tmp_path: Path) -> Path:
    write_table(everybody, PEOPLE, tmp_path / "lake")
    return tmp_path / "lake"


def pairs_in(folder: Path) -> Pairs:
    found = ds.dataset(folder, format="parquet").to_table().to_pylist()
    return {(each.pop("unique_id_l"), each.pop("unique_id_r")): (each.pop("bits"), each) for each in found}


def by_plain_python(table: Table) -> Pairs:
    scorer = Scorer(table, names_of(table, model()), model())
    found: Pairs = {}
    for left, right, bits, levels in scorer.of_rows(range(len(table)), bits_of(model().thresholds.ask)):
        first, second = sorted((table.keys[left], table.keys[right]))
        found[first, second] = (bits, levels._asdict())
    return found


def assert_alike(found: Pairs, wanted: Pairs) -> None:
    assert found.keys() == wanted.keys()
    assert {key: findings for key, (_, findings) in found.items()} == {
        key: findings for key, (_, findings) in wanted.items()
    }
    assert [found[key][0] for key in wanted] == pytest.approx([bits for bits, _ in wanted.values()])


def test_a_lake_has_a_folder_for_each_province(lake: Path, everybody: Table) -> None:
    provinces = {tambon[:2] if tambon else "00" for tambon in everybody.columns["tambon"]}

    assert {each.name for each in lake.iterdir()} == {f"province={code}" for code in provinces}
    assert ds.dataset(lake, partitioning="hive").count_rows() == len(everybody)


def test_duckdb_finds_the_pairs_that_plain_python_finds(lake: Path, everybody: Table, tmp_path: Path) -> None:
    wanted = by_plain_python(everybody)

    count = compare_all(OnDuckDB(), model(), str(lake), str(tmp_path / "pairs"))

    assert count == len(wanted) > ROWS // 3
    assert_alike(pairs_in(tmp_path / "pairs"), wanted)
    findings = [findings for _, findings in wanted.values()]
    assert {each["given"] for each in findings} >= {"exact", "sound", "close"}
    assert {"several", "one"} & {each["mates"] for each in findings} or "mates" not in findings[0]


@pytest.mark.spark
@pytest.mark.skipif(bool(cluster.missing()), reason=cluster.missing() or "a cluster can be started")
def test_spark_finds_the_pairs_that_duckdb_finds(lake: Path, tmp_path: Path) -> None:
    from mudmai.linkage.services.spark import OnSpark

    compare_all(OnDuckDB(), model(), str(lake), str(tmp_path / "duckdb"))

    with cluster.running(tmp_path) as master:
        spark = OnSpark(master, str(tmp_path / "scratch"))
        compare_all(spark, model(), str(lake), str(tmp_path / "spark"))
        spark.close()

    assert_alike(pairs_in(tmp_path / "spark"), pairs_in(tmp_path / "duckdb"))


def test_every_condition_can_be_said_in_sparks_dialect() -> None:
    from mudmai.linkage.services.spark import in_spark

    conditions = [level.sql for each in PEOPLE.comparisons for level in (each.missing, *each.levels)]

    assert in_spark("len(array_intersect(mates_l, mates_r)) >= 2") == "SIZE(ARRAY_INTERSECT(mates_l, mates_r)) >= 2"
    assert in_spark("jaro_winkler_similarity(a, b) >= 0.9") == "LETTERS_ALIKE(a, b) >= 0.9"
    assert all("_l" in in_spark(condition) for condition in conditions)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    def command(*words: object) -> Any:
        call_command("linkage", *map(str, words), "--json")
        return json.loads(capsys.readouterr().out)

    return command


def test_the_registry_is_written_as_a_lake_and_who_stands_in_it_twice_is_found(
    run: Callable[..., Any], tmp_path: Path
) -> None:
    twice = {"birth_date": "1950-03-15", "sex": "f"}
    tell(row("มาลี", "ใจดี", **twice), row("แดง", "ใจดี", house="9", birth_date="1980-02-03", sex="m"))
    tell(row("มาลี", "ใจดี", **twice), kind="volunteer_survey")

    assert run("snapshot", tmp_path / "lake")["people"] == 3
    assert run("compare-all", tmp_path / "lake", tmp_path / "pairs")["pairs"] == 1

    assert Entry.objects.get(action="linkage.lake.written").details == {"people": 3}
    [(bits, findings)] = pairs_in(tmp_path / "pairs").values()
    assert bits > 0
    assert (findings["given"], findings["birth"], findings["cid"]) == ("exact", "exact", "unknown")


def test_a_folder_without_a_lake_gets_its_sentence(run: Callable[..., Any], tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Parquet"):
        run("compare-all", tmp_path, tmp_path / "pairs")
