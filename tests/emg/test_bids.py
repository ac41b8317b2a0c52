"""A BIDS dataset: the files beside a recording are honoured, and a contradiction is refused."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.emg.files import edf_file
from twitchlib import emg
from twitchlib.emg import read
from twitchlib.emg.bids import description_of, entities
from twitchlib.errors import UnreadableError

NAME = "sub-01_task-rest_emg.edf"
TABLE = "sub-01_task-rest_channels.tsv"
FIELDS = "sub-01_task-rest_emg.json"
HEAD = "name\ttype\tunits\tsampling_frequency\tstatus\tstatus_description\n"
CALF = "calf\tEMG\tuV\t1000\tgood\tn/a\n"
SHIN = "shin\tEMG\tµV\tn/a\tbad\tfell off\n"
HEART = "heart\tECG\tuV\t1000\tgood\tn/a\n"


def recording(*labels: str) -> bytes:
    (data,) = edf_file(labels).values()
    return data


def described(rows: str, head: str = HEAD, **fields: Any) -> dict[str, bytes]:
    parts = {NAME: recording("calf", "heart"), TABLE: (head + rows).encode()}
    return parts | ({FIELDS: json.dumps(fields).encode()} if fields else {})


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two subjects, one with two sessions; fields and channels are in folders above them."""
    root = tmp_path_factory.mktemp("dataset")
    (root / "dataset_description.json").write_text('{"Name": "made", "BIDSVersion": "1.11.1"}')
    (root / "participants.tsv").write_text("participant_id\nsub-01\nsub-02\n")
    (root / "task-rest_emg.json").write_text('{"SamplingFrequency": 1000}')
    (root / "task-rest_channels.tsv").write_text(HEAD + CALF + HEART)
    for place in (
        "sub-01/ses-a/emg/sub-01_ses-a_task-rest_run-01_emg.edf",
        "sub-01/ses-b/emg/sub-01_ses-b_task-rest_run-01_emg.edf",
        "sub-02/emg/sub-02_task-rest_emg.edf",
        "derivatives/filtered/sub-02/emg/sub-02_task-rest_emg.edf",
    ):
        (root / place).parent.mkdir(parents=True)
        (root / place).write_bytes(recording("calf", "heart", "shin"))
    (root / "sub-02/emg/sub-02_task-rest_events.tsv").write_text("onset\tduration\n0.1\t0.2\n")
    (root / "sub-02/emg/sub-02_task-rest_channels.tsv").write_text(HEAD + CALF + HEART + SHIN)
    (root / "sub-01/ses-b/emg/sub-01_ses-b_task-rest_emg.json").write_text(
        '{"SamplingFrequency": 2000}'
    )
    return root


def test_the_only_muscle_needs_no_name() -> None:
    found = read(described(CALF + HEART))
    assert found.emg_mv.max() == pytest.approx(1, rel=1e-3)
    assert found.emg_mv == pytest.approx(read({NAME: recording("calf")}).emg_mv)
    with pytest.raises(UnreadableError, match=r"2 channels: calf, shin\. Say which one"):
        read(described(CALF + HEART + SHIN))


def test_a_channel_that_is_not_a_muscle_is_read_and_reported() -> None:
    assert "says that heart holds ECG" in read(described(CALF + HEART), channel="heart").note


def test_a_bad_channel_is_a_flaw_and_stays_one() -> None:
    bad = CALF.replace("good\tn/a", "bad\tfell off")
    found = read(described(bad + HEART))
    assert "marks calf as bad: “fell off”" in found.note
    assert found.remarks == ("The dataset marks this channel as bad.",)
    gapped = emg.Signal(
        np.where(np.arange(1000) < 100, np.nan, found.emg_mv), 1000, flaws=found.flaws
    )
    assert [one.kind for one in emg.clean(gapped).flaws] == ["bad", "missing"]


