"""Any file is read or refused with our own message, using little memory and time."""

import base64
import io
import json
import re
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.emg.files import (
    WFDB_HEADER,
    Parts,
    bdf_file,
    csv_file,
    edf_file,
    parquet_file,
    wfdb_file,
)
from twitchlib.emg import _cells, apart, limits, parquet, read, wfdb_files
from twitchlib.emg import formats as shared
from twitchlib.emg.contents import FORMATS
from twitchlib.errors import NotAllowedError, UnreadableError

MADE = {
    "csv": csv_file, "parquet": parquet_file, "edf": edf_file, "bdf": bdf_file, "wfdb": wfdb_file,
}  # fmt: skip
# What no message to a reader may contain: paths, Python names, messages of packages.
FOREIGN = re.compile(
    r"/(tmp|work|home)\b|\bNone\b|object|Error|Traceback|0x[0-9a-f]{6}|codec|byte "
)
# Text quoted from the file may be anything.
QUOTED = re.compile("“[^”]*”|'[^']*'")
MOST_GROWN_MB = 300
# Two numbers in Parquet with one byte of metadata changed: pyarrow 26 crashes the process.
FATAL = (
    "UEFSMRUEFSAVJEwVBBUAEgAAEDwAAAAAAADgPwAAAAAAANA/FQAVEhUWLBUEFRAVBhUGHBgIAAAAAAAA4D8YCAAA"
    "AAAAANA/FgAoCAAAAAAAAOA/GAgAAAAAAADQPxERAAAACSACAAAABAEBAwIVBBksNQAYBnNjaGVtYRUCABUKJQMY"
    "BmVtZ19tdgAWBBkcGRwmABwVChk1AAYQGRgGZW1nX212FQIWBBbMARbUASZIJggcGAgAAAAAAADgPxgIAAAAAAAA"
    "0D8WACgIAAAAAAAA4D8YCAAAAAAAANA/EREAGSwVBBUAFQIAFQAVEBUCADwpBhkmAAQAAAAWzAEWBCYIFtQBACgg"
    "cGFycXVldC1jcHAtYXJyb3cgdmVyc2lvbiAyNi4wLjEZHBwAAADAAAAAUEFSMQ=="
)
PATIENCE_S = 60


@pytest.fixture(scope="module")
def files() -> dict[str, Parts]:
    return {kind: made() for kind, made in MADE.items()}


@pytest.fixture(scope="module", autouse=True)
def little_memory(files: dict[str, Parts]) -> Iterator[None]:
    """Check that no file in this module makes the process much larger."""
    for kind, parts in files.items():
        read(parts, channel="left" if kind == "wfdb" else "")  # loads the packages

    def used_mb() -> float:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    before = used_mb()
    yield
    assert used_mb() - before < MOST_GROWN_MB


def outcome(parts: Parts, channel: str = "") -> str:
    """Read files; return the error message, empty if they were read."""
    try:
        signal = read(parts, channel=channel, sample_hz=1000)
    except (UnreadableError, NotAllowedError) as error:
        message = str(error)
        assert message
        assert not FOREIGN.search(QUOTED.sub("", message)), message
        assert len(message) < 1000
        return message
    known = signal.emg_mv[~np.isnan(signal.emg_mv)]  # a truncated cell may be a gap
    assert np.abs(known).max() <= limits.MOST_MV
    return ""


EDITS = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.one_of(
            st.binary(min_size=1, max_size=8),
            st.sampled_from([b"-1", b"99999999", b"nan", b"0", b"\n", b'"', b",", b"\xff" * 4]),
        ),
    ),
    min_size=1, max_size=4,
)  # fmt: skip


def damaged(data: bytes, edits: list[tuple[float, bytes]], end: float | None, where: str) -> bytes:
    """Change bytes of a file, anywhere or in its metadata, and truncate it."""
    made = bytearray(data)
    for share, new in edits:
        span = len(made) if where == "anywhere" else min(600, len(made))
        at = int(share * (span - 1))
        if where == "at the end":
            at = len(made) - 1 - at
        made[at : at + len(new)] = new
    return bytes(made if end is None else made[: int(end * len(made))])


@pytest.mark.parametrize("kind", [kind for kind in MADE if kind != "parquet"])
@settings(max_examples=150)
@given(EDITS, st.none() | st.floats(0, 1), st.sampled_from(["anywhere", "first"]), st.booleans())
def test_a_damaged_file_is_read_or_refused_in_our_own_words(
    files: dict[str, Parts],
    kind: str,
    edits: list[tuple[float, bytes]],
    end: float | None,
    where: str,
    last: bool,
) -> None:
    parts = dict(files[kind])
    name = list(parts)[-1 if last else 0]
    parts[name] = damaged(parts[name], edits, end, where)
    outcome(parts, "left" if kind == "wfdb" else "")


