"""`make bench`: every speed and size limit, measured against a peer or a floor in the same run.

python -m benchmarks [import] [serve] [single] [--people N] [--rows N] [--database URL] [--json FILE]
Each part runs in a process of its own, so that its peak memory is its own.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("parts", nargs="*", default=["import", "serve", "single"], help="import, serve, single")
    parser.add_argument("--people", type=int, default=200_000, help="people in the registry beforehand")
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the list brought in")
    parser.add_argument("--database", default="", help="postgres://… instead of SQLite; it is emptied")
    parser.add_argument("--json", type=Path, help="keep the figures here too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mudmai-bench-") as home:
        path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        environment = os.environ | {"MUDMAI_HOME": home, "DATABASE_URL": options.database, "PYTHONPATH": path}
        figures: list[dict[str, Any]] = []
        run(environment, "prepare", options, figures)
        if "serve" in options.parts:
            run(environment, "serve", options, figures)
        if "single" in options.parts:
            run(environment, "single", options, figures)
        if "import" in options.parts:
            run(environment, "peer", options, figures)
            run(environment, "bring_in", options, figures)
    show(figures, options)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1))
    return 0 if all(figure["ok"] for figure in figures) else 1


def run(environment: dict[str, str], part: str, options: argparse.Namespace, figures: list[dict[str, Any]]) -> None:
    print(f"… {part}", file=sys.stderr)
    arguments = [sys.executable, "-m", f"benchmarks.{part}", str(options.people), str(options.rows)]
    done = subprocess.run(arguments, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    for line in done.stdout.splitlines():
        if line.startswith("{"):
            figures.append(json.loads(line))
    settle(figures)


def settle(figures: list[dict[str, Any]]) -> None:
    """Turn seconds into ratios against the peer once both are measured."""
    seconds = {figure["name"]: figure["value"] for figure in figures}
    peer = seconds.get("pandas.read_excel, openpyxl")
    for figure in figures:
        if figure.get("against_peer") and peer:
            figure["ratio"] = round(figure["value"] / peer, 2)
            figure["ok"] = figure["ratio"] <= figure["limit"]


def show(figures: list[dict[str, Any]], options: argparse.Namespace) -> None:
    where = "PostgreSQL" if options.database else "SQLite"
    table = Table(title=f"{options.people:,} people, a list of {options.rows:,} rows x 20 columns, {where}")
    for heading in ("what", "value", "limit", ""):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    for figure in figures:
        value = f"{figure['value']:,} {figure['unit']}" + (f" = {figure['ratio']} x" if "ratio" in figure else "")
        limit = (
            f"{figure['limit']} {'x' if figure.get('against_peer') else figure['unit']}" if figure.get("limit") else ""
        )
        table.add_row(figure["name"], value, limit, "ok" if figure["ok"] else "MISSED")
    Console().print(table)


if __name__ == "__main__":
    sys.exit(main())
