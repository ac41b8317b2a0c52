"""The packed state of a lesson's widgets."""

import base64
import json
import sys
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib.snapshot import states

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
                numbers = read["texts"][node["twitchlib:text"]]
                return "\n\n".join(read["pieces"][number] for number in numbers)
            return {key: whole(value) for key, value in node.items()}
        return node

    return whole(read["states"])


@given(st.dictionaries(KEYS, TREES, max_size=4))
def test_everything_comes_back(tree: dict[str, Any]) -> None:
    assert unpacked(states.pack(tree)) == tree


def test_a_long_text_is_sent_once() -> None:
    many = {str(n): {"_esm": "export default {};" * 99, "n": n} for n in range(100)}
    assert len(zlib.decompress(states.pack(many))) < 100 * 61


def test_all_widgets_of_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    import ipywidgets

    known: dict[str, Any] = {"a": {"state": {"x": [str(n) for n in range(99)]}}}
    monkeypatch.setattr(ipywidgets.Widget, "get_manager_state", lambda: {"state": known})
    assert unpacked(base64.b64decode(states.packed())) == known


@pytest.mark.parametrize("loaded", [True, False])
def test_nothing_without_widgets(monkeypatch: pytest.MonkeyPatch, loaded: bool) -> None:
    import ipywidgets

    monkeypatch.setattr(ipywidgets.Widget, "get_manager_state", lambda: {"state": {}})
    if not loaded:
        monkeypatch.delitem(sys.modules, "ipywidgets")
    assert states.packed() == ""
    assert ("ipywidgets" in sys.modules) is loaded


def test_what_a_kernel_evaluates_leaves_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "packed", lambda: "c3RhdGVz")
    names: dict[str, Any] = {}
    assert eval(states.PACKED, names) == "c3RhdGVz"  # noqa: S307
    assert set(names) == {"__builtins__"}


def test_what_two_texts_have_in_common_is_sent_once() -> None:
    common = "\n\n".join(f"function f{n}() {{}} // {'=' * 200}" for n in range(50))
    both = {name: {"_esm": f"{common}\n\nexport default {name}"} for name in ("first", "second")}
    assert len(zlib.decompress(states.pack(both))) < 1.2 * len(common)
    assert unpacked(states.pack(both)) == both