# Fewer, since each takes a separate process.
@settings(max_examples=25)
@given(EDITS, st.none() | st.floats(0, 1), st.sampled_from(["anywhere", "at the end"]))
def test_damaged_parquet_is_read_or_refused(
    files: dict[str, Parts], edits: list[tuple[float, bytes]], end: float | None, where: str
) -> None:
    ((name, data),) = files["parquet"].items()
    outcome({name: damaged(data, edits, end, where)})


class TestApart:
    """A crash of the process that unpacks Parquet affects no other."""

    @pytest.mark.parametrize(
        ("code", "message"),
        [
            ("import os; os.abort()", "mine.parquet is damaged"),
            ("raise SystemExit(3)", "mine.parquet is damaged"),
            ("", "mine.parquet is damaged"),
            ("import time; time.sleep(60)", "mine.parquet takes longer to read than 0.5 s"),
        ],
    )
    def test_it_may_crash_or_never_end(
        self, code: str, message: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(apart, "_CODE", code)
        if "sleep" in code:
            monkeypatch.setattr(limits, "MOST_SECONDS", 0.5)
        with pytest.raises(UnreadableError, match=message):
            read(parquet_file())

    def test_a_file_that_crashes_its_reader_is_refused(self) -> None:
        pytest.importorskip("pyarrow")
        assert "mine.parquet" in outcome({"mine.parquet": base64.b64decode(FATAL)})

    def test_its_memory_is_limited(self, monkeypatch: pytest.MonkeyPatch) -> None:
        resource = pytest.importorskip("resource")
        code = (
            "import twitchlib.emg.apart as apart\n"
            "apart.parquet = lambda *_: bytearray(apart.limits.MOST_MEMORY_BYTES)\n"
            "apart.main()"
        )
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        monkeypatch.setattr(apart, "_CODE", code)
        with pytest.raises(UnreadableError, match=r"mine\.parquet is damaged"):
            read(parquet_file())
        grown = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss - before
        assert grown < limits.MOST_MEMORY_BYTES / 1024

    def test_a_process_that_cannot_be_started_is_reported(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "executable", "/nowhere/python")
        with pytest.raises(UnreadableError, match=r"mine\.parquet cannot be read here") as caught:
            read(parquet_file())
        assert "nowhere" not in str(caught.value)


@given(st.binary(max_size=400), st.sampled_from([*FORMATS, ".txt", ""]), st.sampled_from(
    [b"", b"PAR1", b"0       ", b"\xffBIOSEMI", b"mine 1 1000\n", b"time_s,emg_mv\n", b"\xff\xfe"]
))  # fmt: skip
def test_any_bytes_are_refused_in_our_own_words(content: bytes, ending: str, start: bytes) -> None:
    assert outcome({f"mine{ending}": start + content})


@given(st.text(max_size=300), st.sampled_from(["mine.csv", "mine.hea"]))
def test_any_text_is_refused_in_our_own_words(text: str, name: str) -> None:
    assert outcome({name: text.encode("utf-8", "surrogatepass"), "mine.dat": bytes(8000)})


NUMBER = st.integers(-(10**12), 10**12).map(str) | st.sampled_from(["x", "1e9", "-", "16", "1000"])


@given(st.lists(NUMBER, min_size=10, max_size=10))
def test_any_numbers_in_a_wfdb_header_are_read_or_refused(numbers: list[str]) -> None:
    n, rate, size, kind, frame, skew, offset, gain, zero, first = numbers
    line = f"mine.dat {kind}x{frame}:{skew}+{offset} {gain}({zero})/mV 0 {zero} {first} 0 0 left"
    header = f"mine {n} {rate} {size}\n{line}\n"
    outcome(wfdb_file(header.encode()) | {})


def read_in_process(parts: Parts) -> object:
    """Read Parquet in this process, where its steps can be monitored."""
    ((name, data),) = parts.items()
    return parquet.parquet(data, name, "")


class TestBudgets:
    """What is refused is refused before it is unpacked."""

    @pytest.fixture
    def untouched(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def touched(*_: object) -> None:
            raise AssertionError("it was unpacked")

        for module in (parquet, wfdb_files):
            monkeypatch.setattr(module, "_unpacked", touched)

    @pytest.mark.usefixtures("untouched")
    def test_parquet_that_unpacks_to_hundreds_of_millions(self) -> None:
        pyarrow = pytest.importorskip("pyarrow")
        few = pyarrow.array(np.zeros(1000, dtype=np.float32))
        many = pyarrow.chunked_array([few] * 4000)
        with pytest.raises(
            UnreadableError, match=r"mine\.parquet has 4,000,000 samples in a channel"
        ):
            read_in_process(parquet_file(emg_mv=many))

    @pytest.mark.usefixtures("untouched")
    def test_parquet_whose_pages_are_larger_than_its_rows(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "MOST_UNPACKED_BYTES", 7_000)
        with pytest.raises(UnreadableError, match=r"column emg_mv of mine\.parquet"):
            read_in_process(parquet_file(emg_mv=np.random.default_rng(1).normal(size=1000)))

    def test_pages_are_counted_as_the_package_counts_them(self) -> None:
        package = pytest.importorskip("pyarrow.parquet")
        ((_, data),) = parquet_file().items()
        chunk = package.ParquetFile(io.BytesIO(data)).metadata.row_group(0).column(1)
        start = chunk.dictionary_page_offset or chunk.data_page_offset
        pages = list(parquet._pages(data[start : start + chunk.total_compressed_size], "x"))
        # The footer counts the headers of the pages, too.
        assert 0.9 * chunk.total_uncompressed_size < sum(pages) < chunk.total_uncompressed_size

    @pytest.mark.usefixtures("untouched")
    def test_parquet_whose_metadata_are_too_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(limits, "MOST_CHANNELS", 1)
        with pytest.raises(
            UnreadableError, match=r"mine\.parquet has 2 channels, more than the limit of 1"
        ):
            read_in_process(parquet_file())
        monkeypatch.setattr(limits, "LARGEST_FOOTER", 1)
        monkeypatch.setattr(sys, "executable", "/nowhere/python")
        with pytest.raises(UnreadableError, match=r"metadata of mine\.parquet"):
            read(parquet_file())

    @pytest.mark.usefixtures("untouched")
    def test_wfdb_that_is_shifted_by_hundreds_of_millions(self) -> None:
        header = WFDB_HEADER.replace(b"16 1000/mV", b"16:900000000 1000/mV")
        with pytest.raises(UnreadableError, match="says “900000000” for the skew"):
            read(wfdb_file(header), channel="left")

    def test_text_with_too_many_rows_or_columns_or_too_long_lines(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "MOST_SAMPLES", 999)
        with pytest.raises(
            UnreadableError, match=r"mine\.csv has 1,000 samples .*, more than the limit of 999"
        ):
            read(csv_file())
        with pytest.raises(UnreadableError, match="more than 1,998 lines"):
            read({"mine.csv": b"emg_mv\n" + b"\n" * 500_000})
        with pytest.raises(UnreadableError, match="2,000 channels, more than the limit of 1,024"):
            read({"mine.csv": b"a" + b",a" * 1999})
        with pytest.raises(UnreadableError, match="more than 65,536 characters"):
            read({"mine.csv": b"emg_mv\n" + b" " * 70_000})

    def test_reading_that_takes_too_long_is_abandoned(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "MOST_SECONDS", -1.0)
        for reader, made in ((read, csv_file), (read_in_process, parquet_file)):
            with pytest.raises(UnreadableError, match="takes longer to read than"):
                reader(made())

    def test_each_row_is_parsed_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        seen = []
        number = _cells.number

        def counted(cell: str) -> float | None:
            seen.append(cell)
            return number(cell)

        monkeypatch.setattr(_cells, "number", counted)
        # The blank cell in the last row makes every row be parsed by itself.
        data = b"emg_mv,b\n" + b"0.5,\n" * 5000 + b" , \n"
        read({"mine.csv": data}, channel="emg_mv", sample_hz=1000)
        assert len(seen) < 2 * 5000 + 10

    @given(st.lists(st.sampled_from(["", "a", "b", "a #1", "a #2", "#1", "#2 #2"]), max_size=8))
    def test_no_two_channels_share_a_name(self, names: list[str]) -> None:
        labels = shared.labelled(names)
        assert len(labels) == len(set(labels)) == len(names)
        for place, label in enumerate(labels):
            assert shared.chosen(labels, label, "mine.csv") == place

    def test_many_names_make_no_long_sentence(self) -> None:
        labels = shared.labelled(["x" * 300] * 500)
        with pytest.raises(UnreadableError) as caught:
            shared.chosen(labels, "", "mine.csv")
        assert len(str(caught.value)) < 2000


HOSTILE: dict[str, Callable[[], str]] = {
    "many quotation marks": lambda: "b'emg_mv\\n' + b'\"' * 5_000_000",
    "one long line": lambda: "b'emg_mv\\n' + b' ' * 5_900_000",
    "empty lines": lambda: "b'emg_mv\\n' + b'\\n' * 5_900_000",
    "a heading of spaces": lambda: "b'time' + b' ' * 60_000 + b'(b,c\\n' + b'1\\n' * 100",
    "a heading of underscores": lambda: "b'time' + b'_' * 60_000 + b's\\n' + b'x\\n' * 100",
    "many columns": lambda: "b',' * 5_900_000",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_made_to_occupy_a_kernel_does_not(kind: str) -> None:
    code = (
        "import json, resource\n"
        "from twitchlib import emg\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        f"data = {HOSTILE[kind]()}\n"
        "try:\n    emg.read({'mine.csv': data}, unit='mV', sample_hz=1000)\n"
        "except ValueError as error:\n    message = str(error)\n"
        "grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before\n"
        "print(json.dumps([message, grown / 1024]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE_S, check=True
    )
    message, grown_mb = json.loads(done.stdout)
    assert "mine.csv" in message
    assert grown_mb < 150
