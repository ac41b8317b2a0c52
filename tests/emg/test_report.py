"""A saved report: complete, self-contained, and plain text whatever a file calls itself."""

import re
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twitchlib import __version__, emg, twitches
from twitchlib.emg._drawn import Axis, envelope


class Page(HTMLParser):
    """The elements, words and drawn lines of a page as a browser sees them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.words = ""
        self.paths: dict[str, list[str]] = {}
        self.feed(str(page))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        said = dict(attrs)
        if tag in ("path", "rect"):
            self.paths.setdefault(str(said["class"]), []).append(str(said.get("d", said)))

    def handle_data(self, data: str) -> None:
        self.words += str(data)


@pytest.fixture(scope="module")
def found() -> emg.Analysis:
    made = twitches.simulate("fasciculation", seed=1, duration_s=60)
    holed = np.where((np.arange(made.emg_mv.size) // 2000) == 30, 0.0, made.emg_mv)
    return emg.analyse(emg.Signal(holed, 2000, name="calf"), high_hz=400, evidence=20)


@pytest.fixture(scope="module")
def grid() -> emg.Events:
    made = [twitches.simulate("myoclonus", seed=s, duration_s=20).emg_mv for s in (3, 2)]
    return emg.scan(np.column_stack(made), 2000, labels=["left", "<right>"])


def test_it_says_what_was_found_how_and_in_what(found: emg.Analysis) -> None:
    page = Page(found.to_html())
    rate = emg.count(found.detection.onset_s, 60, gaps_s=[(30, 31)])
    for said in (
        "calf", rate.sentence, found.classification.sentence, emg.classification.NOTE,
        "teaches and never diagnoses", "from 20 to 400 Hz were searched", "evidence=20",
        f"twitchlib {__version__}", "One value is repeated instead of an EMG in 1 place",
        "one value repeated", f"{found.detection.onset_s[0]:.3f}", "59.0 s",
    ):  # fmt: skip
        assert said in page.words
    assert page.paths["events"][0].count("M") == len(found.detection)
    assert page.paths["nerve"][0].count("M") == 2  # broken by the gap
    assert len(page.paths["unknown"]) == 2  # in the trace, and under the counts


def test_every_channel_has_its_row(grid: emg.Events) -> None:
    page = Page(grid.to_html("mine"))
    assert page.words.count("<right>") == 2  # beside the raster and in the table
    assert f"{len(grid)} discharges" in page.words
    assert page.paths["ticks"][0].count("M") == len(grid)
    for label in grid.labels:
        assert f"{grid.count(label).per_min:.3g}" in page.words


def test_it_needs_nothing_else(found: emg.Analysis, grid: emg.Events) -> None:
    for page in (found.to_html(), grid.to_html()):
        assert not re.search(r"\b(src|href)\s*=|https?:|<script|@import|url\(", page)
        assert "prefers-color-scheme: dark" in page
        assert "@page { size: A4" in page


def test_nothing_found_is_a_report_too() -> None:
    page = Page(emg.analyse(emg.Signal(np.zeros(1000), 1000)).to_html())
    assert "0 discharges in 1 s" in page.words
    assert "Every discharge" not in page.words


@settings(max_examples=20)
@given(st.text(max_size=500))
def test_whatever_a_file_or_a_reader_says_stays_text(said: str) -> None:
    quiet = np.zeros(1000)
    plain = Page(emg.analyse(emg.Signal(quiet, 1000, name="x", note="x")).to_html("x"))
    named = emg.analyse(emg.Signal(quiet, 1000, name=f"x{said}", note=f"x{said}"))
    assert Page(named.to_html(f"x{said}")).elements == plain.elements


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=3000))
def test_no_peak_is_lost_in_an_envelope(values: list[float]) -> None:
    drawn = str(envelope(np.array(values), Axis("mV", -5, 5), "nerve"))
    y = [float(one.split()[1]) for one in re.findall(r"[ML]([\d.]+ [\d.]+)", drawn)]
    ends = [200 - 20 * (value + 5) for value in (max(values), min(values))]
    assert [min(y), max(y)] == pytest.approx(ends, abs=0.051)
    assert len(y) <= 2000
