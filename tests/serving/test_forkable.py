"""What a lesson may leave behind and still be copied by forking."""

import os
import subprocess
import sys

import pytest

from twitchlib.serving.original import THREADS, can_fork

pytestmark = pytest.mark.skipif(not can_fork(), reason="forking cannot be trusted here")

RUN = """
import sys
from twitchlib.serving.forkable import obstacle_to_forking, open_files
before = open_files()
exec(sys.argv[1])
print(obstacle_to_forking(before))
"""


def obstacle_after(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", RUN, code],
        env={**os.environ, **THREADS},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("code", "named"),
    [
        ("import threading as t\np = t.Timer(9, print)\np.daemon = True\np.start()", "(Thread-1)"),
        ("import socket\ns = socket.socket()", "socket:"),
        ("import select\ne = select.epoll()", "eventpoll"),
        ("import tempfile\nf = tempfile.TemporaryFile()", "open"),
        ("import asyncio\nloop = asyncio.new_event_loop()", "open"),
        ("import random\nr = random.Random()", "random generator"),
        ("import numpy\nr = numpy.random.default_rng()", "random generator"),
        ("import numpy\nr = numpy.random.RandomState()", "random generator"),
        ("import ipywidgets\no = ipywidgets.Output()", "output widget"),
    ],
)  # fmt: skip
def test_an_obstacle_is_named(code: str, named: str) -> None:
    assert named in obstacle_after(code)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "import numpy\nnumpy.random.normal()",
        "import numpy\nr = numpy.random.default_rng(1)\nq = numpy.random.default_rng([1, 2])",
        "import random\nrandom.random()\nr = random.SystemRandom()",
        "import tempfile\ntempfile.TemporaryFile().close()",
        "import threading\nthreading.Timer(0.2, print).start()",
        "import ipywidgets\ns = ipywidgets.IntSlider()",
        "import concurrent.futures as c\nwith c.ThreadPoolExecutor() as p: list(p.map(str, [1]))",
        "import weakref\nclass A: pass\nw = weakref.proxy(A())",
        "f = open('/dev/null')",
    ],
)
def test_what_a_fork_also_has_is_no_obstacle(code: str) -> None:
    assert obstacle_after(code) == ""
