"""A folder of files becomes one table, whatever is in it."""

import threading
from pathlib import Path

import joblib
import numpy as np
import pandas as pd
import pytest

from twitchlib import emg, twitches
from twitchlib.emg import batches
from twitchlib.errors import NotAllowedError


def write(path: Path, kind: str, seed: int) -> None:
    made = twitches.simulate(kind, seed=seed, duration_s=10)
    time_s = np.arange(made.emg_mv.size) / made.sample_hz
    pd.DataFrame({"time_s": time_s, "emg_mv": made.emg_mv}).to_csv(path, index=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deeper").mkdir()
    write(tmp_path / "a.csv", "clonus", 1)
    write(tmp_path / "deeper" / "b.csv", "myoclonus", 2)
    (tmp_path / "broken.csv").write_bytes(b"time_s,emg_mv\n0,one\n")
    (tmp_path / "notes.pdf").write_bytes(b"%PDF")
    return tmp_path


def test_each_file_is_a_row_and_a_broken_one_says_why(folder: Path) -> None:
    found = emg.analyse_folder(folder).set_index("file")
    assert list(found.index) == ["a.csv", "broken.csv", "deeper/b.csv"]
    assert found.loc["a.csv", "kind"] == "clonus"
    assert "not a number" in found.to_dict("index")["broken.csv"]["error"]
    clonus = found.to_dict("index")["a.csv"]
    assert clonus["low_per_min"] < clonus["rate_per_min"] < clonus["high_per_min"]


def test_a_stopped_run_resumes(folder: Path, tmp_path: Path) -> None:
    table = folder / "found.csv"
    first = emg.analyse_folder(folder, table=table)
    (folder / "a.csv").unlink()  # would fail if it were read again
    write(folder / "c.csv", "tremor", 1)
    again = emg.analyse_folder(folder, table=table)
    assert list(again["file"]) == ["a.csv", "broken.csv", "c.csv", "deeper/b.csv"]
    kept = again[again["file"] == "a.csv"].iloc[0]
    assert kept["events"] == first.iloc[0]["events"]


def test_the_order_of_the_work_changes_nothing(folder: Path) -> None:
    alone = emg.analyse_folder(folder)
    with joblib.parallel_config(backend="threading"):
        pd.testing.assert_frame_equal(emg.analyse_folder(folder, jobs=3), alone)


def test_a_cluster_does_the_work(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    threads = []
    analyse = emg.analyse

    def seen(signal: emg.Signal) -> emg.Analysis:
        threads.append(threading.current_thread().name)
        return analyse(signal)

    monkeypatch.setattr(batches, "analyse", seen)
    alone = emg.analyse_folder(folder)
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster),
        joblib.parallel_config(backend="dask"),
    ):
        pd.testing.assert_frame_equal(emg.analyse_folder(folder), alone)
    assert ["Dask" in name for name in threads] == [False, False, True, True]


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotAllowedError, match="folder"):
        emg.analyse_folder(tmp_path / "nowhere")
    assert emg.analyse_folder(tmp_path).empty
