"""What an analyst waits for: the import, and a table of a million rows."""

import subprocess
import sys
import time

import numpy as np
import pandas as pd

from benchmarks.report import Row, spread
from twitchlib import risk
from twitchlib.quantity import describe

ROUNDS = 7
ROWS = 1_000_000


def rows() -> list[Row]:
    return [_import(), _assess_frame()]


def _import() -> Row:
    code = "from time import perf_counter as t; s = t(); import twitchlib; print(t() - s)"
    seconds = [
        float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout)
        for _ in range(ROUNDS)
    ]
    return Row("import twitchlib", float(np.median(seconds)), spread(seconds, "s", 4), 0.1, "s")


def _assess_frame() -> Row:
    random = np.random.default_rng(1)
    frame = pd.DataFrame(
        {
            name: random.uniform(known.low, known.high, ROWS)
            for name, known in describe(risk.Habits).items()
        }
    )
    frame = frame.mask(random.random(frame.shape) < 0.02)
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        risk.assess_frame(frame)
        seconds.append(time.perf_counter() - start)
    middle = float(np.median(seconds))
    return Row("risk.assess_frame, a million rows", middle, spread(seconds, "s", 2), 1.0, "s")
