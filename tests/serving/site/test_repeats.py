"""Long repetitions are taken out of Python's memory, and put back."""

import base64
import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from twitchlib.serving.site import frozen

REPEATS = Path(frozen.__file__).parent / "static" / "repeats.mjs"
THERE_AND_BACK = """
const [, script] = process.argv;
const { shortened, restored } = await import(script);
const given = JSON.parse(require("node:fs").readFileSync(0));
const [known, content] = given.map((text) => Buffer.from(text, "base64"));
const { repeats, left } = shortened(known, content);
const back = restored(known, repeats, Buffer.concat(left), content.length);
const bytes = left.reduce((sum, part) => sum + part.length, 0);
const same = content.equals(back);
console.log(JSON.stringify({ same, left: bytes, repeats: repeats.length / 3 }));
"""


def there_and_back(known: bytes, content: bytes) -> tuple[int, int]:
    """Return how much is left of a content that comes back unchanged, and how many repetitions."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed")
    given = json.dumps([base64.b64encode(part).decode() for part in (known, content)])
    command = [node, "-e", f"(async () => {{{THERE_AND_BACK}}})()", REPEATS.as_uri()]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert found["same"]
    return found["left"], found["repeats"]


def noise(seed: int, size: int) -> bytes:
    return np.random.default_rng(seed).bytes(size)


def test_what_stands_in_the_known_part_or_earlier_is_told_not_kept() -> None:
    known, text = noise(1, 50_000), noise(2, 400)
    content = text + noise(3, 40_000) + known[1001:3001] + b"between" + text + b"end"
    assert there_and_back(known, content) == (400 + 40_000 + 7 + 3, 2)


def test_what_gzip_finds_itself_stays() -> None:
    text = noise(4, 400)
    assert there_and_back(b"", text + noise(5, 1000) + text) == (1800, 0)


@pytest.mark.parametrize("size", [0, 1, 15, 16, 47])
def test_short_contents_stay_as_they_are(size: int) -> None:
    known = noise(6, 40_000)
    assert there_and_back(known, known[:size]) == (size, 0)


def test_what_repeats_over_and_over_is_told_once_for_each_time() -> None:
    whole = noise(7, 40_000)
    assert there_and_back(whole, whole * 3) == (0, 3)


def test_a_repetition_may_go_from_the_known_part_into_the_content() -> None:
    known, first = noise(8, 40_000), noise(9, 40_000)
    assert there_and_back(known, first + known[-500:] + first[:500]) == (40_000, 1)
