"""Files become numbers in mV, or are refused with advice."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twitchlib import emg
from twitchlib.emg import limits, read
from twitchlib.emg.contents import FORMATS
from twitchlib.emg.formats import optional
from twitchlib.errors import NotAllowedError, UnreadableError

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "emgdb"
WAVE_MV = np.sin(np.arange(1000) / 7).round(4)


def csv(frame: pd.DataFrame, **options: Any) -> dict[str, bytes]:
    return {"mine.csv": frame.to_csv(index=False, **options).encode()}


def timed(column: str, scale: float) -> pd.DataFrame:
    return pd.DataFrame({"time_s": np.arange(1000) / 1000, column: WAVE_MV * scale})


class TestTables:
    @pytest.mark.parametrize(
        ("column", "scale"), [("emg_mv", 1), ("emg_uv", 1000), ("EMG_V", 1e-3), ("ch1_µV", 1000)]
    )
    def test_unit_and_rate_are_in_the_table(self, column: str, scale: float) -> None:
        signal = read(csv(timed(column, scale)))
        assert signal.sample_hz == 1000
        assert signal.name == "mine"
        assert not signal.synthetic
        np.testing.assert_allclose(signal.emg_mv, WAVE_MV)

    @pytest.mark.parametrize("decimal", [".", ","])
    @pytest.mark.parametrize("sep", [";", "\t"])
    def test_other_separators(self, sep: str, decimal: str) -> None:
        table = csv(timed("emg_mv", 1), sep=sep, decimal=decimal)
        np.testing.assert_allclose(read(table).emg_mv, WAVE_MV)

    def test_what_the_table_lacks_is_reported(self) -> None:
        bare = csv(pd.DataFrame({"biceps": WAVE_MV * 1e6}))
        signal = read(bare, unit="nV", sample_hz=2000)
        assert signal.sample_hz == 2000
        np.testing.assert_allclose(signal.emg_mv, WAVE_MV)
        with pytest.raises(UnreadableError, match="its unit is not stated"):
            read(bare, sample_hz=2000)
        with pytest.raises(UnreadableError, match="how many samples a second"):
            read(bare, unit="nV")
        with pytest.raises(UnreadableError, match="'furlong' is not known"):
            read(bare, unit="furlong", sample_hz=2000)

    def test_a_rate_that_contradicts_the_file_is_refused(self) -> None:
        table = csv(timed("emg_mv", 1))
        message = r"mine\.csv says that it has 1,000 samples a second, not 2,000"
        with pytest.raises(UnreadableError, match=message):
            read(table, sample_hz=2000)
        with pytest.raises(NotAllowedError, match=r"mine\.csv: sample_hz = 'fast'"):
            read(table, sample_hz="fast")  # type: ignore[arg-type]
        assert read(table, sample_hz=1000).sample_hz == 1000
        # Times with few digits give a rate that is nearly the true one.
        frame = pd.DataFrame({"time_s": (np.arange(1000) / 2048).round(4), "emg_mv": WAVE_MV})
        assert read(csv(frame), sample_hz=2048).sample_hz == pytest.approx(2048, rel=1e-3)

    def test_one_of_several_columns(self) -> None:
        frame = timed("left_mv", 1).assign(right_mv=2 * WAVE_MV)
        with pytest.raises(UnreadableError, match="2 channels: left_mv, right_mv"):
            read(csv(frame))
        np.testing.assert_allclose(read(csv(frame), channel="right_mv").emg_mv, 2 * WAVE_MV)
        with pytest.raises(UnreadableError, match="no channel 'middle'"):
            read(csv(frame), channel="middle")

    def test_parquet(self) -> None:
        pytest.importorskip("pyarrow")
        file = io.BytesIO()
        timed("emg_mv", 1).to_parquet(file)
        file.seek(0)
        np.testing.assert_allclose(read(file, name="mine.parquet").emg_mv, WAVE_MV)

    @pytest.mark.parametrize(
        ("frame", "message"),
        [
            (timed("emg_mv", 1).assign(time_s=0.0), "do not rise"),
            (timed("emg_mv", 1).assign(time_s=np.arange(1000.0) ** 2), "not evenly spaced"),
            (timed("emg_mv", 1).assign(emg_mv="soon"), "not a number"),
            (pd.DataFrame({"time_s": np.arange(1000) / 1000}), "0 channels: none"),
        ],
    )
    def test_refuses_what_is_not_a_recording(self, frame: pd.DataFrame, message: str) -> None:
        with pytest.raises(UnreadableError, match=message):
            read(csv(frame))

    def test_refuses_what_is_too_short(self) -> None:
        with pytest.raises(NotAllowedError, match="at least"):
            read(csv(timed("emg_mv", 1)[:50]))

    @settings(max_examples=60)
    @given(st.binary(max_size=200), st.sampled_from(FORMATS))
    def test_no_content_raises_any_other_error(self, content: bytes, ending: str) -> None:
        try:
            read({f"mine{ending}": content}, unit="mV", sample_hz=1000)
        except (UnreadableError, NotAllowedError):
            pass
        else:
            raise AssertionError("200 bytes hold no recording")


class TestGaps:
    @settings(max_examples=25)
    @given(
        st.sets(st.integers(0, 999), min_size=1, max_size=400),
        st.sampled_from(["", "NaN", "n/a", " "]),
        st.sampled_from([",", ";", "\t"]),
    )
    def test_an_empty_cell_is_a_gap(self, empty: set[int], written: str, mark: str) -> None:
        gaps = sorted(empty)
        frame = timed("emg_mv", 1)
        frame.loc[gaps, "emg_mv"] = np.nan
        found = read(csv(frame, na_rep=written, sep=mark))
        assert np.flatnonzero(np.isnan(found.emg_mv)).tolist() == gaps
        first = "the first " * (len(gaps) > 1)
        assert f"the column emg_mv, {first}at sample {gaps[0] + 1:,}:" in found.note
        assert found.sample_hz == 1000

    def test_without_times_a_gap_keeps_its_length(self) -> None:
        """Rows without numbers count, except those that a spreadsheet leaves at the end."""
        values = pd.Series(WAVE_MV).where(np.arange(1000) // 50 != 3)
        both = pd.DataFrame({"a_mv": values, "b_mv": values})
        for table in (both, both[["a_mv"]]):
            written = {"mine.csv": csv(table)["mine.csv"] + b",\n,\n" * (table.shape[1] > 1)}
            found = read(written, channel="a_mv", sample_hz=1000)
            np.testing.assert_array_equal(found.emg_mv, values)

    def test_a_column_that_ends_before_the_others(self) -> None:
        slow = pd.DataFrame({"X[s].1": np.arange(400) / 500, "b_mv": WAVE_MV[:400]})
        both = pd.concat([timed("a_mv", 1).rename(columns={"time_s": "X[s]"}), slow], axis=1)
        found = read(csv(both), channel="b_mv")
        assert found.sample_hz == 500
        np.testing.assert_array_equal(found.emg_mv, WAVE_MV[:400])
        with pytest.raises(UnreadableError, match=r"More than half of the rows .* another rate"):
            read(csv(both.drop(columns="X[s].1")), channel="b_mv")

    def test_a_number_without_its_time_is_refused(self) -> None:
        frame = timed("emg_mv", 1)
        frame.loc[7, "time_s"] = np.nan
        with pytest.raises(UnreadableError, match=r"Line 9 .* no time for it in the column time_s"):
            read(csv(frame))


class TestOtherFormats:
    def test_edf(self) -> None:
        edfio = pytest.importorskip("edfio")
        file = io.BytesIO()
        made = edfio.EdfSignal(WAVE_MV * 1000, 1000, label="EMG", physical_dimension="uV")
        edfio.Edf([made]).write(file)
        signal = read({"mine.edf": file.getvalue()})
        assert signal.sample_hz == 1000
        # 16 bits for two millivolts.
        np.testing.assert_allclose(signal.emg_mv, WAVE_MV, atol=1e-4)

    @pytest.mark.parametrize(
        ("name", "rms_mv", "seconds"),
        [("healthy", 0.0816, 12.71), ("myopathy", 0.0970, 27.58), ("neuropathy", 0.388, 36.96)],
    )
    def test_wfdb(self, name: str, rms_mv: float, seconds: float) -> None:
        pytest.importorskip("wfdb")
        if not SHARED.is_dir():
            pytest.skip("the recordings are not beside the checkout")
        signal = read(SHARED / f"emg_{name}.dat")
        assert signal.sample_hz == 4000
        assert signal.duration_s == pytest.approx(seconds, abs=0.01)
        assert np.sqrt(np.mean(signal.emg_mv**2)) == pytest.approx(rms_mv, abs=5e-4)
        both = {f"emg_{name}{end}": (SHARED / f"emg_{name}{end}").read_bytes()
                for end in (".dat", ".hea")}  # fmt: skip
        np.testing.assert_array_equal(read(both).emg_mv, signal.emg_mv)

    def test_wfdb_needs_its_header(self) -> None:
        with pytest.raises(UnreadableError, match=r"needs its header mine\.hea"):
            read({"mine.dat": b"\1\2\3\4"})

    def test_refuses_other_formats_and_nothing(self) -> None:
        with pytest.raises(UnreadableError, match="none of the formats"):
            read({"mine.doc": b"\1"})
        with pytest.raises(UnreadableError, match="No file"):
            read({})

    def test_refuses_what_is_too_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(limits, "LARGEST_BYTES", 1000)
        with pytest.raises(UnreadableError, match="more than the limit"):
            read(csv(timed("emg_mv", 1)))
        monkeypatch.undo()
        monkeypatch.setattr(limits, "MOST_SAMPLES", 500)
        with pytest.raises(
            UnreadableError, match=r"mine\.csv has 1,000 samples .* more than the limit of 500"
        ):
            read(csv(timed("emg_mv", 1)))

    def test_a_missing_package_is_named_with_how_to_install_it(self) -> None:
        with pytest.raises(UnreadableError, match="pip install not_there"):
            optional("not_there.inside", "This format")

    def test_a_missing_file_is_an_os_error(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            emg.read(tmp_path / "none.csv")
