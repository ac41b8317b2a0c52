"""An unnamed recording: its features are shown, its name is not."""

import pytest

from twitchlib import quiz, twitches
from twitchlib.emg import Match
from twitchlib.figures.quiz import describe, plot_settings, plot_unnamed
from twitchlib.palette import LIGHT
from twitchlib.twitches import Recording

TRACES = {
    question.id: {**question.trace, "seed": question.trace["seed"] or 1}
    for question in quiz.questions().values()
    if question.trace is not None and question.trace["kind"] in twitches.kinds()
}
LABELS = {event.label for kind in twitches.kinds().values() for event in kind.events}
NAMES = {*twitches.kinds(), *LABELS, "cramp", "reflex", "lapse", "disease"}


def simulated(name: str) -> Recording:
    trace = TRACES[name]
    return twitches.simulate(
        trace["kind"], preset=trace["preset"], seed=trace["seed"], duration_s=trace["duration_s"]
    )


@pytest.fixture(params=TRACES)
def recording(request: pytest.FixtureRequest) -> Recording:
    return simulated(request.param)


def test_nothing_in_the_figure_names_it(recording: Recording) -> None:
    drawn = str(plot_unnamed(recording).to_plotly_json()).lower()
    assert not [name for name in NAMES if name in drawn]


def test_it_says_that_it_is_synthetic_and_how_many_events_there_are(recording: Recording) -> None:
    described = describe(recording)
    assert described.endswith("The recording is synthetic.")
    assert f" {len(recording.events)} " in described


def test_every_event_is_in_the_table(recording: Recording) -> None:
    table = plot_unnamed(recording).layout.meta["table"]
    assert [row[0] for row in table["rows"]] == list(range(1, len(recording.events) + 1))
    assert table["rows"][0][1] == pytest.approx(recording.events[0].onset_s, abs=0.01)


def test_the_descriptions_distinguish_them() -> None:
    described = {name: describe(simulated(name)) for name in TRACES}
    assert "1 motor unit fires once" in described["trace-isolated"]
    assert "one every 189 ms, evenly" in described["trace-beats"]
    assert "there is 1 burst; it lasts 7.0 s. In it, about 20 of 120" in described["trace-lasting"]
    assert "at uneven times" in described["trace-volleys"]
    assert "motor units fire once" in described["trace-volleys"]
    assert "1 motor unit fires, about" in described["trace-groups"]
    assert "gaps of about" in described["trace-lapses"]
    assert "bursts of about 2.9 s each" in described["trace-on-purpose"]
    assert "1 motor unit fires, about 1" in described["trace-fast-runs"]


def test_nerve_and_muscle_keep_their_colours(recording: Recording) -> None:
    emg, force = plot_unnamed(recording).data
    assert (emg.line.color, force.line.color) == (LIGHT["nerve"], LIGHT["muscle"])


def test_a_silent_recording_can_be_drawn() -> None:
    silent = twitches.simulate("fasciculation", preset="healthy_shin", seed=3, duration_s=10)
    assert not silent.events
    assert "nothing but noise" in describe(silent)
    plot_unnamed(silent)


def test_the_counts_of_a_detector_are_in_the_figure_its_words_and_its_table() -> None:
    tried = {6: Match([1, 2, 3], [1, 2]), 9: Match([1], [1, 2])}
    figure = plot_settings(tried)
    assert [list(line["y"]) for line in figure.data] == [[2, 1], [0, 1], [1, 0]]
    assert [line["text"][-1] for line in figure.data] == ["found", "missed", "bars on noise"]
    assert figure.layout.meta["table"]["rows"] == [[6, 2, 0, 1], [9, 1, 1, 0]]
    assert "at 9: 1, 1, 0" in figure.layout.meta["description"]
    assert figure.layout.xaxis.title.text == "How sure to be"
