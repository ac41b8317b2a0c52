"""The membrane's scene is its run: gates, voltage, and the charge that passes each channel."""

import numpy as np
import pytest

from twitchlib import scenes
from twitchlib.physiology import axon, bathed_node
from twitchlib.physiology.axon import AxonRun
from twitchlib.physiology.ions import Plasma
from twitchlib.widgets import NervousSystem

Pulses = list[tuple[float, float, float]]
TEST: Pulses = [(bathed_node.TEST_MS, bathed_node.TEST_WIDTH_MS, 450)]


def fired(pulses: Pulses) -> tuple[AxonRun, scenes.Scene]:
    run = axon.simulate(axon.SquidAxon(), pulses, 50, sample_ms=0.1)
    return run, scenes.membrane(run, pulses)


def test_gates_and_meter_are_the_runs_own() -> None:
    run, scene = fired([(5, 1, 20)])
    np.testing.assert_array_equal(scene.tracks["potential_mv"].values, run.potential_mv)
    for gate in "mhn":
        np.testing.assert_array_equal(scene.tracks[gate].values, run.gates[f"gate_{gate}"])
    assert scene.tracks["m"].sample_hz == pytest.approx(10_000)


def test_the_dots_that_pass_are_the_ions_of_the_charge() -> None:
    run, scene = fired([(5, 1, 20)])
    for ion, sign in (("sodium", -1), ("potassium", 1)):
        coulombs_m2 = sign * run.currents[f"{ion}_ua_cm2"].sum() * 0.1 * 1e-5
        ions_um2 = coulombs_m2 / 1.602176634e-19 / 1e12
        assert scene.tracks[ion].values[-1] * 20_000 == pytest.approx(ions_um2, rel=1e-5)
    assert "20,000 ions" in scene.notes[0]


def test_a_spike_is_described_from_pulse_to_recovery() -> None:
    run, scene = fired([(5, 1, 20)])
    texts = [moment.words for moment in scene.moments]
    assert [words.split(":")[0] for words in texts] == [
        "Pulse 1 begins.", "Spike 1", "n is most open, 0.77", "h is open again",
    ]  # fmt: skip
    assert scene.moments[1].time_s == pytest.approx(run.spike_ms[0] / 1000)
    assert scene.description.startswith("One spike")


def test_a_second_pulse_that_comes_too_soon_fails_for_want_of_h() -> None:
    run, scene = fired([(5, 1, 20), (13, 1, 20)])
    (failed,) = [moment for moment in scene.moments if "no spike" in moment.words]
    h = run.gates["gate_h"]
    assert f"h has come back only to {h[130]:.2f}" in failed.words
    assert failed.time_s == pytest.approx(0.014)
    _, later = fired([(5, 1, 20), (20, 1, 20)])
    assert not any("no spike" in moment.words for moment in later.moments)


def test_a_pulse_that_is_too_weak_hardly_opens_m() -> None:
    run, scene = fired([(5, 1, 4)])
    most = run.gates["gate_m"].max()
    assert f"no spike. m opens to {most:.2f}; h is at 0.60." in scene.moments[-1].words
    assert scene.description == "The gates stir, and no spike comes."


def test_a_pulse_that_another_follows_may_still_cause_a_spike() -> None:
    _, alone = fired([(5, 1, 7)])
    assert any(moment.words.startswith("Spike") for moment in alone.moments)
    _, scene = fired([(5, 1, 7), (9, 1, 7)])
    assert scene.moments[1].words.startswith("Pulse 1: no spike yet.")


def test_no_current_is_no_pulse() -> None:
    _, scene = fired([(5, 1, 0)])
    assert scene.moments == ()
    assert scene.series["begin_s"].size == 0


def test_pulses_that_overlap_are_on_until_the_last_has_ended() -> None:
    _, scene = fired([(5, 40, 10), (13, 40, 10)])
    assert scene.series["begin_s"].tolist() == pytest.approx([0.005, 0.013])
    assert scene.series["end_s"].tolist() == pytest.approx([0.045, 0.053])


def test_a_node_shows_its_own_gates_and_its_salts() -> None:
    plasma = Plasma(potassium_mm=3, calcium_mm=1, magnesium_mm=0.5)
    run = bathed_node.probe(plasma, seed=0)
    scene = scenes.membrane(run, TEST, plasma)
    np.testing.assert_array_equal(scene.tracks["n"].values, run.gates["gate_s"])
    assert scene.words["n"] == "s"
    np.testing.assert_array_equal(scene.series["salts"], [12, 4, 2])


@pytest.mark.parametrize("potassium_mm", [2.5, 4, 7, 9, 10])
def test_whatever_the_salts_the_scene_is_small_and_its_moments_few(potassium_mm: float) -> None:
    plasma = Plasma(potassium_mm=potassium_mm)
    run = bathed_node.probe(plasma, seed=0)
    scene = scenes.membrane(run, TEST, plasma)
    assert sum(track.values.size * 4 for track in scene.tracks.values()) <= 30_000
    assert len(scene.moments) <= 60
    spikes = [moment for moment in scene.moments if moment.words.startswith("Spike")]
    assert len(spikes) == run.spike_ms.size


@pytest.mark.parametrize("name", ["axon", "ions"])
def test_the_stops_show_it_at_the_moment_of_their_figures(name: str) -> None:
    stop = getattr(NervousSystem(), name)
    assert stop.body._scene["drawing"] == "membrane"
    assert stop.views[0].get_state()["layout.meta"]["clock"] == 0.001
    assert stop.views[0].clock == stop.body.clock
