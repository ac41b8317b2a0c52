import datetime
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import plotly
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from twitchlib.widgets import figure_view
from twitchlib.widgets.figure_view import FigureView, flatten, plotly_module

T_MS = np.linspace(0, 10, 50)


def two_lines(level: float = 1.0, title: str = "Two lines") -> go.Figure:
    return go.Figure(
        [go.Scatter(x=T_MS, y=np.sin(T_MS)), go.Scatter(x=T_MS, y=level * np.cos(T_MS))],
        layout={"title": title, "template": "none"},
    )


def read(leaf: dict[str, Any]) -> NDArray[Any]:
    return np.frombuffer(leaf["bdata"], dtype=leaf["dtype"]).reshape(leaf["shape"])


class Sent(FigureView):
    """Records what is sent to the page."""

    def __init__(self, figure: go.Figure) -> None:
        self.updates: list[dict[str, Any]] = []
        self.customs: list[tuple[Any, Any]] = []
        super().__init__(figure)
        self.updates.clear()

    def send_state(self, key: Any = None) -> None:
        self.updates.append(self.get_state(key))

    def send(self, content: Any, buffers: Any = None) -> None:
        self.customs.append((content, buffers))


class TestWhatIsSent:
    def test_one_changed_array_travels_alone(self) -> None:
        view = Sent(two_lines(1))
        view.show(two_lines(2))
        (update,) = view.updates
        assert list(update) == ["data.1.y"]
        np.testing.assert_array_equal(read(update["data.1.y"]), 2 * np.cos(T_MS))

    def test_the_layout_travels_only_as_far_as_it_changed(self) -> None:
        view = Sent(two_lines())
        view.show(two_lines(title="Still two lines"))
        assert view.updates == [{"layout.title": {"text": "Still two lines"}}]

    def test_an_unchanged_figure_sends_nothing(self) -> None:
        view = Sent(two_lines())
        view.show(two_lines())
        assert view.updates == [{}]

    def test_a_figure_changed_in_place_is_noticed(self) -> None:
        figure = two_lines()
        view = Sent(figure)
        figure.layout.xaxis.title.text = "Time (ms)"
        figure.data[0].line.color = "#0B5F8A"
        figure.data[1].y = np.zeros(50)
        view.show(figure)
        assert set(view.updates[0]) == {"layout.xaxis", "data.0.line", "data.1.y", "_paths"}

    def test_a_removed_trace_leaves_the_list_of_paths(self) -> None:
        view = Sent(two_lines())
        view.show(go.Figure([go.Scatter(x=T_MS, y=np.sin(T_MS))], two_lines().layout))
        assert list(view.updates[0]) == ["_paths"]
        assert not [path for path in view.updates[0]["_paths"] if path.startswith("data.1")]

    def test_a_page_that_connects_late_gets_the_whole_latest_figure(self) -> None:
        view = FigureView(two_lines(1))
        for level in range(5):
            view.show(two_lines(level))
        state = view.get_state()
        assert set(state["_paths"]) <= set(state)
        np.testing.assert_array_equal(read(state["data.1.y"]), 4 * np.cos(T_MS))
        assert state["layout.title"] == {"text": "Two lines"}
        assert state["_esm"]

    def test_no_array_travels_as_text(self) -> None:
        state = FigureView(two_lines()).get_state()
        assert isinstance(state["data.0.x"]["bdata"], bytes)
        with_text = {k: v for k, v in state.items() if k.startswith("layout.") or k == "data.0"}
        assert "bdata" not in json.dumps(with_text)


