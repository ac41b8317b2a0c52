"""The packed state of a lesson's widgets."""

import json
import sys
import zlib
from base64 import b64decode, b64encode
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib.snapshot import states
from twitchlib.snapshot.common import common, mark, module

TEXTS = st.text() | st.sampled_from(["long" * 50, "longer" * 50])
KEYS = st.text().filter(lambda key: key != "twitchlib:text")  # no trait has that name
TREES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(KEYS, below, max_size=4),
    max_leaves=8,
)


ARRAYS = st.binary(max_size=40) | st.sampled_from([bytes(range(24)), b"\0\1" * 800])
BUFFERS = st.lists(ARRAYS.map(lambda array: {
    "path": ["a", 0], "encoding": "base64", "data": b64encode(array).decode(),
}), max_size=3)  # fmt: skip
WIDGETS = st.fixed_dictionaries({"state": TREES, "buffers": BUFFERS})


def unpacked(packed: bytes) -> Any:
    """Return what a page makes of packed states, with buffers as they were."""
    read, content = states.opened(packed)
    assert read["mark"] == mark()
    arrays = []
    for size, width in read["arrays"]:
        planes = np.frombuffer(content[:size], np.uint8).reshape(width, -1)
        arrays.append(b64encode(planes.T.tobytes()).decode())
        content = content[size:]
    assert content == b""

    def paragraph(number: int) -> str:
        return str(common()[~number] if number < 0 else read["pieces"][number])

    def whole(node: Any) -> Any:
        if isinstance(node, list):
            return [whole(one) for one in node]
        if isinstance(node, dict):
            if "twitchlib:text" in node:
                numbers = read["texts"][node["twitchlib:text"]]
                return "\n\n".join(map(paragraph, numbers))
            return {key: whole(value) for key, value in node.items()}
        return node

    found = whole(read["states"])
    for one in found.values():
        if "buffers" in one:
            one["buffers"] = [
                {"path": path, "encoding": "base64", "data": arrays[number]}
                for path, number in one["buffers"]
            ]
    return found


@given(st.dictionaries(KEYS, WIDGETS, max_size=4))
def test_everything_comes_back(widgets: dict[str, Any]) -> None:
    assert unpacked(states.pack(widgets)) == widgets


def test_an_array_is_sent_once_with_bytes_of_equal_significance_together() -> None:
    wave = np.sin(np.linspace(0, 9, 500)).astype(np.float32).tobytes()
    buffer = {"path": ["state", "y"], "encoding": "base64", "data": b64encode(wave).decode()}
    packed = states.pack({str(n): {"state": {"y": {}}, "buffers": [buffer]} for n in range(2)})
    ((size, width),) = states.opened(packed)[0]["arrays"]
    assert (size, width % 4) == (2000, 0)
    assert len(packed) < len(zlib.compress(wave, 9))


def test_a_long_text_is_sent_once() -> None:
    many = {str(n): {"_esm": "export default {};" * 99, "n": n} for n in range(100)}
    assert len(zlib.decompress(states.pack(many))) < 100 * 62


def test_all_widgets_of_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    import ipywidgets

    known: dict[str, Any] = {"a": {"state": {"x": [str(n) for n in range(99)]}}}
    monkeypatch.setattr(ipywidgets.Widget, "get_manager_state", lambda: {"state": known})
    assert unpacked(b64decode(states.packed())) == known


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


def test_scripts_and_styles_of_our_widgets_are_in_the_common_file_and_not_in_a_page() -> None:
    from anywidget import AnyWidget

    from twitchlib import widgets

    for found in walk_packages(widgets.__path__, f"{widgets.__name__}."):
        import_module(found.name)
    kinds = [*AnyWidget.__subclasses__()]
    for kind in kinds:
        kinds += kind.__subclasses__()
    ours = [kind for kind in kinds if kind.__module__.startswith(widgets.__name__)]
    assert widgets.FigureView in ours
    for kind in ours:
        state = {name: str(getattr(kind, name, "")) for name in ("_esm", "_css")}
        packed = states.pack({"tw1": state})
        assert states.opened(packed)[0]["pieces"] == [], kind
        assert unpacked(packed) == {"tw1": state}


def test_the_common_file_is_a_module_with_its_mark() -> None:
    first, second, end = module().split("\n")
    assert first == f'export const mark = "{mark()}";'
    assert json.loads(second.removeprefix("export default ").removesuffix(";")) == [*common()]
    assert end == ""
