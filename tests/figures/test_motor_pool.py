"""Summation and recruitment: the figures against the pool's own properties."""

import numpy as np
import pytest

from twitchlib.figures.motor_pool import (
    FUSED,
    describe_run,
    describe_train,
    plot_run,
    plot_train,
    ripple,
)
from twitchlib.physiology.motor_pool import Discharges, PoolRun, simulate, units
from twitchlib.physiology.motor_units import POOL, maximal_force_n


def train(pulses: int, rate_hz: float, unit: int = 60) -> Discharges:
    return Discharges.of([unit] * pulses, 0.1 + np.arange(pulses) / rate_hz)


def effort(level: float) -> PoolRun:
    drive = np.interp(np.arange(3000) / 1000, [0.3, 1, 2, 2.7], [0, level, level, 0])
    return simulate(POOL, drive, sample_hz=1000, seed=0)


@pytest.mark.parametrize(
    ("pulses", "rate", "title"),
    [
        (1, 8, "One pulse, one twitch"),
        (4, 2, "4 pulses, 4 separate twitches"),
        (12, 8, "Twitches run together, up to 1.5 times one"),
        (40, 40, "Fused into one smooth pull, 9.1 times a twitch"),
    ],
)
def test_titles(pulses: int, rate: float, title: str) -> None:
    assert plot_train(train(pulses, rate)).layout.title.text == title


def test_a_single_twitch_has_the_units_own_size_and_peak() -> None:
    figure = plot_train(train(1, 8))
    force = figure.data[0]
    peak = int(np.argmax(force.y))
    assert force.y[peak] == pytest.approx(1, abs=0.005)
    contraction_ms = units(POOL).contraction_ms[59]
    assert 1000 * (force.x[peak] - 0.1) == pytest.approx(contraction_ms, abs=2.5)
    assert f"peaking {contraction_ms:.0f} ms after the pulse" in describe_train(train(1, 8))


@pytest.mark.parametrize(("unit", "fusion_hz"), [(1, 17), (60, 29), (120, 47)])
def test_the_fusion_frequencies_stated_in_the_lesson(unit: int, fusion_hz: int) -> None:
    assert ripple(train(40, fusion_hz - 1, unit)) > FUSED >= ripple(train(40, fusion_hz, unit))


def test_the_ripple_falls_as_the_rate_grows() -> None:
    swings = [ripple(train(40, rate)) for rate in (5, 10, 20, 40)]
    assert swings == sorted(swings, reverse=True)


def test_pulses_after_the_end_are_left_out() -> None:
    figure = plot_train(train(60, 2))
    assert len(figure.data[1].x) == 4
    assert "fires 4 times" in figure.layout.meta["description"]


def test_a_train_of_several_units_or_of_none_is_refused() -> None:
    with pytest.raises(ValueError, match="not of 2"):
        plot_train(Discharges.of([1, 2], [0.1, 0.2]))
    with pytest.raises(ValueError, match="not of 0"):
        plot_train(Discharges.of([], []))


@pytest.mark.parametrize("level", [0.05, 0.3, 1.0])
def test_a_run_is_counted_measured_and_described(level: float) -> None:
    run = effort(level)
    figure = plot_run(run)
    active = np.unique(run.discharges.unit).size
    sentence = figure.layout.meta["description"]
    assert sentence == describe_run(run)
    assert sentence.startswith(f"{active} of 120 motor units join in")
    assert f"fire {run.discharges.unit.size:,} times" in sentence
    assert f"the EMG spans {np.ptp(run.emg_mv):.1f} mV" in sentence
    assert figure.layout.title.text.startswith(f"{active} of 120 motor units pull with")


def test_a_silent_run_can_be_drawn() -> None:
    figure = plot_run(effort(0))
    assert figure.layout.title.text == "All motor units are silent"
    assert figure.layout.meta["description"] == "No motor unit fires; no force and no EMG."


def test_the_drawn_emg_reaches_as_far_as_the_true_one() -> None:
    run = effort(0.6)
    drawn = plot_run(run).data[2].y
    assert drawn.max() == pytest.approx(run.emg_mv.max())
    assert drawn.min() == pytest.approx(run.emg_mv.min())


def test_each_stroke_of_the_raster_is_a_spike() -> None:
    run = effort(0.3)
    strokes = plot_run(run).data[0].x[::3]
    shown = run.discharges.time_s[run.discharges.unit % 10 == 0]
    np.testing.assert_allclose(strokes, shown, rtol=1e-6)


def test_the_ranges_stay_put_and_hold_the_maximum() -> None:
    weak, strong = plot_run(effort(0.05)).layout, plot_run(effort(1)).layout
    for axis in ("xaxis", "yaxis", "yaxis2", "yaxis3"):
        assert weak[axis].range == strong[axis].range
        assert weak[axis].title.text
    assert weak.yaxis2.range[1] > maximal_force_n(POOL)
    assert np.abs(effort(1).emg_mv).max() < weak.yaxis3.range[1]


def test_an_earlier_force_is_drawn_as_a_faint_line() -> None:
    figure = plot_run(effort(0.3), effort(1))
    assert figure.data[1].name == "before"
    assert "Faint line: at most 7." in figure.layout.meta["description"]
