"""A file is read by its contents, whatever its name; what cannot be an EMG is refused."""

from collections.abc import Callable

import numpy as np
import pytest

from tests.emg.files import (
    SHARED,
    WAVE_MV,
    WFDB_HEADER,
    Parts,
    bdf_file,
    csv_file,
    edf_file,
    parquet_file,
    patched,
    wfdb_file,
)
from twitchlib.emg import Signal, read
from twitchlib.emg import edf as edf_module
from twitchlib.errors import NotAllowedError, UnreadableError

# The fields of EDF: https://www.edfplus.info/specs/edf.html
RECORDS, RECORD_S, SIGNALS = 236, 244, 252
UNIT, LOW, HIGH, DIGITAL_LOW, DIGITAL_HIGH, SAMPLES = 352, 360, 368, 376, 384, 472


class TestContent:
    @pytest.mark.parametrize("made", [csv_file, parquet_file, edf_file, bdf_file])
    @pytest.mark.parametrize("name", ["mine.csv", "mine.parquet", "mine.edf", "mine.bdf", "mine"])
    def test_the_contents_of_a_file_identify_the_format(
        self, made: Callable[[], Parts], name: str
    ) -> None:
        ((own, data),) = made().items()
        signal = read({name: data})
        np.testing.assert_allclose(signal.emg_mv, WAVE_MV, atol=1e-4)
        assert ("Its name ends in" in signal.note) == (name not in (own, "mine"))

    def test_a_wfdb_header_is_recognised_under_any_name(self) -> None:
        parts = wfdb_file()
        parts["mine.txt"] = parts.pop("mine.hea")
        np.testing.assert_allclose(read(parts, channel="right").emg_mv, -WAVE_MV, atol=1e-3)

    @pytest.mark.parametrize(
        ("parts", "message"),
        [
            ({"mine.edf": b"\1\2"}, "mine.edf is not EDF, although its name says so"),
            ({"mine.csv": b"PK\3\4"}, "mine.csv is a zip archive or a spreadsheet"),
            ({"mine.csv": b"\x89HDF"}, "mine.csv is HDF5"),
            ({"mine.csv": b""}, "mine.csv is empty"),
            ({"mine.csv": b"\n\n"}, "mine.csv holds neither words nor numbers"),
            ({"mine.csv": b"emg_mv\n"}, "mine.csv has headings, but no numbers"),
            ({"a.csv": b"1\n", "b.csv": b"1\n"}, "a.csv, b.csv are several recordings"),
            ({"mine.hea": WFDB_HEADER}, "mine.hea has its samples in mine.dat, which was not"),
            ({"mine.hea": WFDB_HEADER, "x.dat": b""}, "beside it is x.dat"),
        ],
    )
    def test_a_misleading_name_is_reported(self, parts: Parts, message: str) -> None:
        with pytest.raises(UnreadableError, match=message):
            read(parts)

    def test_a_message_names_a_file_without_its_folders(self) -> None:
        with pytest.raises(UnreadableError) as caught:
            read({"/home/me/secret/mine.edf": b"\1"})
        assert str(caught.value).startswith("mine.edf is")


class TestTables:
    def test_without_headings_no_sample_is_lost(self) -> None:
        signal = read({"mine.csv": b"0.25\n" + b"0.5\n" * 999}, unit="mV", sample_hz=1000)
        assert signal.emg_mv.size == 1000
        assert signal.emg_mv[0] == 0.25
        assert "no headings" in signal.note

    def test_numbers_that_count_columns_are_headings(self) -> None:
        data = b"0,1\n" + b"0.5,0.25\n" * 1000
        signal = read({"mine.csv": data}, channel="1", unit="mV", sample_hz=1000)
        assert signal.emg_mv.tolist() == [0.25] * 1000

    def test_of_two_columns_with_one_name_the_user_must_choose(self) -> None:
        data = b"emg_mv,emg_mv\n" + b"0.5,0.25\n" * 1000
        with pytest.raises(UnreadableError, match=r"2 channels: emg_mv #1, emg_mv #2\. Say which"):
            read({"mine.csv": data}, sample_hz=1000)
        signal = read({"mine.csv": data}, channel="emg_mv #2", sample_hz=1000)
        assert signal.emg_mv[0] == 0.25
        with pytest.raises(
            UnreadableError,
            match=r"several channels 'emg_mv'\. Say which one: emg_mv #1, emg_mv #2\.",
        ):
            read({"mine.csv": data}, channel="emg_mv", sample_hz=1000)
        with pytest.raises(UnreadableError, match="2 columns time_s"):
            read({"mine.csv": b"time_s,time_s,emg_mv\n0,0,1\n"})
        labels = ("EMG", "EMG")
        with pytest.raises(UnreadableError, match="EMG #1, EMG #2"):
            read(edf_file(labels))
        second = read(edf_file(labels), channel="EMG #2")
        np.testing.assert_allclose(second.emg_mv, WAVE_MV / 2, atol=1e-4)

    @pytest.mark.parametrize(
        ("rows", "message"),
        [
            ("1\nsoon\n", "Line 3 of mine.csv has “soon” in the column emg_mv"),
            ("1\n\n1_0\n", "Line 4 of mine.csv has “1_0”"),
            ("1\ninf\n", "Line 3 of mine.csv has “inf”"),
            ("1;2\n", "is not a number|2 cells where there are 1 columns"),
            ("1\n" * 70_000 + "soon\n", "Line 70002 of mine.csv has “soon”"),
            ('1\n"2\n3\n', "quotation marks near line 4 of mine.csv"),
        ],
    )
    def test_a_bad_cell_is_named_by_its_line(self, rows: str, message: str) -> None:
        with pytest.raises(UnreadableError, match=message):
            read({"mine.csv": f"emg_mv\n{rows}".encode()}, sample_hz=1000)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_other_encodings(self, encoding: str) -> None:
        data = ("emg_µV\n" + "0,5\n" * 1000).encode(encoding)
        assert read({"mine.csv": data}, sample_hz=1000).emg_mv[0] == 0.0005


