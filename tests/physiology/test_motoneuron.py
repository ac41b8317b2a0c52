"""The bistable motoneuron, against the firing of human units in spasm."""

import math

import numpy as np
import pytest

from twitchlib.errors import NotAllowedError
from twitchlib.physiology._card_values import SPASM_NA
from twitchlib.physiology.motoneuron import CELL, Motoneuron, ramp, simulate

PUSH = [(0, 2.6), (500, 2.6), (500, 6.6), (1500, 6.6), (1500, 2.6), (5000, 2.6)]


def test_recruitment_and_derecruitment_match_human_thenar_units_in_spasm() -> None:
    # Spasms after spinal cord injury: 7.1 ± 3.2 Hz and 5.4 ± 2.4 Hz, and 16.1 ± 4.1 Hz at
    # maximal force, to which the peak of the drive was fitted: doi:10.3389/fnhum.2014.00922.
    test = ramp(CELL, peak_na=SPASM_NA)
    assert test.fastest_hz == pytest.approx(16.1, abs=0.2)
    assert test.recruited_hz == pytest.approx(7.1, abs=3.2)
    assert test.derecruited_hz == pytest.approx(5.4, abs=2.4)
    assert test.derecruited_hz < test.recruited_hz


def test_regression_ramp_as_strong_as_a_spasm() -> None:
    test = ramp(CELL, peak_na=13.6)
    assert test.recruited_hz == pytest.approx(6.63, abs=0.02)
    assert test.derecruited_hz == pytest.approx(4.73, abs=0.02)
    assert test.fastest_hz == pytest.approx(16.15, abs=0.02)


def test_regression_ramp() -> None:
    test = ramp(CELL)
    intervals_hz = 1000 / np.diff(test.run.spike_ms)
    assert test.recruited_na == pytest.approx(4.27, abs=0.01)
    assert intervals_hz[1] == pytest.approx(7.0, abs=0.1)
    assert intervals_hz[-2] == pytest.approx(5.1, abs=0.1)
    assert test.fastest_hz == pytest.approx(21.6, abs=0.1)


def test_only_a_persistent_current_keeps_firing_below_recruitment() -> None:
    with_current, without = ramp(CELL), ramp(CELL.replace(persistent_us=0.0))
    assert with_current.derecruited_na < 0.3 * with_current.recruited_na
    assert without.derecruited_na > 0.5 * without.recruited_na


@pytest.mark.parametrize("persistent_us", [0.0, 0.08, 0.09])
def test_with_a_weak_persistent_current_firing_stops_after_the_push(persistent_us: float) -> None:
    run = simulate(CELL.replace(persistent_us=persistent_us), PUSH, 5000)
    assert run.rate_hz(500, 1500) > 0
    assert run.rate_hz(1600, 5000) == 0


@pytest.mark.parametrize("persistent_us", [0.10, 0.106, 0.12])
def test_with_a_strong_persistent_current_firing_is_self_sustained(persistent_us: float) -> None:
    run = simulate(CELL.replace(persistent_us=persistent_us), PUSH, 5000)
    assert run.rate_hz(0, 500) == 0
    assert 5 < run.rate_hz(3000, 5000) < 8
    assert run.persistent_activation[-1] > 0.3


def test_inhibition_ends_self_sustained_firing() -> None:
    # The presumed effect of stretching a cramping muscle.
    stretch = [(3000, 2.6), (3000, -6), (3500, -6), (3500, 2.6), (5000, 2.6)]
    stopped = simulate(CELL, [*PUSH[:-1], *stretch], 5000)
    assert stopped.rate_hz(2000, 3000) > 5
    assert stopped.rate_hz(3500, 5000) == 0


def test_rests_where_no_current_flows() -> None:
    run = simulate(Motoneuron(persistent_us=0), [(0, 0)], 3000)
    assert run.soma_mv == pytest.approx(np.full(3000, CELL.leak_mv))


def test_passive_cell_obeys_ohms_law() -> None:
    cell = Motoneuron(persistent_us=0)
    run = simulate(cell, [(0, 1)], 1000)
    dendrite = cell.coupling_us * cell.dendrite_leak_us / (cell.coupling_us + cell.dendrite_leak_us)
    expected_mv = cell.leak_mv + 1 / (cell.soma_leak_us + dendrite)
    assert run.soma_mv[-1] == pytest.approx(expected_mv, abs=1e-6)


def test_converges_with_the_step() -> None:
    def spikes_ms(dt_ms: float) -> np.ndarray:
        return simulate(CELL, [(0, 6)], 1000, dt_ms=dt_ms).spike_ms

    best = spikes_ms(0.0025)
    errors = [np.abs(spikes_ms(dt) - best).max() for dt in (0.1, 0.05, 0.025)]
    assert errors[0] > 1.5 * errors[1] > 2 * errors[2]
    assert errors[1] < 1


def test_a_drive_into_the_dendrite_excites_too() -> None:
    quiet = simulate(CELL, [(0, 0)], 2000)
    driven = simulate(CELL, [(0, 0)], 2000, dendrite_drive=[(0, 6)])
    assert quiet.spike_ms.size == 0
    assert driven.spike_ms.size > 5


def test_corners_make_ramps_and_steps() -> None:
    run = simulate(CELL, [(0, 0), (100, 2), (100, -1), (200, -1)], 200, sample_ms=1)
    assert run.drive_na[50] == pytest.approx(1, abs=0.01)
    assert run.drive_na[99] == pytest.approx(2, abs=0.03)
    assert run.drive_na[101:] == pytest.approx(np.full(99, -1.0))


def test_noise_is_repeatable() -> None:
    one, again, other = (
        simulate(CELL, [(0, 4)], 2000, noise_na=3, seed=seed).spike_ms.tolist()
        for seed in (1, 1, 2)
    )
    assert one == again != other


def test_no_two_spikes_within_the_refractory_hold() -> None:
    run = simulate(CELL, [(0, 100)], 500)
    assert np.diff(run.spike_ms).min() >= CELL.hold_ms


def test_a_ramp_too_weak_for_any_spike_gives_nan() -> None:
    assert math.isnan(ramp(CELL, peak_na=1).recruited_na)


@pytest.mark.parametrize(
    ("drive", "settings", "field"),
    [
        ([(0, 0)], {"duration_ms": 0}, "duration_ms"),
        ([], {}, "drive"),
        ([(0, math.nan), (10, 0)], {}, "drive[0, 1]"),
        ([(0, 1e6), (10, 0)], {}, "drive current[0]"),
        ([(10, 0), (0, 0), (20, 0)], {}, "drive"),
        ([(0, 0)], {"duration_ms": 1e9}, "duration_ms"),
        ([(0, 0)], {"noise_na": 1}, "seed"),
        ([(0, 0)], {"noise_na": 1, "seed": 0.5}, "seed"),
        ([(0, 0), (10, 0)], {"dt_ms": 2}, "dt_ms"),
        ([(0, 0), (10, 0)], {"noise_na": -1}, "noise_na"),
    ],
)
def test_refuses_invalid_arguments(
    drive: list[tuple[float, float]], settings: dict[str, float], field: str
) -> None:
    with pytest.raises(NotAllowedError) as refused:
        simulate(CELL, drive, **{"duration_ms": 20} | settings)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_frame_has_every_trace() -> None:
    frame = simulate(CELL, [(0, 5)], 100).to_frame()
    assert list(frame.columns) == [
        "time_ms", "drive_na", "soma_mv", "dendrite_mv", "persistent_activation",
    ]  # fmt: skip
    assert len(frame) == 100
