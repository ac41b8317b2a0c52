"""The sweep of lesson 08 on a cluster: its own lines, run as the lesson says."""

import json
import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from twitchlib.places import folder

# A cluster that `Client()` starts, and one whose address comes from elsewhere.
OWN = "{sweep}"
GIVEN = """
import os
from dask.distributed import LocalCluster
with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
    os.environ["DASK_SCHEDULER_ADDRESS"] = cluster.scheduler_address
    import dask
    dask.config.refresh()
    ran_on = cluster.scheduler_address
{sweep}
"""
CHECK = """
    assert len(sweep) == 21 * 19, len(sweep)
    alone = kicked(*pairs[137])
    assert tuple(sweep.iloc[137]) == alone, (sweep.iloc[137], alone)
    from dask.distributed import get_client
    assert globals().get("ran_on", get_client().scheduler.address) == get_client().scheduler.address
    print("swept by", len(get_client().scheduler_info()["workers"]), "workers")
"""


def program(frame: str) -> str:
    """Return the lesson's lines about the sweep, within the block that it shows."""
    notebook = json.loads((folder("notebooks") / "08_reuse_twitchlib.ipynb").read_text())
    cells = ["".join(cell["source"]) for cell in notebook["cells"]]
    first = next(i for i, cell in enumerate(cells) if "def kicked" in cell)
    [block] = [found for cell in cells for found in re.findall(r"```python\n(.+?)```", cell, re.S)]
    imports = "from twitchlib.physiology import reflex\nimport numpy as np\nimport pandas as pd\n"
    begin, _ = block.split("    ...")
    lines = begin + textwrap.indent(cells[first + 1], "    ") + CHECK
    indent = "    " if "{sweep}" in frame and frame != OWN else ""
    body = textwrap.indent(cells[first] + "\n" + lines, indent)
    guard = "if __name__ == '__main__':\n"
    return guard + textwrap.indent(imports + frame.format(sweep=body), "    ")


@pytest.mark.parametrize("frame", [OWN, GIVEN], ids=["own", "given"])
def test_the_sweep_runs_on_a_cluster_as_the_lesson_says(frame: str, tmp_path: Path) -> None:
    file = tmp_path / "sweep.py"
    file.write_text(program(frame), encoding="utf-8")
    environment = {**os.environ, "DASK_DISTRIBUTED__DASHBOARD__LINK": ""}
    done = subprocess.run(
        [sys.executable, str(file)], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr
    assert "swept by" in done.stdout
