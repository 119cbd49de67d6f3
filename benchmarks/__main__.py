"""`make bench`: every speed and size limit, measured against a peer or a floor in the same run.

python -m benchmarks [import] [serve] [single] [truth] [febrl] [spark] [field] [openrosa] [phones]
                     [disorder] [assess] [--people N] [--rows N]
                     [--data DIR] [--seed N] [--misses FILE] [--database URL] [--home DIR] [--json FILE]
Each part runs in a process of its own, so that its peak memory is its own.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import mean
from typing import Any

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]


def told() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "parts",
        nargs="*",
        default=["import", "serve", "single"],
        help="import, serve, single, truth, febrl, spark, field, openrosa, phones, disorder, assess",
    )
    parser.add_argument("--people", type=int, default=200_000, help="people in the registry beforehand")
    parser.add_argument(
        "--rows", type=int, help="rows of the list brought in (100,000), of each list of truth (60,000)"
    )
    parser.add_argument("--seed", type=int, default=2569, help="of the people that truth invents")
    parser.add_argument(
        "--data", type=Path, help="where the files of FEBRL and fake_1000 are; absent ones are left out"
    )
    parser.add_argument("--misses", type=Path, help="where truth writes the rows that were not decided rightly")
    parser.add_argument("--database", default="", help="postgres://… instead of SQLite; it is emptied")
    parser.add_argument("--home", type=Path, help="keep the registry of many here, and use the one that stands here")
    parser.add_argument("--json", type=Path, help="keep the figures here too")
    return parser.parse_args()


def main() -> int:
    options = told()
    with tempfile.TemporaryDirectory(prefix="mudmai-bench-") as folder:
        home = str((options.home or Path(folder)).resolve())
        path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        environment = os.environ | {"MUDMAI_HOME": home, "DATABASE_URL": options.database, "PYTHONPATH": path}
        figures: list[dict[str, Any]] = []
        if "truth" in options.parts:
            rows = options.rows or 60_000
            run(environment, "truth", [options.people, rows, options.seed, options.misses or ""], figures)
            run(environment, "plain_splink", [], figures)
        alone: dict[str, list[object]] = {
            "febrl": [options.data or "."],
            "spark": ["50000,200000", options.seed],
            "field": [],
            "openrosa": [3000],
            "phones": [],
            "disorder": [300, 60],
        }
        for part in alone.keys() & {*options.parts}:
            run(environment, part, alone[part], figures)
        run_on_registry(options, environment, Path(home), figures)
    show(figures, options)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1))
    return 0 if all(figure["ok"] for figure in figures) else 1


def run_on_registry(
    options: argparse.Namespace, environment: dict[str, str], home: Path, figures: list[dict[str, Any]]
) -> None:
    """The parts that need a registry of many; it is filled where it does not stand yet."""
    if "assess" in options.parts:
        if not (home / "townsfolk").exists():
            run(environment, "townsfolk", [options.people], figures)
        run(environment, "assess", [options.people], figures)
    if {"serve", "single", "import"} & {*options.parts}:
        size = [options.people, options.rows or 100_000]
        if not (home / "benchmark.xlsx").exists():
            run(environment, "prepare", size, figures)
        if "serve" in options.parts:
            run(environment, "serve", size, figures)
        if "single" in options.parts:
            run(environment, "single", size, figures)
        if "import" in options.parts:
            # Machines grow quicker and slower by the minute: the peer runs before and after, and its mean counts.
            run(environment, "peer", size, figures)
            run(environment, "bring_in", size, figures)
            run(environment, "peer", size, figures)
            run(environment, "withdraw", size, figures)


def run(environment: dict[str, str], part: str, told: list[object], figures: list[dict[str, Any]]) -> None:
    print(f"… {part}", file=sys.stderr)
    arguments = [sys.executable, "-m", f"benchmarks.{part}", *map(str, told)]
    done = subprocess.run(arguments, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    for line in done.stdout.splitlines():
        if line.startswith("{"):
            figures.append(json.loads(line))
    settle(figures)


def settle(figures: list[dict[str, Any]]) -> None:
    """Turn seconds into ratios against the peer once both are measured."""
    seconds: dict[str, list[float]] = defaultdict(list)
    for figure in figures:
        if "kind" not in figure:
            seconds[figure["name"]].append(figure["value"])
    for figure in figures:
        peers = seconds.get(figure["against"])
        if peers:
            figure["ratio"] = round(figure["value"] / mean(peers), 2)
            figure["ok"] = figure["limit"] is None or figure["ratio"] <= figure["limit"]


def show(figures: list[dict[str, Any]], options: argparse.Namespace) -> None:
    where = "PostgreSQL" if options.database else "SQLite"
    size = (
        f"a registry of {options.people:,}, "
        if {"import", "serve", "single", "truth", "assess"} & {*options.parts}
        else ""
    )
    table = Table(title=f"{', '.join(options.parts)}; {size}{where}")
    for heading in ("what", "value", "limit", ""):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    for figure in figures:
        if "kind" in figure:
            continue
        value = f"{figure['value']:,} {figure['unit']}" + (f" = {figure['ratio']} x" if "ratio" in figure else "")
        limit = f"{figure['limit']} {'x' if figure['against'] else figure['unit']}" if figure["limit"] else ""
        table.add_row(figure["name"], value, limit, "ok" if figure["ok"] else "MISSED")
    Console().print(table)
    kinds = [figure["kind"] for figure in figures if "kind" in figure]
    if kinds:
        show_kinds(kinds)


def show_kinds(kinds: list[dict[str, Any]]) -> None:
    """The measures of truth by kind of row."""
    table = Table(title="by kind of row; what the columns mean stands in docs/linkage.md")
    for heading in kinds[0]:
        table.add_column(heading, justify="left" if heading == "kind" else "right")
    for each in kinds:
        table.add_row(*(f"{value:,}" if isinstance(value, int) else str(value) for value in each.values()))
    Console().print(table)


if __name__ == "__main__":
    sys.exit(main())
