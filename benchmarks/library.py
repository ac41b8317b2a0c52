"""What an analyst waits for: the import, and tables of ten million rows."""

import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from benchmarks.report import Row, spread
from twitchlib import risk, triage
from twitchlib.quantity import describe

ROUNDS = 7
ROWS = 10_000_000


def rows() -> list[Row]:
    return [_import(), *_tables()]


def _import() -> Row:
    code = "from time import perf_counter as t; s = t(); import twitchlib; print(t() - s)"
    seconds = [
        float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout)
        for _ in range(ROUNDS)
    ]
    return Row("import twitchlib", float(np.median(seconds)), spread(seconds, "s", 4), 0.1, "s")


def _tables() -> list[Row]:
    """Judge ten million people's habits and answers, in tables of three libraries."""
    random = np.random.default_rng(1)
    habits = {
        name: np.where(
            random.random(ROWS) < 0.02, np.nan, random.uniform(known.low, known.high, ROWS)
        )
        for name, known in describe(risk.Habits).items()
    }
    words = pa.array(["yes", "no", "unsure", "open"])
    answers = {
        name: words.take(pa.array(random.choice(4, ROWS, p=[0.02, 0.9, 0.03, 0.05])))
        for name in triage.questions()
    }
    found = []
    for cells, judge in ((habits, risk.assess_frame), (answers, triage.advise_frame)):
        table = pa.table(cells)
        for frame in (table.to_pandas(), pl.from_arrow(table), table):
            library = type(frame).__module__.partition(".")[0]
            found.append(_judged(judge, frame, f"{judge.__name__}, ten million rows, {library}"))
    return found


def _judged(judge: Callable[[Any], Any], frame: Any, what: str) -> Row:
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        judge(frame)
        seconds.append(time.perf_counter() - start)
    return Row(what, float(np.median(seconds)), spread(seconds, "s", 2), 5.0, "s")
