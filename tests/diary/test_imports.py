"""A page loads only what it uses."""

import subprocess
import sys


def test_reading_and_analysing_load_neither_pandas_nor_plotly() -> None:
    code = (
        "import sys; from twitchlib import diary; d = diary.simulate(seed=1, n_days=60);"
        "diary.relate(diary.parse(d.to_csv().encode()).days());"
        "print([m for m in ['pandas', 'plotly', 'scipy', 'numba'] if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