class TestLeaves:
    def test_a_missing_number_stays_missing(self) -> None:
        leaves = flatten(go.Figure(go.Scatter(x=[0, 1, None], y=np.array([1.0, np.nan, 3.0]))))
        assert np.isnan(read(leaves["data.0.y"])[1])
        assert leaves["data.0.x"] == [0, 1, None]

    def test_numbers_that_json_does_not_know_become_gaps(self) -> None:
        leaves = flatten(go.Figure(go.Scatter(y=[1.0, float("nan"), float("inf")])))
        assert leaves["data.0.y"] == [1.0, None, None]

    @pytest.mark.parametrize(
        ("values", "dtype"),
        [
            (np.arange(3, dtype=np.int64), "float64"),
            (np.arange(3, dtype=np.uint64), "float64"),
            (np.arange(3, dtype=np.int32), "int32"),
            (np.arange(3, dtype=np.uint8), "uint8"),
            (np.arange(3, dtype=np.float16), "float32"),
            (np.arange(3, dtype=np.float32), "float32"),
            (np.arange(3, dtype=">f8"), "float64"),
            (np.arange(6, dtype=float)[::2] / 2, "float64"),
        ],
    )
    def test_kinds_of_numbers(self, values: NDArray[Any], dtype: str) -> None:
        leaf = flatten(go.Figure(go.Scatter(y=values)))["data.0.y"]
        assert leaf["dtype"] == dtype
        np.testing.assert_array_equal(read(leaf), [0, 1, 2])

    def test_a_map_keeps_its_shape(self) -> None:
        leaf = flatten(go.Figure(go.Heatmap(z=np.arange(6.0).reshape(2, 3))))["data.0.z"]
        np.testing.assert_array_equal(read(leaf), [[0, 1, 2], [3, 4, 5]])

    def test_arrays_deep_in_a_trace_are_leaves_too(self) -> None:
        figure = go.Figure(
            go.Scatter(y=[1], marker={"size": np.array([4.0]), "color": ["#0B5F8A"]})
        )
        leaves = flatten(figure)
        assert leaves["data.0.marker.size"]["dtype"] == "float64"
        assert leaves["data.0.marker.color"] == ["#0B5F8A"]

    def test_times_and_words(self) -> None:
        days = np.array(["2025-03-01", "NaT"], dtype="datetime64[D]")
        objects = np.array([datetime.date(2025, 3, 1), None], dtype=object)
        leaves = flatten(go.Figure([go.Scatter(x=days), go.Scatter(x=objects), go.Bar(x=["a"])]))
        assert leaves["data.0.x"] == ["2025-03-01", None]
        assert leaves["data.1.x"] == ["2025-03-01", None]
        assert leaves["data.2.x"] == ["a"]

    def test_a_figure_read_from_json_is_the_same_figure(self) -> None:
        figure = two_lines()
        figure.add_heatmap(z=np.arange(6.0).reshape(2, 3))
        again = flatten(go.Figure(figure.to_dict()))
        for path, leaf in flatten(figure).items():
            if isinstance(leaf, dict) and "bdata" in leaf:
                np.testing.assert_array_equal(read(again[path]), read(leaf))
            else:
                assert again[path] == leaf

    def test_a_value_that_cannot_be_sent_is_named(self) -> None:
        figure = go.Figure(layout={"meta": {"table": object}})
        with pytest.raises(TypeError, match=r"cannot take <class 'object'> \(type\)"):
            flatten(figure)

    @given(
        arrays.arrays(
            st.sampled_from([np.float64, np.float32, np.int16, np.uint32]),
            arrays.array_shapes(min_dims=1, max_dims=1, min_side=0, max_side=20),
        )
    )
    def test_every_array_arrives_as_it_left(self, values: NDArray[Any]) -> None:
        leaf = figure_view._array(values)
        np.testing.assert_array_equal(read(leaf), values)
        assert leaf["dtype"] == values.dtype.name


class TestPlotlyForThePage:
    def test_the_page_gets_it_when_it_asks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(figure_view, "plotly_module", lambda: b"the module")
        view = Sent(two_lines())
        view._handle_custom_msg({"plotly": "wanted"}, [])
        view._handle_custom_msg({"something": "else"}, [])
        assert view.customs == [({"plotly": "here"}, [b"the module"])]

    def test_the_bundle_if_there_is_one(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        bundle = tmp_path / "plotly.js"
        bundle.write_bytes(b"export default 1")
        monkeypatch.setattr(figure_view, "BUNDLE", bundle)
        assert plotly_module() == b"export default 1"

    def test_otherwise_the_complete_one_of_the_python_package(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(figure_view, "BUNDLE", tmp_path / "missing.js")
        module = plotly_module()
        assert plotly.offline.get_plotlyjs().encode()[:200] in module
        assert module.rstrip().endswith(b"export default module.exports;")
        assert b"no bundle was built" in module.splitlines()[0]


def test_the_module_itself_loads_no_plotly() -> None:
    code = "import sys, twitchlib.widgets.figure_view; sys.exit('plotly' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
