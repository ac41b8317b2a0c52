"""Recordings of others arrive, or the reason is told at once; the stand-ins resemble them."""

import socket
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from twitchlib import emg
from twitchlib.emg import EXAMPLES, SignalError
from twitchlib.errors import NotAllowedError


@pytest.fixture
def physionet(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Put a PhysioNet of our own in the place of the real one."""
    asked: list[tuple[str, int]] = []
    record = SimpleNamespace(
        sig_name=["EMG"], units=["mV"], fs=4000, p_signal=np.full((4000, 1), 0.5)
    )
    package: Any = ModuleType("wfdb")
    package.rdrecord = lambda name, pn_dir: record
    package.io = ModuleType("wfdb.io")
    package.io.download = SimpleNamespace(PN_INDEX_URL="https://files.example.org/files/")
    for name, module in {
        "wfdb": package, "wfdb.io": package.io, "wfdb.io.download": package.io.download,
    }.items():  # fmt: skip
        monkeypatch.setitem(sys.modules, name, module)

    def connect(address: tuple[str, int], timeout: float) -> Any:
        assert timeout <= 5
        asked.append(address)
        return SimpleNamespace(close=lambda: None)

    monkeypatch.setattr(socket, "create_connection", connect)
    return asked


def test_a_recording_is_fetched_and_its_progress_told(physionet: list[tuple[str, int]]) -> None:
    heard: list[str] = []
    signal = emg.fetch("healthy", heard.append)
    assert physionet == [("files.example.org", 443)]
    assert signal.emg_mv.tolist() == [0.5] * 4000
    assert not signal.synthetic
    assert "PhysioNet" in signal.note
    assert len(heard) == 3


def test_without_the_internet_the_reason_is_told(
    physionet: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> Any:
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", refuse)
    with pytest.raises(SignalError, match="cannot be reached from here"):
        emg.fetch("healthy")


def test_without_the_package_the_way_to_get_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "wfdb", None)
    with pytest.raises(SignalError, match="pip install wfdb"):
        emg.fetch("healthy")


def test_refuses_other_names() -> None:
    for ask in (emg.fetch, emg.standin):
        with pytest.raises(NotAllowedError, match="one of healthy, myopathy, neuropathy"):
            ask("ill")


def test_stand_ins_resemble_the_recordings() -> None:
    # Root mean squares of the real ones: 0.0816, 0.0970 and 0.388 mV.
    size = {name: float(emg.standin(name).emg_mv.std()) for name in EXAMPLES}
    for name, real_mv in {"healthy": 0.0816, "myopathy": 0.0970, "neuropathy": 0.388}.items():
        assert 0.5 < size[name] / real_mv < 2
    # Peak to peak the real ones are 1.6, 1.4 and 6.6 mV high, in this order.
    for seed in range(1, 6):
        height = {n: float(np.ptp(emg.standin(n, seed=seed).emg_mv)) for n in EXAMPLES}
        assert height["myopathy"] < height["healthy"] < height["neuropathy"]
    assert all(emg.standin(name).synthetic for name in EXAMPLES)
    assert all("ynthetic" in emg.standin(name).note for name in EXAMPLES)


def test_one_electrode_of_openhdemgs_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    library: Any = ModuleType("openhdemg.library")
    grid = pd.DataFrame(np.arange(8000.0).reshape(2000, 4))
    library.emg_from_samplefile = lambda: {"RAW_SIGNAL": grid, "FSAMP": 2048}
    monkeypatch.setitem(sys.modules, "openhdemg", ModuleType("openhdemg"))
    monkeypatch.setitem(sys.modules, "openhdemg.library", library)
    signal = emg.openhdemg_sample(2)
    assert signal.sample_hz == 2048
    assert signal.emg_mv[0] == 0.002
    with pytest.raises(NotAllowedError, match="from 0 to 3"):
        emg.openhdemg_sample(4)


def test_without_openhdemg_the_way_to_get_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openhdemg", None)
    with pytest.raises(SignalError, match="pip install openhdemg"):
        emg.openhdemg_sample()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("seed", -1.0),
        ("seed", 1.5),
        ("seed", None),
        ("duration_s", 3),
        ("duration_s", float("nan")),
    ],
)
def test_a_stand_in_that_cannot_be_made_is_refused(field: str, value: Any) -> None:
    with pytest.raises(NotAllowedError, match=rf"^{field} = "):
        emg.standin("healthy", **{field: value})
