"""The packed state of a lesson's widgets."""

import json
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib.serving import states

TEXTS = st.text() | st.sampled_from(["long" * 50, "longer" * 50])
KEYS = st.text().filter(lambda key: key != "twitchlib:text")  # no trait has that name
TREES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(KEYS, below, max_size=4),
    max_leaves=8,
)


def unpacked(packed: bytes) -> Any:
    read = json.loads(zlib.decompress(packed))

    def whole(node: Any) -> Any:
        if isinstance(node, list):
            return [whole(one) for one in node]
        if isinstance(node, dict):
            if "twitchlib:text" in node:
                return read["texts"][node["twitchlib:text"]]
            return {key: whole(value) for key, value in node.items()}
        return node

    return whole(read["states"])


@given(st.dictionaries(KEYS, TREES, max_size=4))
def test_everything_comes_back(tree: dict[str, Any]) -> None:
    assert unpacked(states.pack(tree)) == tree


def test_a_long_text_is_sent_once() -> None:
    many = {str(n): {"_esm": "export default {};" * 99, "n": n} for n in range(100)}
    assert len(zlib.decompress(states.pack(many))) < 100 * 60


def test_a_kernel_answers_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    import ipywidgets

    kept: list[Any] = []
    known: dict[str, Any] = {"a": {"state": {"x": [str(n) for n in range(9999)]}}}
    monkeypatch.setattr(ipywidgets.Widget, "get_manager_state", lambda: {"state": known})

    class Comm:
        def send(self, data: dict[str, int], buffers: list[bytes]) -> None:
            kept.append((data["bytes"], *buffers))

    states._answer(Comm(), {})
    whole = b"".join(piece for _, piece in kept)
    assert len(kept) > 1
    assert {size for size, _ in kept} == {len(whole)}
    assert unpacked(whole) == known


def test_what_a_kernel_executes_leaves_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    called = []
    monkeypatch.setattr(states, "offer", lambda: called.append(1))
    names: dict[str, Any] = {}
    exec(states.OFFER, names)  # noqa: S102
    assert called == [1]
    assert set(names) == {"__builtins__"}
