"""The two membranes, against published behaviour and NEURON, and their numerical accuracy."""

import math
from typing import Any

import numpy as np
import pytest

from twitchlib.errors import NotAllowedError
from twitchlib.physiology.axon import (
    SQUID,
    Axon,
    MotorNode,
    Pulse,
    SquidAxon,
    rest,
    simulate,
    steady_current_ua_cm2,
)
from twitchlib.physiology.excitability import threshold
from twitchlib.physiology.ions import Plasma
from twitchlib.physiology.membranes import PUBLISHED_NODE

# With the leak reversal that NEURON ships with, for comparisons with NEURON.
NEURON_SQUID = SquidAxon(leak_mv=-54.3)
NODE = MotorNode()


def test_squid_rests_near_minus_65_mv() -> None:
    # Absolute potentials are chosen so that Hodgkin & Huxley's rest is at −65 mV.
    assert rest(SQUID)["potential_mv"] == pytest.approx(-65, abs=0.1)


def test_regression_rest() -> None:
    expected = [-64.974, 0.05309, 0.59521, 0.31807]
    assert list(rest(NEURON_SQUID).values()) == pytest.approx(expected, abs=5e-4)
    assert rest(PUBLISHED_NODE)["potential_mv"] == pytest.approx(-88.61, abs=0.05)
    assert rest(NODE)["potential_mv"] == pytest.approx(-81.40, abs=0.01)


@pytest.mark.parametrize("axon", [SQUID, NODE, PUBLISHED_NODE])
def test_rest_is_stationary(axon: Axon) -> None:
    run = simulate(axon, (), 20)
    assert np.ptp(run.potential_mv) < 1e-3
    assert not run.spike_ms.size


@pytest.mark.parametrize(("kick_mv", "fires"), [(6, False), (7, True)])
def test_instantaneous_threshold_lies_between_6_and_7_mv(kick_mv: float, fires: bool) -> None:
    # Hodgkin & Huxley 1952, fig. 12: a shock of 6 mV fades, one of 7 mV grows into a spike.
    width_ms = 0.002
    current = kick_mv * SQUID.capacitance_uf_cm2 / width_ms
    run = simulate(SQUID, [(0, width_ms, current)], 20, dt_ms=width_ms)
    assert bool(run.spike_ms.size) == fires


@pytest.mark.parametrize(("current_ua_cm2", "fires"), [(40, False), (50, True)])
def test_published_node_fires_a_train_at_50_but_not_at_40(
    current_ua_cm2: float, fires: bool
) -> None:
    # The authors' model as curated in the CellML repository (exposure 5f7): a 0.5 ms pulse of
    # 0.04 mA/cm² evokes no spike, one of 0.05 mA/cm² evokes a train.
    run = simulate(PUBLISHED_NODE, [(0, 0.5, current_ua_cm2)], 50)
    assert (run.spike_ms.size > 1) == fires
    if not fires:
        assert run.spike_ms.size == 0


def test_regression_shape_of_the_squid_spike() -> None:
    run = simulate(NEURON_SQUID, [(0, 1, 20)], 30, sample_ms=0.01)
    assert run.potential_mv.max() == pytest.approx(40.478, abs=0.01)
    assert run.potential_mv.min() == pytest.approx(-76.179, abs=0.01)
    assert width_at_half(run.time_ms, run.potential_mv) == pytest.approx(1.48, abs=0.02)
    warm = simulate(NEURON_SQUID.replace(temperature_c=18.5), [(0, 1, 20)], 30, sample_ms=0.01)
    amplitude_mv = warm.potential_mv.max() - warm.potential_mv[0]
    assert amplitude_mv == pytest.approx(95.2, abs=0.05)
    assert width_at_half(warm.time_ms, warm.potential_mv) == pytest.approx(0.42, abs=0.03)


def width_at_half(time_ms: np.ndarray, potential_mv: np.ndarray) -> float:
    above = potential_mv > (potential_mv.max() + potential_mv[0]) / 2
    return float(time_ms[above][-1] - time_ms[above][0])


def test_motor_node_answers_one_stimulus_with_one_short_spike() -> None:
    run = simulate(NODE, [(1, 0.1, 500)], 40)
    assert run.spike_ms.size == 1
    assert 0.2 < width_at_half(run.time_ms, run.potential_mv) < 0.6


