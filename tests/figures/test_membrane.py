"""A membrane's run: drawing, sentence and title agree with the model."""

import numpy as np
import pytest

from twitchlib.figures.membrane import describe, plot_run
from twitchlib.physiology.axon import AxonRun, MotorNode, SquidAxon, simulate


def run(current_ua_cm2: float, width_ms: float = 1) -> AxonRun:
    return simulate(SquidAxon(), [(5, width_ms, current_ua_cm2)], 50, sample_ms=0.1)


@pytest.mark.parametrize(
    ("current", "width", "title"),
    [
        (0, 1, "No spike"),
        (6.9, 1, "No spike: the push was too weak"),  # the threshold is 6.92
        (7, 1, "One spike"),
        (10, 40, "Three spikes, 68 per second"),
    ],
)
def test_the_title_says_what_the_figure_shows(current: float, width: float, title: str) -> None:
    assert plot_run(run(current, width)).layout.title.text == title


def test_the_sentence_is_made_from_the_run() -> None:
    result = run(10, 40)
    rate_hz = 1000 * (result.spike_ms.size - 1) / np.ptp(result.spike_ms)
    assert describe(result).startswith(f"3 spikes, {rate_hz:.0f} per second")
    assert f"peaks at {result.potential_mv.max():.0f} mV" in describe(result)


def test_the_lines_are_the_run() -> None:
    result = run(20)
    lines = {trace.name: trace for trace in plot_run(result).data}
    np.testing.assert_allclose(lines["potential"].y, result.potential_mv, rtol=1e-6)
    for name, gate in result.gates.items():
        (drawn,) = (line for label, line in lines.items() if label.startswith(name[-1] + ","))
        np.testing.assert_allclose(drawn.y, gate, rtol=1e-6)


def test_the_earlier_run_is_a_faint_line_mentioned_in_the_sentence() -> None:
    figure = plot_run(run(4), run(20))
    assert [trace.name for trace in figure.data][:3] == ["before", "potential", "before"]
    assert figure.data[2].text == "before"
    assert figure.layout.meta["description"].endswith("Faint line: 1 spike.")


@pytest.mark.parametrize(
    ("apart_ms", "strength", "title", "crosses"),
    [
        (8, 20, "One spike: the second pulse fails", 1),
        (20, 20, "Two spikes, 50 per second", 0),
        (8, 3, "No spike: the 2 pulses were too weak", 0),
        (1, 7, "One spike for two pulses", 0),  # either may have caused it
    ],
)
def test_a_pulse_that_fails_is_named_and_marked(
    apart_ms: float, strength: float, title: str, crosses: int
) -> None:
    pulses = [(5.0, 0.5, 2.0 * strength), (5.0 + apart_ms, 0.5, 2.0 * strength)]
    figure = plot_run(simulate(SquidAxon(), pulses, 50, sample_ms=0.1))
    marked = [trace for trace in figure.data if trace.name == "fails"]
    assert sum(len(trace.x) for trace in marked) == crosses
    assert figure.layout.title.text == title


def test_an_example_is_shown_and_named_until_there_is_a_spike() -> None:
    names = [
        [trace.name for trace in plot_run(run(current), example=run(20)).data]
        for current in (4, 20)
    ]
    assert ["a spike, for comparison" in shown for shown in names] == [True, False]


def test_the_ranges_stay_put() -> None:
    weak, strong = plot_run(run(4)).layout, plot_run(run(50, 40)).layout
    for axis in ("xaxis", "yaxis", "yaxis2", "yaxis3"):
        assert weak[axis].range == strong[axis].range
        assert weak[axis].title.text


def test_gate_letters_never_cover_each_other() -> None:
    for current in (0, 7, 50):
        heights = sorted(label.y for label in plot_run(run(current, 40)).layout.annotations)
        assert np.diff(heights).min() > 0.1


def test_a_node_shows_its_potential_without_the_squids_gates() -> None:
    figure = plot_run(simulate(MotorNode(), [(1, 0.1, 450)], 5))
    assert [trace.name for trace in figure.data] == ["potential", "stimulus"]