class TestPlausibleValues:
    @pytest.mark.parametrize(("cell", "unit"), [("1e300", "mV"), ("501", "mV"), ("0.6", "V")])
    def test_values_no_muscle_produces_are_refused(self, cell: str, unit: str) -> None:
        data = b"emg\n" + b"0\n" * 999 + cell.encode() + b"\n"
        with pytest.raises(UnreadableError, match=r"at sample 1,000\. An EMG stays within 500 mV"):
            read({"mine.csv": data}, unit=unit, sample_hz=1000)
        assert read({"mine.csv": data.replace(cell.encode(), b"499")}, unit="mV", sample_hz=1000)

    def test_a_signal_of_such_values_is_refused(self) -> None:
        with pytest.raises(
            NotAllowedError, match=r"emg_mv\[0\] = 1e\+300: .* from -1e\+100 to 1e\+100 mV"
        ):
            Signal(np.full(1000, 1e300), 1000)

    def test_what_is_not_an_emg_is_refused_with_its_file_name(self) -> None:
        with pytest.raises(NotAllowedError, match=r"mine\.csv: sample_hz = 5\.0: must be"):
            read({"mine.csv": b"emg_mv\n" + b"0.5\n" * 1000}, sample_hz=5.0)


class TestEdf:
    @pytest.mark.parametrize(
        ("at", "text", "message"),
        [
            (RECORDS, b"99999999", "there are 99,999,999 records, but the file holds 4"),
            (RECORDS, b"3       ", "there are 3 records, but the file holds 4"),
            (RECORDS, b"many    ", "says “many” for the number of records"),
            (RECORD_S, b"0       ", "says “0” for the seconds in a record"),
            (RECORD_S, b"nan     ", "says “nan” for the seconds in a record"),
            (SIGNALS, b"9999", "says “9999” for the number of signals"),
            (184, b"10      ", "says “10” for the number of bytes in the header"),
            (192, b"EDF+D", "in pieces with gaps"),
            (LOW, b"1000    ", "physical maximum of the channel EMG; .*different from"),
            (HIGH, b"1e999   ", "says “1e999” for the physical maximum of the channel EMG"),
            (DIGITAL_LOW, b"32767   ", "digital maximum of the channel EMG; .*above"),
            (SAMPLES, b"-1      ", "says “-1” for the samples in a record of the channel EMG"),
            (SAMPLES, b"99999999", "says “99999999” for the samples in a record"),
            (UNIT, b"mmHg    ", "the unit 'mmHg' is not known"),
        ],
    )
    def test_an_impossible_field_is_named(self, at: int, text: bytes, message: str) -> None:
        parts = edf_file()
        high = parts["mine.edf"][HIGH : HIGH + 8].strip()
        text = text.replace(b"1000    ", high.ljust(8))
        with pytest.raises(UnreadableError, match=message) as caught:
            read(patched(parts, at, text))
        assert "mine.edf" in str(caught.value)

    def test_a_truncated_file_is_reported(self) -> None:
        data = edf_file()["mine.edf"]
        for end in (100, 300, 600, len(data) - 1):
            with pytest.raises(UnreadableError, match=r"mine\.edf .*[cC]opy it again"):
                read({"mine.edf": data[:end]})

    def test_an_unfinished_recording_is_read_and_reported(self) -> None:
        signal = read(patched(edf_file(), RECORDS, b"-1      "))
        assert signal.emg_mv.size == 1000
        assert "never closed" in signal.note

    @pytest.mark.parametrize("made", [edf_file, bdf_file])
    def test_numbers_are_those_of_another_reader(self, made: Callable[[], Parts]) -> None:
        edfio = pytest.importorskip("edfio")
        ((name, data),) = made().items()
        other = (edfio.read_bdf if name.endswith("bdf") else edfio.read_edf)(data)
        found = edf_module.edf(data, name, "")
        np.testing.assert_allclose(found.values, other.signals[0].data, rtol=1e-12, atol=1e-9)


