"""Phones in disorder for long: many games of many steps, each of which must end with nothing lost and all equal."""

import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks import figures

ROOT = Path(__file__).resolve().parents[1]
STORY = "tests/surveys/test_phones_in_disorder.py"


def main() -> None:
    games, steps = sys.argv[1:3]
    begun = time.perf_counter()
    command = [sys.executable, "-m", "pytest", "-q", "-x", STORY]
    played = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"MUDMAI_DISORDER": f"{games} {steps}"}, stdout=sys.stderr, check=False
    )
    figures.tell(f"{games} games of {steps} steps with phones in disorder", round(time.perf_counter() - begun), "s")
    figures.tell("  games that lost something, or ended unequal", played.returncode, "", limit=0)


if __name__ == "__main__":
    main()
