"""A recording is complete, tidy, and says that it is synthetic."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib import twitches
from twitchlib.errors import NotAllowedError
from twitchlib.physiology.motor_pool import Discharges
from twitchlib.twitches import Event, Recording, kinds

KINDS_AND_PRESETS = [(name, preset) for name, known in kinds().items() for preset in known.presets]


def recording(**changes: object) -> Recording:
    values: dict[str, object] = {
        "kind": "x", "preset": "y", "sample_hz": 1000.0, "emg_mv": np.zeros(4),
        "force_n": np.zeros(4), "discharges": Discharges.of([2, 1, 2], [0, 0.001, 0.002]),
        "events": (Event(0.002, 0.003, "b"), Event(0, 0.001, "a", 2)), "seed": 1,
    }  # fmt: skip
    return Recording(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "preset"), KINDS_AND_PRESETS)
def test_every_kind_gives_a_complete_recording(name: str, preset: str) -> None:
    made = twitches.simulate(name, seed=4, duration_s=6, preset=preset)
    assert (made.kind, made.preset, made.seed) == (name, preset, 4)
    assert made.synthetic
    assert "nobody" in made.note
    assert made.duration_s == 6
    assert all(np.isfinite(trace).all() for trace in made.traces.values())
    assert np.all(np.diff(made.discharges.time_s) >= 0)
    assert np.all((made.discharges.time_s >= 0) & (made.discharges.time_s < 6))
    for event in made.events:
        assert 0 <= event.onset_s <= event.offset_s <= 6
        assert event.unit in {0, *made.spikes_s}
    known = {**made.parameters}
    assert known.pop("noise_uv") == 5
    assert known.keys() == kinds()[name].parameters.keys()


@pytest.mark.parametrize("name", kinds())
def test_a_seed_reproduces_the_recording(name: str) -> None:
    one, again, other = (twitches.simulate(name, seed=s, duration_s=4) for s in (5, 5, 6))
    np.testing.assert_array_equal(one.emg_mv, again.emg_mv)
    np.testing.assert_array_equal(one.discharges.time_s, again.discharges.time_s)
    assert one.events == again.events
    assert not np.array_equal(one.emg_mv, other.emg_mv)


@pytest.mark.parametrize("name", kinds())
def test_noise_does_not_change_the_events(name: str) -> None:
    quiet, loud = (twitches.simulate(name, seed=2, duration_s=4, noise_uv=n) for n in (0, 100))
    assert quiet.events == loud.events
    np.testing.assert_array_equal(quiet.force_n, loud.force_n)
    # 8000 samples give a standard deviation to within 5 % (six standard errors).
    assert np.std(loud.emg_mv - quiet.emg_mv) == pytest.approx(0.1, rel=0.05)


@pytest.mark.parametrize("name", kinds())
def test_sampling_does_not_change_the_events(name: str) -> None:
    slow, fast = (
        twitches.simulate(name, seed=2, duration_s=4, sample_hz=hz, noise_uv=0)
        for hz in (2000, 4000)
    )
    assert slow.events == fast.events
    for trace, finer in zip(slow.traces.values(), fast.traces.values(), strict=True):
        assert finer[::2] == pytest.approx(trace, abs=1e-9)


def test_tables_are_tidy() -> None:
    made = recording()
    assert made.to_frame().shape == (4, 3)
    assert made.to_frame()["time_s"].tolist() == [0, 0.001, 0.002, 0.003]
    assert made.spikes_frame().to_dict("list") == {"unit": [2, 1, 2], "time_s": [0, 0.001, 0.002]}
    assert made.events_frame().to_dict("list") == {
        "onset_s": [0, 0.002], "offset_s": [0.001, 0.003], "label": ["a", "b"], "unit": [2, 0],
    }  # fmt: skip
    assert recording(angle_deg=np.ones(4)).to_frame()["angle_deg"].tolist() == [1] * 4


def test_empty_tables_keep_their_columns() -> None:
    made = recording(discharges=Discharges.of([], []), events=())
    assert list(made.spikes_frame().columns) == ["unit", "time_s"]
    assert list(made.events_frame().columns) == ["onset_s", "offset_s", "label", "unit"]


def test_spikes_by_unit() -> None:
    assert {u: t.tolist() for u, t in recording().spikes_s.items()} == {1: [0.001], 2: [0, 0.002]}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"emg_mv": np.array([])}, "emg_mv"),
        ({"force_n": np.zeros(3)}, "force_n"),
        ({"angle_deg": np.zeros(5)}, "angle_deg"),
        ({"force_n": np.array([0, 0, np.nan, 0])}, r"force_n\[2\]"),
        ({"sample_hz": 0}, "sample_hz"),
        ({"seed": 1.5}, "seed"),
    ],
)
def test_refuses_impossible_traces(changes: dict[str, object], field: str) -> None:
    with pytest.raises(NotAllowedError, match=f"^{field} ="):
        recording(**changes)


@pytest.mark.parametrize(
    "values", [(2, 1, "x", 0), (0, np.inf, "x", 0), (0, 1, "x", -1), (0, 1, "x", 1.5)]
)
def test_refuses_impossible_events(values: tuple[float, float, str, int]) -> None:
    with pytest.raises(NotAllowedError):
        Event(*values)


@pytest.mark.parametrize(
    ("name", "settings", "field"),
    [
        ("spazm", {}, "kind"),
        ("clonus", {"preset": "cortical"}, "preset"),
        ("clonus", {"duration_s": 0}, "duration_s"),
        ("clonus", {"sample_hz": 10}, "sample_hz"),
        ("clonus", {"noise_uv": -1}, "noise_uv"),
        ("clonus", {"seed": -1}, "seed"),
        ("clonus", {"sleep_h": 8}, "field"),
        ("clonus", {"gain_s": 99}, "gain_s"),
    ],
)
def test_refuses_unknown_kinds_and_values(
    name: str, settings: dict[str, float], field: str
) -> None:
    wanted: dict[str, float] = {"seed": 1, "duration_s": 1}
    with pytest.raises(NotAllowedError, match=f"^{field} ="):
        twitches.simulate(name, **(wanted | settings))  # type: ignore[arg-type]


@given(st.floats(0.01, 9))
def test_a_beginning_has_everything_up_to_its_end(end_s: float) -> None:
    whole = twitches.simulate("clonus", seed=1, duration_s=3, sample_hz=1000)
    beginning = whole.until(end_s)
    assert beginning.duration_s == pytest.approx(min(end_s, 3), abs=0.001)
    for name, trace in beginning.traces.items():
        np.testing.assert_array_equal(trace, whole.traces[name][: trace.size])
    assert beginning.discharges.time_s.size == np.sum(whole.discharges.time_s < end_s)
    assert [e.onset_s for e in beginning.events] == [
        e.onset_s for e in whole.events if e.onset_s < end_s
    ]
    assert all(event.offset_s <= max(end_s, event.onset_s) for event in beginning.events)


def test_a_beginning_needs_at_least_one_sample() -> None:
    with pytest.raises(NotAllowedError, match=r"^end_s ="):
        recording().until(0)
