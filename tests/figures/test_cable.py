"""Spikes along an axon: rows, dots, title, sentence and table agree with the run."""

import numpy as np
import pytest

from twitchlib.figures.cable import plot_run, speed_m_s
from twitchlib.physiology.cable import CableRun, Injection, MyelinatedAxon, Stretch, simulate

AXON = MyelinatedAxon()
SITE = Stretch(first_node=9, last_node=11, gating_shift_mv=-8)
BARE = Stretch(first_node=12, last_node=15, myelin=0.03)


def run(*stretches: Stretch, at: tuple[int, ...] = (0,)) -> CableRun:
    return simulate(AXON, [Injection(node=node) for node in at], 3, stretches=stretches)


def test_each_row_is_the_voltage_at_its_place() -> None:
    found = run()
    (rows, _dots) = plot_run(found).data
    parts = np.split(rows.y, np.flatnonzero(np.isnan(rows.y)))
    first = parts[0]
    assert first[0] == pytest.approx(0, abs=0.05)
    top = int(np.argmax(first))
    assert top == int(np.argmax(found.potential_mv[:, 0]))
    # Every row has the same scale.
    scale = first.max() / (found.potential_mv[:, 0].max() + 80)
    last = parts[-2][1:]
    assert last.max() - last[0] == pytest.approx(
        scale * (found.potential_mv[:, -1].max() + 80), abs=0.05
    )


@pytest.mark.parametrize(
    ("stretches", "at", "title", "words"),
    [
        ((), (0,), "The spike runs to the end, at 56 m/s", "1 m would take it 18 ms"),
        ((), (20,), "The spike runs to the end, at 56 m/s", "23.0 mm further"),
        ((), (), "No spike", "No node of this axon fires"),
        ((SITE,), (), "It starts on the way and runs both ways", "It starts by itself at 11.5 mm"),
        ((), (0, 20), "Two spikes meet and vanish", "They meet at 11.5 mm"),
        ((BARE,), (0,), "The spike stops where myelin is lost", "No node beyond 1"),
        (
            (BARE.replace(myelin=0.1),),
            (0,),
            "The spike is held up where myelin is lost",
            "3.5 mm with little myelin",
        ),
        (
            (SITE, BARE),
            (),
            "It starts on the way, and one way is blocked",
            "towards the muscle it is blocked",
        ),
        (
            (SITE, Stretch(first_node=3, last_node=6, myelin=0.02)),
            (),
            "It starts on the way, and one way is blocked",
            "towards the spinal cord it is blocked",
        ),
        ((BARE,), (0, 20), "Two spikes, and neither arrives", "no node that can fire"),
    ],
)
def test_title_and_sentence_say_what_happened(
    stretches: tuple[Stretch, ...], at: tuple[int, ...], title: str, words: str
) -> None:
    figure = plot_run(run(*stretches, at=at), stretches=stretches)
    assert figure.layout.title.text == title
    assert words in figure.layout.meta["description"]


def test_a_dot_and_a_row_of_the_table_for_each_node() -> None:
    blocked = run(BARE)
    figure = plot_run(blocked, stretches=[BARE])
    dots = figure.data[-1]
    fired = np.isfinite(blocked.arrival_ms)
    np.testing.assert_allclose(dots.x, blocked.arrival_ms[fired], atol=1e-4)
    rows = figure.layout.meta["table"]["rows"]
    assert len(rows) == AXON.nodes
    assert [row[1] == "never" for row in rows] == list(~fired)


def test_stretches_are_marked_and_named() -> None:
    figure = plot_run(run(SITE, BARE), stretches=[SITE, BARE])
    assert [note.text for note in figure.layout.annotations] == ["other salts", "little myelin"]
    assert figure.layout.shapes[1].y0 == pytest.approx(12 * AXON.spacing_mm)


def test_an_earlier_run_stays_as_a_faint_named_line() -> None:
    earlier = run()
    figure = plot_run(run(at=(20,)), earlier)
    path, name = figure.data[:2]
    np.testing.assert_allclose(path.x, earlier.arrival_ms, atol=1e-4)
    assert name.text == "before"
    assert "Faint line" in figure.layout.meta["description"]
    plot_run(earlier, run(at=()))  # an earlier run without a spike


def test_the_speed_follows_from_the_arrivals() -> None:
    found = run()
    assert speed_m_s(found, 0) == pytest.approx(found.velocity_m_s, rel=0.01)
    assert speed_m_s(run(at=(20,)), 20) == pytest.approx(speed_m_s(found, 0))
