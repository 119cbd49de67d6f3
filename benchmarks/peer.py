"""The peer: how long pandas needs merely to read the same file."""

import os
import time
from pathlib import Path

import pandas

from benchmarks import figures

path = Path(os.environ["MUDMAI_HOME"]) / "benchmark.xlsx"
begun = time.monotonic()
table = pandas.read_excel(path, engine="openpyxl")
figures.tell(figures.PEER, round(time.monotonic() - begun, 1), "s")
figures.tell_process()
