"""Tables as makers export them, files of other packages, and objects with their units."""

import gzip
import io
import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from twitchlib import emg
from twitchlib.emg import read, read_units
from twitchlib.errors import UnreadableError

ROWS = range(1000)


def made(line: str, rows: str) -> bytes:
    body = "\n".join(rows.format(ms=i / 2, s=i / 2000, v=i % 7 / 100) for i in ROWS)
    return f"{line}{body}\n".encode()


DELSYS = (
    "Label: EMG 1  Sampling frequency: 2000.0 Number of points: 1000 start: 0 Unit: V Domain: s\n"
    "Label: ACC X  Sampling frequency: 148.1 Number of points: 75 start: 0 Unit: g Domain: s\n\n"
    "X[s],EMG 1,X[s].1,ACC X\n"
)
NORAXON = 'Noraxon MR3\nType: Raw\nDate,2024\n\n"time,s","LT BICEPS,uV","RT BICEPS,uV"\n'
TABLES = [
    ("time_ms,emg_mv\n", "{ms},{v}", "", 1),
    ("Time (s),EMG 1 (mV)\n", "{s},{v}", "", 1),
    ("time_s|emg_uv\n", "{s}|{v}", "", 1e-3),
    ("Time [ms]\tBiceps [uV]\n", "{ms}\t{v}", "", 1e-3),
    (DELSYS, "{s:.6f},{v},{s:.4f},0.5", "EMG 1", 1e3),
    (NORAXON, "{s:.6f},{v},3", "LT BICEPS,uV", 1e-3),
    ("Exported\nby somebody\n\nTime (s);a_mv;b_mv\n", "{s:.6f};{v};3", "a_mv", 1),
]


@pytest.mark.parametrize(("above", "rows", "channel", "mv"), TABLES)
def test_tables_of_many_makers(above: str, rows: str, channel: str, mv: float) -> None:
    found = read({"mine.txt": made(above, rows)}, channel=channel)
    assert found.sample_hz == pytest.approx(2000, rel=1e-4)
    assert found.emg_mv.size == 1000
    assert found.emg_mv == pytest.approx(np.array([i % 7 / 100 for i in ROWS]) * mv)


# As their makers' programs write them, known from published readers: structure and words are
# theirs, the numbers are made up.
DISCOVER = (
    "Application:, Trigno Discover (2.1.0.7)\n"
    "Date/Time:, 01-01-2026 10:00:00\n"
    "Collection Length (seconds):, 0.5\n"
    "Avanti Sensor 1 (111), , , , Avanti Sensor 2 (222), , \n"
    "sensor mode: 65, , , , sensor mode: 40, , \n"
    "EMG 1 Time Series (s), EMG 1 (mV), ACC X Time Series (s), ACC X (G), "
    "EMG 1 Time Series (s), EMG 1 (mV)\n"
    ", 2000.0 Hz, , 500.0 Hz, , 2000.0 Hz\n"
    ", 0.0005 s, , 0.002 s, , 0.0005 s, , Type, Name, Label, Time (s), , Pair\n"
)


def discovered(sep: str = ",") -> bytes:
    """Return a file whose slower column ends early, with two events beside the first rows."""
    lines = []
    for i in ROWS:
        slow = f"{i / 500}, 0.5" if i < 250 else ", "
        event = f", General, E{i}, E{i}, {i / 10}, , " if i < 2 else ""
        lines.append(f"{i / 2000}, {i % 7 / 100}, {slow}, {i / 2000}, {i % 5 / 100}, {event}")
    text = DISCOVER + "\n".join(lines) + "\n"
    return text.replace(", ", sep).replace(".", "," if sep == ";" else ".").encode()


@pytest.mark.parametrize("sep", [", ", ";"])
def test_trigno_discover(sep: str) -> None:
    """Each column has its own times; a sensor is named only above its first column.

    Where numbers have decimal commas, semicolons separate the cells.
    """
    data = discovered(sep)
    first = read({"mine.csv": data}, channel="Avanti Sensor 1 (111): EMG 1 (mV)")
    second = read({"mine.csv": data}, channel="Avanti Sensor 2 (222): EMG 1 (mV)")
    assert first.sample_hz == second.sample_hz == 2000
    assert first.emg_mv == pytest.approx([i % 7 / 100 for i in ROWS])
    assert second.emg_mv == pytest.approx([i % 5 / 100 for i in ROWS])
    with pytest.raises(UnreadableError, match=r"unit is not stated"):
        read({"mine.csv": data}, channel="ACC X (G)")


