"""Lesson 07 in a browser: a reader's own file is refused, completed and opened."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

pytestmark = pytest.mark.browser


def payload(name: str, head: str, *, timed: bool) -> "FilePayload":
    rng = np.random.default_rng(1)
    rows = (f"{i / 1000:.3f},{v:.4f}" if timed else f"{v:.4f}"
            for i, v in enumerate(rng.normal(0, 0.01, 3000)))  # fmt: skip
    return {
        "name": name, "mimeType": "text/csv", "buffer": "\n".join([head, *rows]).encode(),
    }  # fmt: skip


def test_a_file_is_refused_completed_and_opened(lesson: "Callable[..., Page]") -> None:
    page = lesson("07_emg_lab")
    file = page.get_by_label("Open a recording of your own")
    file.set_input_files(payload("bare.csv", "emg", timed=False))
    page.get_by_text("its unit is not stated").wait_for()
    page.get_by_text("If the file does not say").click()
    page.get_by_label("Unit").select_option("mV")
    page.get_by_text("how many samples a second it has").wait_for()
    rate = page.get_by_label("Samples a second (Hz)")
    rate.fill("1000")
    rate.press("Tab")
    page.get_by_text("“bare” is open.").wait_for()
    page.locator(".tw-figure-title", has_text="in 3 s").wait_for()
    file.set_input_files(payload("mine.csv", "time_s,emg_mv", timed=True))
    page.get_by_text("“mine” is open.").wait_for()
    page.get_by_text("Read from mine.csv").wait_for()


def test_too_large_a_file_is_refused_before_it_is_sent(
    lesson: "Callable[..., Page]", tmp_path: Path
) -> None:
    large = tmp_path / "large.csv"
    large.write_bytes(b"0" * 6_000_001)
    page = lesson("07_emg_lab")
    page.get_by_label("Open a recording of your own").set_input_files(large)
    page.get_by_text("That is more than 6 MB").wait_for()


def test_a_discharge_at_rest_is_chosen_by_key_and_named_in_the_game(
    lesson: "Callable[..., Page]",
) -> None:
    page = lesson("07_emg_lab")
    page.get_by_label("Fibrillation potentials", exact=True).first.press("ArrowUp")
    page.locator(".tw-figure-title", has_text="End-plate spikes, ").wait_for()
    page.get_by_text("They begin negative and keep no beat").wait_for()
    game = page.locator(".tw-facing", has=page.get_by_text("Recording 1 of 10"))
    game.get_by_label("Myotonic discharges", exact=True).press(" ")
    game.get_by_role("button", name="Check").press("Enter")
    game.get_by_role("button", name="Next recording").press("Enter")
    page.get_by_text("Recording 2 of 10").wait_for()
