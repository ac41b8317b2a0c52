"""What Python's lzma packs, a page unpacks."""

import base64
import json
import lzma
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from twitchlib.serving.site import frozen

UNPACKER = Path(frozen.__file__).parent / "static" / "lzma.mjs"
BACK = """
const [, script] = process.argv;
const { unpacker } = await import(script);
for (const [packed, size, stop] of JSON.parse(require("node:fs").readFileSync(0))) {
  const unpack = unpacker(Buffer.from(packed, "base64"), size);
  unpack(stop);
  console.log(Buffer.from(unpack(size)).toString("base64"));
}
"""


def contents() -> list[bytes]:
    """Return contents that need each kind of match: near, far, overlapping, repeated, none."""
    rng = np.random.default_rng(1)
    noise = rng.bytes(60_000)
    words = rng.integers(0, 2**24, 3000, dtype="<u4").repeat(rng.integers(1, 9, 3000)).tobytes()
    pointers = (np.arange(40_000, dtype="<u4") * 24 + 2**24).tobytes()
    text = b"".join(b"%d: a word, and a word again; " % number for number in range(4000))
    far = noise + bytes(2_000_000) + noise[::-1] + noise[100:50_000] + b"\0\1" * 999 + noise
    return [b"", b"1", bytes(1000), noise, words, pointers, text, far]


def test_it_comes_back_in_one_go_or_in_parts() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed")
    asked = []
    for content in contents():
        packed = lzma.compress(content, format=lzma.FORMAT_RAW, filters=[frozen.LZMA])
        told = base64.b64encode(packed).decode()
        asked += [[told, len(content), stop] for stop in {0, len(content) // 3}]
    done = subprocess.run(
        [node, "-e", f"(async () => {{{BACK}}})()", UNPACKER.as_uri()],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    back = [base64.b64decode(line) for line in done.stdout.split("\n")[: len(asked)]]
    sizes = [size for _packed, size, _stop in asked]
    assert [*map(len, back)] == sizes
    assert {*back} == {*contents()}