class TestWfdb:
    @pytest.mark.parametrize(
        ("before", "after", "message"),
        [
            (b"2 1000", b"2 -5", "says “-5” for the samples a second; it must be a number above 0"),
            (b"2 1000", b"2 fast", "says “fast” for the samples a second"),
            (b"2 1000", b"99999 1000", "says “99999” for the number of signals"),
            (b"2 1000", b"3 1000", "says that it has 3 signals, but describes 2"),
            (b"1000\n", b"900000000\n", "says “900000000” for the number of samples"),
            (b"1000\n", b"1001\n", "there are 1,001 samples, but mine.dat holds 1,000"),
            (b"dat 16 1000/mV 16 0 0 0 0 left", b"dat 16:900000000 1000 16 0 0 0 0 left", "skew"),
            (b"dat 16 1000/mV 16 0 0 0 0 left", b"dat 16 0/mV 16 0 0 0 0 left", "the gain"),
            (b"dat 16 1000/mV 16 0 0 0 0 left", b"dat 17 1/mV 16 0 0 0 0 left", "of the samples"),
            (b"dat 16 1000/mV 16 0 0 0 0 left", b"dat 16x0 1/mV 16 0 0 0 0 left", "in a frame"),
            (b"dat 16 1000/mV 16 0 0 0 0 left", b"dat left", "describes a signal as “mine.dat"),
            (b"dat 16 1000/mV 16 0 0 0 0 left", b"dat 32 1/mV 16 0 0 0 0 left", "several formats"),
            (b"mine 2", b"mine/3 2", "joins several recordings"),
            (b"mine 2 1000 1000", b"mine", "mine.hea is not a WFDB header: “mine” must be"),
        ],
    )
    def test_an_impossible_field_is_named(self, before: bytes, after: bytes, message: str) -> None:
        assert before in WFDB_HEADER
        with pytest.raises(UnreadableError, match=message) as caught:
            read(wfdb_file(WFDB_HEADER.replace(before, after, 1)), channel="left")
        assert "mine.hea" in str(caught.value)

    def test_a_missing_rate_is_requested(self) -> None:
        header = WFDB_HEADER.replace(b" 1000 1000", b"")
        with pytest.raises(UnreadableError, match="how many samples a second"):
            read(wfdb_file(header), channel="left")
        assert read(wfdb_file(header), channel="left", sample_hz=2000).sample_hz == 2000

    def test_of_two_signals_described_alike_the_requested_one_is_read(self) -> None:
        alike = wfdb_file(WFDB_HEADER.replace(b"left", b"EMG").replace(b"right", b"EMG"))
        with pytest.raises(UnreadableError, match=r"several channels 'EMG'.*EMG #1, EMG #2"):
            read(alike, channel="EMG")
        for channel, sign in (("EMG #1", 1), ("EMG #2", -1)):
            np.testing.assert_allclose(
                read(alike, channel=channel).emg_mv, sign * WAVE_MV, atol=1e-3
            )

    def test_a_header_leads_to_no_other_folder(self) -> None:
        header = WFDB_HEADER.replace(b"mine.dat", b"../mine.dat")
        with pytest.raises(UnreadableError, match="describes a signal as"):
            read(wfdb_file(header), channel="left")

    @pytest.mark.parametrize("name", ["healthy", "myopathy", "neuropathy"])
    def test_numbers_are_those_of_the_package(self, name: str) -> None:
        wfdb = pytest.importorskip("wfdb")
        if not SHARED.is_dir():
            pytest.skip("the recordings are not beside the checkout")
        other = wfdb.rdrecord(str(SHARED / f"emg_{name}"))
        found = read(SHARED / f"emg_{name}.hea")
        np.testing.assert_array_equal(found.emg_mv, other.p_signal[:, 0])
        assert found.sample_hz == other.fs