MR_RECORD = (
    "type,begin_time,frequency,count,created with version,exported with version,"
    "measurement_date,record_name\n"
    "record,0.00000,2000,1000,Noraxon MR 4.0.22,4.0.22,2026-01-01T10:00:00.000+00:00,mine\n\n"
    "time,Activity,Marker,LT BICEPS FEM.,RT BICEPS FEM.\n"
)
MR_SIGNAL = (
    "type,name,time_units,begin_time,frequency,count,units\n"
    "signal,Ultium_EMG-LT_BICEPS_FEM.,s,0.00000,2000,1000,uV\n\ntime,value\n"
)


def test_noraxon_mr() -> None:
    """A file with all channels does not state their units; a file for one channel does."""
    rows = [f"{i / 2000:.5f},{'REST' * (i < 1)},{'M1' * (i == 2)},{i % 7},3" for i in ROWS]
    record = (MR_RECORD + "\n".join(rows) + "\n").encode()
    expected = np.array([i % 7 for i in ROWS]) / 1000
    found = read({"mine.csv": record}, channel="LT BICEPS FEM.", unit="uV")
    assert found.sample_hz == 2000
    assert found.emg_mv == pytest.approx(expected)
    with pytest.raises(UnreadableError, match="unit is not stated"):
        read({"mine.csv": record}, channel="LT BICEPS FEM.")
    alone = made(MR_SIGNAL, "{s:.8f},{v}")
    assert read({"mine.csv": alone}).emg_mv == pytest.approx(expected / 100)
    with pytest.raises(UnreadableError, match=r"contradicts itself.* 1,000 samples.* say 2,000"):
        read({"mine.csv": alone.replace(b",2000,", b",1000,")})


def test_emgworks_describes_hundreds_of_channels() -> None:
    """The time heading has a space, others have units, and hundreds of lines precede them."""
    lines = "".join(
        f"Label: ACC {i} Sampling frequency: 148.1 Number of points: 75 start: 0 Unit: g\n"
        for i in range(780)
    )
    table = 'X [s],"GLd: EMG 1 (IM) [V]","X [s]","GLd: ACC X (IM) [g]"\n'
    found = read(
        {"mine.csv": made(lines + "\n" + table, "{s:.6f},{v},{s:.4f},0.5")},
        channel="GLd: EMG 1 (IM) [V]",
    )
    assert found.sample_hz == 2000
    assert found.emg_mv == pytest.approx(1000 * np.array([i % 7 / 100 for i in ROWS]))


def test_noraxon_text_with_tabs_and_names_above() -> None:
    above = "Record\tmine\nDate\t2026\nTime\t10:00\n\nTime,s\tRT RECTUS FEM.,uV\tLT VLO,uV\n"
    found = read({"mine.txt": made(above, "{s:.6f}\t{v}\t3")}, channel="RT RECTUS FEM.,uV")
    assert found.sample_hz == 2000
    assert found.emg_mv.max() == pytest.approx(0.06e-3)


def test_a_rate_above_a_table_without_headings() -> None:
    above = "OT BioLab+\nSampling frequency: 2048 Hz\n\n"
    found = read({"grid.csv": made(above, "{v};0.5")}, channel="#1", unit="mV")
    assert found.sample_hz == 2048
    assert "3 lines above" in found.note
    with pytest.raises(UnreadableError, match="2,048 samples a second, not 1,000"):
        read({"grid.csv": made(above, "{v};0.5")}, channel="#1", unit="mV", sample_hz=1000)


def test_decimal_commas_in_one_column_are_not_a_preamble() -> None:
    found = read({"mine.csv": made("emg_mv\n", "0,{ms:.0f}")}, sample_hz=2000)
    assert found.emg_mv.size == 1000