@pytest.mark.parametrize(
    ("axon", "pulse", "dt_ms"), [(SQUID, (1, 100, 10), 0.02), (NODE, (1, 0.1, 500), 0.01)]
)
def test_halving_the_step_quarters_the_error(
    axon: Axon, pulse: tuple[float, float, float], dt_ms: float
) -> None:
    def last_spike_ms(dt_ms: float) -> float:
        return float(simulate(axon, [pulse], 80, dt_ms=dt_ms).spike_ms[-1])

    best = last_spike_ms(dt_ms / 32)
    coarse, fine = (abs(last_spike_ms(dt_ms / k) - best) for k in (1, 2))
    assert fine < 0.35 * coarse
    assert abs(last_spike_ms(axon.dt_ms) - best) < 0.02


@pytest.mark.parametrize("node", [NODE, NODE.bathed(Plasma(potassium_mm=5.5)), PUBLISHED_NODE])
def test_the_threshold_of_a_node_has_converged(
    node: MotorNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, halved, exact = (
        threshold_at(node, MotorNode.dt_ms / k, monkeypatch) for k in (1, 2, 20)
    )
    assert usual == pytest.approx(exact, rel=4e-3)
    assert abs(halved - exact) < 0.35 * abs(usual - exact)


def threshold_at(node: MotorNode, dt_ms: float, monkeypatch: pytest.MonkeyPatch) -> float:
    monkeypatch.setattr(MotorNode, "dt_ms", dt_ms)
    return threshold(node, 0.1)


def test_spikes_do_not_depend_on_the_sampling() -> None:
    every = simulate(SQUID, [(0, 50, 10)], 50, sample_ms=0.01)
    few = simulate(SQUID, [(0, 50, 10)], 50, sample_ms=1)
    assert every.spike_ms.tolist() == few.spike_ms.tolist()
    assert few.potential_mv.tolist() == every.potential_mv[::100].tolist()
    assert few.time_ms == pytest.approx(np.arange(50))


def test_a_pulse_that_does_not_fit_the_steps_keeps_its_charge() -> None:
    run = simulate(SQUID, [(1.0037, 0.0123, 100)], 5, sample_ms=0.01)
    assert run.stimulus_ua_cm2.sum() * 0.01 == pytest.approx(100 * 0.0123)


def test_pulses_add_up_and_may_be_given_in_either_form() -> None:
    one = simulate(SQUID, [Pulse(1, 2, 10)], 20)
    two = simulate(SQUID, [(1, 2, 4), (1, 2, 6)], 20)
    assert two.potential_mv == pytest.approx(one.potential_mv)


def test_currents_and_stimulus_balance_the_capacitor() -> None:
    dt = 0.001
    run = simulate(SQUID, [(1, 10, 5)], 15, dt_ms=dt, sample_ms=dt)
    through = sum(run.currents.values())
    charging = SQUID.capacitance_uf_cm2 * np.diff(run.potential_mv) / dt
    expected = (run.stimulus_ua_cm2 - through)[:-1]
    assert np.abs(charging - expected).max() < 0.02 * np.abs(through).max()


def test_noise_is_repeatable_and_the_same_at_any_time_step() -> None:
    def noisy(seed: int, dt_ms: float) -> np.ndarray:
        run = simulate(NODE, (), 20, noise_ua_cm2=50, seed=seed, dt_ms=dt_ms)
        return run.potential_mv

    assert noisy(1, 0.002).tolist() == noisy(1, 0.002).tolist()
    assert np.abs(noisy(1, 0.002) - noisy(1, 0.001)).max() < 0.1
    assert np.abs(noisy(1, 0.002) - noisy(2, 0.002)).max() > 1


def test_enough_noise_causes_ectopic_spikes() -> None:
    quiet = simulate(NODE, (), 200, noise_ua_cm2=20, seed=3)
    loud = simulate(NODE, (), 200, noise_ua_cm2=200, seed=3)
    assert quiet.spike_ms.size == 0
    assert loud.spike_ms.size > 0


def test_washing_in_potassium_starts_from_the_old_rest() -> None:
    much = SQUID.bathed(Plasma(potassium_mm=5.0))
    run = simulate(much, (), 50, before=SQUID)
    assert run.potential_mv[0] == rest(SQUID)["potential_mv"]
    assert run.potential_mv[-1] == pytest.approx(rest(much)["potential_mv"], abs=0.5)


@pytest.mark.parametrize("axon", [SQUID, NODE])
def test_bathing_moves_potassium_and_the_gates(axon: Axon) -> None:
    bathed = axon.bathed(Plasma(potassium_mm=8, calcium_mm=0.6))
    assert bathed.potassium_ratio == 2
    assert bathed.potassium_reversal_mv > axon.potassium_reversal_mv
    assert bathed.gating_shift_mv < -5
    shifted = bathed.gating_shift_mv
    assert bathed.rates_per_ms(-60 + shifted) == pytest.approx(axon.rates_per_ms(-60))


def test_warming_makes_gates_faster_by_their_q10() -> None:
    squid = SQUID.replace(temperature_c=16.3).rates_per_ms(-50) / SQUID.rates_per_ms(-50)
    assert squid == pytest.approx(3)
    node = NODE.rates_per_ms(-50) / NODE.replace(temperature_c=26).rates_per_ms(-50)
    assert node[:, 0] == pytest.approx([2.2, 2.9, 2.2, 3.0])


@pytest.mark.parametrize("potential_mv", [-40, -55, -20.4, -25.7, -114, -27, -34])
@pytest.mark.parametrize("axon", [SQUID, NODE])
def test_rates_are_smooth_where_the_formula_is_0_over_0(axon: Axon, potential_mv: float) -> None:
    below, at, above = (axon.rates_per_ms(potential_mv + d) for d in (-1e-4, 0, 1e-4))
    assert at == pytest.approx((below + above) / 2, rel=1e-6)


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ({"pulses": [(1, 1, math.nan)]}, "current_ua_cm2"),
        ({"pulses": [(-1, 1, 10)]}, "start_ms"),
        ({"pulses": [(1, 0, 10)]}, "width_ms"),
        ({"pulses": [(1, 5, -4000)]}, "pulses"),
        ({"duration_ms": 0}, "duration_ms"),
        ({"duration_ms": 1e9}, "duration_ms"),
        ({"dt_ms": 0.2}, "dt_ms"),
        ({"dt_ms": math.nan}, "dt_ms"),
        ({"noise_ua_cm2": -1}, "noise_ua_cm2"),
        ({"noise_ua_cm2": 1}, "seed"),
        ({"noise_ua_cm2": 1, "seed": -1}, "seed"),
        ({"sample_ms": 100}, "sample_ms"),
        ({"before": NODE}, "before"),
    ],
)
def test_refuses_invalid_arguments(arguments: dict[str, object], field: str) -> None:
    with pytest.raises(NotAllowedError) as refused:
        simulate(SQUID, **{"pulses": (), "duration_ms": 50} | arguments)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_parameters_are_checked() -> None:
    with pytest.raises(NotAllowedError, match="sodium_ms_cm2"):
        SquidAxon(sodium_ms_cm2=-1)
    with pytest.raises(NotAllowedError, match="temperature_c"):
        MotorNode(temperature_c=100)


