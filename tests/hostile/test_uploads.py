"""Recordings, diaries and progress files broken on purpose, opened by the real widgets."""

import base64
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from tests.hostile.siege import LONG, MANY, Attacker, Attempt, Siege
from tests.hostile.strategies import mutated
from tests.hostile.test_widgets import answer_to, kind_of
from tests.hostile.visitor import EndedError
from twitchlib import diary, quiz

_RATE_HZ = 1000
_SETTLE_S = 60
SAID = {
    "unit": 10 * [""] + ["mV", "x"],
    "sample_hz": 10 * [""] + ["1000", "1e-300", "nan"],
    "channel": 10 * [""] + ["#9"],
}
_EMG = Path(__file__).parents[3] / "shared" / "data" / "emgdb"


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _trace() -> Any:
    return np.random.default_rng(1).normal(0, 0.05, _RATE_HZ)


def _csv() -> dict[str, bytes]:
    rows = (f"{i / _RATE_HZ},{value:.5f}\n" for i, value in enumerate(_trace()))
    return {"a.csv": ("time_s,emg_mv\n" + "".join(rows)).encode()}


def _parquet() -> dict[str, bytes]:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    file = io.BytesIO()
    times_s = np.arange(_RATE_HZ) / _RATE_HZ
    parquet.write_table(pyarrow.table({"time_s": times_s, "emg_mv": _trace()}), file)
    return {"a.parquet": file.getvalue()}


def _edf(kind: str) -> dict[str, bytes]:
    edfio = pytest.importorskip("edfio")
    signal = getattr(edfio, f"{kind.capitalize()}Signal")
    file = io.BytesIO()
    recording = getattr(edfio, kind.capitalize())
    recording(
        [signal(_trace(), _RATE_HZ, label="EMG", physical_dimension="mV", physical_range=(-1, 1))]
    ).write(file)
    return {f"a.{kind}": file.getvalue()}


def _wfdb() -> dict[str, bytes]:
    counts = np.round(_trace() * 1000).astype("<i2")
    header = f"a 1 {_RATE_HZ} {_RATE_HZ}\na.dat 16 1000/mV 16 0 {counts[0]} {counts.sum()} 0 EMG\n"
    return {"a.hea": header.encode(), "a.dat": counts.tobytes()}


def _recordings() -> dict[str, dict[str, bytes]]:
    found = {
        "CSV": _csv(),
        "Parquet": _parquet(),
        "EDF": _edf("edf"),
        "BDF": _edf("bdf"),
        "WFDB": _wfdb(),
    }
    real = sorted(_EMG.glob("emg_healthy.*"))
    if LONG and real:
        found["WFDB, PhysioNet's"] = {file.name: file.read_bytes() for file in real}
    return found


def _diary() -> bytes:
    return diary.simulate(seed=1).to_csv().encode()[:20_000].rpartition(b"\n")[0]


def _progress() -> bytes:
    progress = quiz.Progress()
    for lesson in quiz.lessons():
        for question in quiz.lessons()[lesson]:
            if question.kind == "number":
                progress = progress.after(question, 1.0)
            elif question.kind in ("choice", "trace"):
                progress = progress.after(question, question.options[0].id)
    return progress.to_json().encode()


@st.composite
def recordings_edits(draw: st.DrawFn, files: dict[str, bytes]) -> dict[str, Any]:
    """Return a change that opens files of which one or all are broken."""
    broken = draw(st.sampled_from([*files, *files, "all"]))
    sent = {}
    for name, whole in files.items():
        data = draw(mutated(whole)) if broken in (name, "all") else whole
        called = draw(
            st.sampled_from([name] * 20 + ["", "x.csv", "../" + name, name.upper(), "\0"])
        )
        sent[called] = _text(data)
    typed = {name: draw(st.sampled_from(words)) for name, words in SAID.items()}
    return {"files": sent, **typed}


def test_files_of_every_format_that_are_broken(
    siege: Siege, attacker_in: Callable[[str], Attacker]
) -> None:
    recordings = _recordings()
    wholes = {"diary": _diary(), "progress": _progress()}
    with siege.attack("broken files", kernels=MANY):
        attacker = attacker_in("12_files" if LONG else "11_together")
        turn = 0

        def panel(ending: str) -> str:
            found = zip(attacker.names, attacker.states, strict=True)
            return next(name for name, state in found if kind_of(state).endswith(ending))

        def send(ending: str, edit: dict[str, Any]) -> str:
            nonlocal turn
            turn += 1
            content = {"turn": str(turn), "edit": edit}
            try:
                asked = attacker.visitor.comm(
                    panel(ending), {"method": "custom", "content": content}
                )
                messages = attacker.visitor.answers(asked, _SETTLE_S)
            except EndedError:
                return attacker.come_back()
            shown = answer_to(str(turn), messages)
            assert shown is not None, f"{ending} did not answer"
            assert not shown["failed"], "a callback failed"
            said = shown.get("problem", "")
            if "message" in shown and not shown["message"].startswith("Answers loaded"):
                said = shown["message"]
            return "refused in words" if said else "read"

        # Undamaged, all of them can be read.
        for kind, files in recordings.items():
            edit = {"files": {n: _text(d) for n, d in files.items()}}
            assert send("SignalFile", edit) == "read", kind
        name, text = "a.csv", wholes["diary"]
        assert send("DiaryFile", {"name": name, "data": _text(text)}) == "read"
        assert send("ProgressPanel", {"file": wholes["progress"].decode()}) == "read"

        def sender(kind: str, ending: str) -> Callable[[dict[str, Any]], str]:
            return lambda edit: f"{kind}: {send(ending, edit)}"

        attempts: list[Attempt] = [
            (recordings_edits(files), sender(kind, "SignalFile"))
            for kind, files in recordings.items()
        ]
        attempts += [
            (
                mutated(wholes["diary"]).map(lambda d: {"name": "d", "data": _text(d)}),
                sender("diary", "DiaryFile"),
            ),
            (
                mutated(wholes["progress"]).map(lambda d: {"file": d.decode("latin-1")}),
                sender("progress", "ProgressPanel"),
            ),
        ]
        siege.barrage("files", attempts, tries=6, between=attacker.check)
