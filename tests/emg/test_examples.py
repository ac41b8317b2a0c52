"""PhysioNet's recordings arrive, or the reason is given at once; the stand-ins resemble them."""

import socket
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from twitchlib import emg
from twitchlib.errors import NotAllowedError, UnknownNameError, UnreadableError

EXAMPLES = emg.examples()


@pytest.fixture
def physionet(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Replace PhysioNet with a fake."""
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


def test_a_recording_is_fetched_with_progress_messages(physionet: list[tuple[str, int]]) -> None:
    messages: list[str] = []
    signal = EXAMPLES["healthy"].fetch(messages.append)
    assert physionet == [("files.example.org", 443)]
    assert signal.emg_mv.tolist() == [0.5] * 4000
    assert not signal.synthetic
    assert "PhysioNet" in signal.note
    assert len(messages) == 3


def test_without_the_internet_the_reason_is_given(
    physionet: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> Any:
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", refuse)
    with pytest.raises(UnreadableError, match="cannot be reached from here"):
        EXAMPLES["healthy"].fetch()


def test_without_the_package_the_message_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "wfdb", None)
    with pytest.raises(UnreadableError, match="pip install wfdb"):
        EXAMPLES["healthy"].fetch()


def test_refuses_other_names() -> None:
    with pytest.raises(UnknownNameError, match="one of healthy, myopathy, neuropathy"):
        EXAMPLES["ill"]


def test_stand_ins_resemble_the_recordings() -> None:
    def height(name: str, seed: int) -> float:
        return float(np.ptp(EXAMPLES[name].simulate(seed=seed).emg_mv))

    # Root mean squares of the real ones: 0.0816, 0.0970 and 0.388 mV.
    for name, real_mv in {"healthy": 0.0816, "myopathy": 0.0970, "neuropathy": 0.388}.items():
        made = EXAMPLES[name].simulate(seed=1)
        assert 0.5 < float(made.emg_mv.std()) / real_mv < 2
        assert made.synthetic
        assert "ynthetic" in made.note
    # Peak-to-peak amplitudes of the real ones: 1.6, 1.4 and 6.6 mV, in this order.
    for seed in range(1, 6):
        assert height("myopathy", seed) < height("healthy", seed) < height("neuropathy", seed)


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
        EXAMPLES["healthy"].simulate(**{"seed": 1, field: value})