def test_frame_has_every_trace() -> None:
    frame = simulate(SQUID, [(0, 1, 20)], 10).to_frame()
    assert list(frame.columns) == [
        "time_ms", "potential_mv", "stimulus_ua_cm2", "gate_m", "gate_h", "gate_n",
        "sodium_ua_cm2", "potassium_ua_cm2", "leak_ua_cm2",
    ]  # fmt: skip
    assert not frame.isna().any().any()


def test_agrees_with_neuron() -> None:
    neuron = pytest.importorskip("neuron")
    h = neuron.h
    h.load_file("stdrun.hoc")
    patch = h.Section(name="patch")
    patch.L = patch.diam = 100 / math.sqrt(math.pi)
    patch.insert("hh")
    clamp = h.IClamp(patch(0.5))
    # The patch area is 10⁻⁴ cm², so 1 nA is 10 µA/cm².
    clamp.delay, clamp.dur, clamp.amp = 1, 99, 1.0
    potential, time = h.Vector(), h.Vector()
    potential.record(patch(0.5)._ref_v)
    time.record(h._ref_t)
    h.celsius, h.dt = 6.3, 0.005
    # Exact rates instead of a table, and Crank–Nicolson steps instead of Euler's.
    h.usetable_hh, h.secondorder = 0, 2
    h.finitialize(-64.974)
    h.continuerun(100)
    v, t = np.array(potential), np.array(time)
    k = np.flatnonzero((v[:-1] < 0) & (v[1:] >= 0))
    theirs = t[k] - v[k] * (t[k + 1] - t[k]) / (v[k + 1] - v[k])
    ours = simulate(NEURON_SQUID, [(1, 99, 10)], 100).spike_ms
    assert len(ours) > 5
    assert ours == pytest.approx(theirs, abs=0.05)


@pytest.mark.parametrize("potential_mv", [float("inf"), float("nan"), 1001, "x", None])
def test_an_impossible_potential_is_refused(potential_mv: Any) -> None:
    with pytest.raises(NotAllowedError, match=r"potential_mv = .*from -1000 to 1000 mV"):
        steady_current_ua_cm2(SQUID, potential_mv)


@pytest.mark.parametrize("potential_mv", [-1000, 1000])
def test_the_current_is_finite_at_the_extreme_potentials(potential_mv: float) -> None:
    for membrane in (SQUID, NODE):
        assert np.isfinite(steady_current_ua_cm2(membrane, potential_mv))