def test_a_unit_that_only_the_table_states_is_used() -> None:
    parts = described(CALF.replace("uV", "nV") + HEART)
    silent = parts[NAME].replace(b"uV      uV      ", 16 * b" ")
    assert read(parts | {NAME: silent}).emg_mv.max() == pytest.approx(1e-3, rel=1e-3)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (described(CALF.replace("uV", "V") + HEART), "unit of calf: uV in the rec.*, V beside it"),
        (described(CALF.replace("1000", "2000") + HEART), "rate of calf: 1,000 Hz .* 2,000 Hz"),
        (described(HEART + CALF.replace("1000", "n/a"), SamplingFrequency=500), "1,000 .* 500 Hz"),
        (described("thigh\tEMG\tuV\t1000\tgood\tn/a\n"), "no channel 'thigh'; it has calf, heart"),
        (described(CALF, RecordingType="epoched"), "in pieces with gaps between them .epoched"),
        (described(CALF, SamplingFrequency="fast"), "“fast” for SamplingFrequency"),
        (described(CALF, head="name\ttype\n"), "no column units"),
        (described(CALF) | {FIELDS: b"[1]"}, "not a list of fields in JSON"),
        (described(CALF) | {TABLE: b"\xff\xfe\t"}, "not a table with tabs"),
        (described(CALF) | {FIELDS: b" " * 1_000_001}, "more than 1,000,000 bytes"),
    ],
)
def test_a_contradiction_is_refused(parts: dict[str, bytes], words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        read(parts)


def test_the_row_of_a_channel_takes_precedence_over_the_fields() -> None:
    assert read(described(CALF + HEART, SamplingFrequency=500)).sample_hz == 1000
    with pytest.raises(UnreadableError, match="says that its unit is uV, not V"):
        read(described(CALF + HEART), unit="V")


def test_nearer_fields_have_the_last_word() -> None:
    far, near = ({"SamplingFrequency": hz, "TaskName": "rest"} for hz in (1000, 2000))
    parts = {
        FIELDS: json.dumps(near).encode(), "../../emg.json": json.dumps(far).encode(),
        "../sub-02_emg.json": b"not of this subject",
    }  # fmt: skip
    said = description_of(parts, NAME)
    assert (said.rate_hz, said.fields) == (2000, FIELDS)
    assert description_of({"../../emg.json": parts["../../emg.json"]}, NAME).rate_hz == 1000


def test_a_dataset_becomes_one_table(dataset: Path, tmp_path: Path) -> None:
    kept = tmp_path / "found.csv"
    found = emg.analyse_folder(dataset, table=kept)
    names = ["subject", "session", "task", "run", "channel"]
    assert found[names].to_numpy().tolist() == [
        ["01", "a", "rest", "01", "calf"],
        ["01", "b", "rest", "01", "calf"],
        ["02", "", "rest", "", "calf"],
        ["02", "", "rest", "", "shin"],
    ]
    assert (found["error"] == "").all()
    assert found["remarks"].str.contains("bad").tolist() == [False, False, False, True]
    same = [*names, "events", "remarks", "error"]
    again = emg.analyse_folder(dataset, table=kept)
    pd.testing.assert_frame_equal(again[same], found[same], check_dtype=False)


def test_a_folder_within_a_dataset_is_read_alike(dataset: Path) -> None:
    found = emg.analyse_folder(dataset / "sub-01" / "ses-b", reading={"channel": "shin"})
    assert found["error"].str.contains("no channel 'shin'; it has calf, heart").tolist() == [True]


@given(
    st.dictionaries(st.sampled_from(["ses", "task", "acq", "run"]), st.text("aB9", min_size=1)),
    st.sampled_from(["_emg.edf", "_emg.bdf"]),
)
def test_names_are_parsed(said: dict[str, str], ending: str) -> None:
    name = "_".join(["sub-1", *(f"{key}-{value}" for key, value in said.items())]) + ending
    assert sorted(entities(name).values()) == sorted(["1", *said.values()])
    assert entities(name.replace("_emg", "_eeg")) == entities("x" + name[4:]) == {}


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_anything_beside_a_recording_is_read_or_refused(table: bytes, fields: bytes) -> None:
    head = b"name\ttype\tunits\n"
    try:
        description_of({TABLE: head + table, FIELDS: fields}, NAME)
    except UnreadableError as error:
        assert "describes a recording, but" in str(error)
