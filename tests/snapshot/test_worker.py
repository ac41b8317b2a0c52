"""What a reader wrote is run in a separate process, as in the browser in a separate worker."""

import json
import subprocess
import sys
from typing import Any

import pytest

RUN = "import sys; from twitchlib.snapshot import worker; print(worker.run(sys.stdin.read()))"


def answer(source: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", RUN], input=source, capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("1 / 0", "Line 1: ZeroDivisionError: division by zero"),
        ("x = 1\nx +", "Line 2: SyntaxError: invalid syntax"),
        ("x = 1\ny", "Line 2: NameError: name 'y' is not defined"),
    ],
)
def test_a_mistake_is_reported_in_one_line_with_its_place(source: str, problem: str) -> None:
    assert answer(source) == {"outputs": [], "problem": problem}


def test_what_is_printed_and_the_last_value_are_shown() -> None:
    found = answer("print('one')\n1 + 1")
    assert found["problem"] == ""
    printed, last = found["outputs"]
    assert printed["text"] == "one\n"
    assert last["data"]["text/plain"] == "2"
