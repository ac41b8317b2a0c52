"""Small recordings in every format that is read, made for the tests of the readers."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "emgdb"
WAVE_MV = np.sin(np.arange(1000) / 7).round(4)

Parts = dict[str, bytes]

WFDB_HEADER = (
    b"mine 2 1000 1000\nmine.dat 16 1000/mV 16 0 0 0 0 left\nmine.dat 16 1000/mV 16 0 0 0 0 right\n"
)


def csv_file() -> Parts:
    rows = "".join(f"{i / 1000:.3f},{v}\n" for i, v in enumerate(WAVE_MV))
    return {"mine.csv": b"time_s,emg_mv\n" + rows.encode()}


def parquet_file(**columns: Any) -> Parts:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    file = io.BytesIO()
    columns = columns or {"time_s": np.arange(1000) / 1000, "emg_mv": WAVE_MV}
    parquet.write_table(pyarrow.table(columns), file)
    return {"mine.parquet": file.getvalue()}


def edf_file(labels: tuple[str, ...] = ("EMG",)) -> Parts:
    edfio = pytest.importorskip("edfio")
    file = io.BytesIO()
    edfio.Edf(
        [
            edfio.EdfSignal(WAVE_MV * 1000 / place, 1000, label=label, physical_dimension="uV")
            for place, label in enumerate(labels, start=1)
        ],
        data_record_duration=0.25,
    ).write(file)
    return {"mine.edf": file.getvalue()}


def bdf_file() -> Parts:
    edfio = pytest.importorskip("edfio")
    file = io.BytesIO()
    signal = edfio.BdfSignal(WAVE_MV * 1000, 1000, label="EMG", physical_dimension="uV")
    edfio.Bdf([signal]).write(file)
    return {"mine.bdf": file.getvalue()}


def wfdb_file(header: bytes = WFDB_HEADER) -> Parts:
    pytest.importorskip("wfdb")
    both = np.stack([WAVE_MV, -WAVE_MV], axis=1) * 1000
    return {"mine.hea": header, "mine.dat": both.astype("<i2").tobytes()}


def patched(parts: Parts, at: int, text: bytes) -> Parts:
    """Replace bytes in the first of the files."""
    (name, data), *others = parts.items()
    return {name: data[:at] + text + data[at + len(text) :], **dict(others)}