def test_volts_of_mne_are_volts() -> None:
    volts = np.array([np.full(500, 2e-3), np.full(500, 1e-3)])
    raw = SimpleNamespace(
        get_data=lambda picks: volts[picks], ch_names=["a", "b"], info={"sfreq": 1000.0}
    )
    assert read(raw, channel="a").emg_mv[0] == pytest.approx(2)
    with pytest.raises(UnreadableError, match="unit is V, not mV"):
        read(raw, channel="a", unit="mV")
    with pytest.raises(UnreadableError, match="1,000 samples a second, not 2,000"):
        read(raw, channel="a", sample_hz=2000)


def test_a_gap_stays_a_gap() -> None:
    values = np.where(np.arange(1000) // 100 == 3, np.nan, 1e-3 * np.sin(np.arange(1000)))
    raw = SimpleNamespace(get_data=lambda picks: values[None], ch_names=["a"], info={"sfreq": 1e3})
    found = read(raw)
    assert np.isnan(found.emg_mv).sum() == 100
    assert "Numbers are missing in 1 place" in emg.analyse(found).detection.signal.remarks[0]


def test_real_objects_of_mne_and_neo() -> None:
    mne = pytest.importorskip("mne")
    neo = pytest.importorskip("neo")
    pq = pytest.importorskip("quantities")
    values = np.random.default_rng(1).normal(0, 1, 1000)
    info = mne.create_info(["left"], 1000.0, "emg")
    raw = mne.io.RawArray(values[None] * 1e-3, info, verbose=False)
    assert read(raw).emg_mv == pytest.approx(values)
    signal = neo.AnalogSignal(values * 1e3, units="uV", sampling_rate=1 * pq.kHz)
    assert read(signal).emg_mv == pytest.approx(values)
    assert read(signal).sample_hz == 1000


def test_matlab_and_hdf5_on_disk(tmp_path: Path) -> None:
    scipy_io = pytest.importorskip("scipy.io")
    values = np.random.default_rng(1).normal(0, 0.1, (1000, 2))
    scipy_io.savemat(tmp_path / "mine.mat", {"emg": values, "fs": 2048.0})
    found = read(tmp_path / "mine.mat", channel="emg #2", unit="mV")
    assert found.sample_hz == 2048
    assert found.emg_mv == pytest.approx(values[:, 1])
    with pytest.raises(UnreadableError, match="MATLAB"):
        # A file sent to a page is not unpacked.
        read({"mine.mat": (tmp_path / "mine.mat").read_bytes()}, unit="mV")
    h5py = pytest.importorskip("h5py")
    with h5py.File(tmp_path / "mine.h5", "w") as file:
        file["day/emg_uv"] = values[:, 0]
    found = read(tmp_path / "mine.h5", sample_hz=2000)
    assert found.emg_mv == pytest.approx(values[:, 0] / 1000)


def units(**changes: object) -> bytes:
    held: dict[str, object] = {
        "SOURCE": '"OTB"', "FILENAME": '"mine"', "FSAMP": "2000.0", "EMG_LENGTH": "20000",
        "MUPULSES": "[[100, 3000], [50]]",
    }  # fmt: skip
    return json.dumps(held | changes).encode()


class TestSpikeTrains:
    @pytest.mark.parametrize("packed", [False, True])
    def test_units_fire_when_the_file_says(self, packed: bool) -> None:
        data = gzip.compress(units()) if packed else units()
        found = read_units(io.BytesIO(data))
        assert found.duration_s == 10
        assert found.name == "mine"
        assert list(found.time_s) == ["unit 1", "unit 2"]
        assert found.time_s["unit 1"] == pytest.approx([0.05, 1.5])
        assert emg.count(found.time_s["unit 1"], found.duration_s).per_min == 12

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b"", "no spike trains"),
            (b"\x1f\x8bzzz", "no spike trains"),
            (b"[1]", "no spike trains"),
            (units(FSAMP="null"), "FSAMP"),
            (units(FSAMP="0"), "MUPULSES"),
            (units(MUPULSES='[["x"]]'), "MUPULSES"),
            (units(MUPULSES="[[30000]]"), "outside the 20,000 samples"),
        ],
    )
    def test_a_file_without_spike_trains_is_refused(self, data: bytes, message: str) -> None:
        with pytest.raises(UnreadableError, match=message):
            read_units(io.BytesIO(data), name="units.json")
