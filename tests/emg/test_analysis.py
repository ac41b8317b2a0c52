"""One call does what the steps do, and many recordings make one table."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from twitchlib import emg, twitches
from twitchlib.errors import NotAllowedError, UnknownNameError


@pytest.mark.parametrize("kind", ["clonus", "tremor", "fasciculation"])
def test_one_call_does_what_the_steps_do(kind: str) -> None:
    made = twitches.simulate(kind, seed=1, duration_s=10)
    settings = {"evidence": 20.0, "merge_ms": 40.0}
    found = emg.analyse(made, low_hz=30, high_hz=400, rest_mv=0.005, **settings)
    detection = emg.detect(emg.bandpass(made, low_hz=30, high_hz=400), rest_mv=0.005, **settings)
    np.testing.assert_array_equal(found.detection.onset_s, detection.onset_s)
    assert found.features.to_frame().equals(emg.measure(detection).to_frame())
    assert found.classification.sentence == emg.classify(found.features).sentence
    np.testing.assert_array_equal(found.signal.emg_mv, made.emg_mv)


def test_many_recordings_make_one_table_with_a_row_for_each() -> None:
    signals = [
        emg.Signal.of(twitches.simulate(kind, seed=1, duration_s=10))
        for kind in ("clonus", "spasm")
    ]
    signals.append(emg.Signal(np.zeros(4000), 2000, name="silent"))
    found = pd.concat([emg.analyse(one).to_frame() for one in signals], ignore_index=True)
    assert found["name"].to_list() == ["clonus", "spasm", "silent"]
    assert found["kind"].isna().to_list()[2]
    assert found["kind"][0] == "clonus"
    assert found["events"].to_list()[2] == 0
    assert found["duration_s"].to_list() == [10, 10, 2]
    assert list(found.columns[:4]) == ["name", "duration_s", "kind", "version"]
    assert "rhythm_hz" in found


def test_a_folder_of_files_makes_one_table(tmp_path: Path) -> None:
    for kind in ("clonus", "spasm"):
        made = twitches.simulate(kind, seed=1, duration_s=10)
        made.to_frame()[["time_s", "emg_mv"]].to_csv(tmp_path / f"{kind}_1.csv", index=False)
    signals = map(emg.read, sorted(tmp_path.glob("*.csv")))
    found = pd.concat([emg.analyse(one).to_frame() for one in signals], ignore_index=True)
    assert found["name"].to_list() == ["clonus_1", "spasm_1"]
    assert found["kind"].to_list() == ["clonus", "spasm"]


def test_what_is_not_allowed_is_named() -> None:
    made = twitches.simulate("clonus", seed=1, duration_s=2)
    with pytest.raises(NotAllowedError, match="high_hz = 1500"):
        emg.analyse(made, high_hz=1500)
    with pytest.raises(UnknownNameError, match="Did you mean 'merge_ms'"):
        emg.analyse(made, merge_s=1)
