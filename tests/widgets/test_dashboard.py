"""A dashboard is what its declaration says, and nothing runs before it is ready."""

from dataclasses import dataclass
from typing import Any, Final

import plotly.graph_objects as go
import pytest

from tests.widgets.parts import address, button, every, said, send, the
from twitchlib import widgets
from twitchlib.markup import html
from twitchlib.quantity import Quantities, choice, quantity
from twitchlib.widgets.controls import Controls, Preset
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.figure_view import FigureView
from twitchlib.widgets.page_link import Address, PageLink
from twitchlib.widgets.prose import Prose


@dataclass(frozen=True)
class Foot(Quantities):
    swing_hz: float = quantity(5, "Swings", unit="Hz", low=1, high=10, source="test")
    side: str = choice("left", "Side", {"left": "Left", "right": "Right"})


@dataclass(frozen=True)
class Hand(Quantities):
    force_n: float = quantity(1, "Force", unit="N", low=0, high=9, source="test")


FAST: Final = Preset("fast", "Fast", "It swings fast.", Foot(swing_hz=9))


def draw(foot: Foot, beats: float, before: float | None) -> list[go.Figure]:
    words = f"{foot.side}: {beats:g} beats a minute, before {before}"
    return [go.Figure(layout={"meta": {"description": words}})]


def made(**declared: Any) -> Dashboard[Foot, float]:
    return Dashboard(Foot, **{"run": lambda foot: foot.swing_hz * 60, "figures": draw} | declared)


def receive(dashboard: Dashboard[Any, Any], **fields: object) -> None:
    """Send a change as the browser does."""
    send(dashboard.controls, {"fields": fields})


def test_a_change_runs_the_model_and_updates_figure_and_words() -> None:
    foot = made(
        words=lambda foot, beats: f"{foot.side} {beats:g}",
        details=lambda _foot, beats: html("<ul><li>{:g}</li></ul>", beats),
        code=lambda foot: f"swing({foot.swing_hz:g})",
    )
    assert said(foot.views[0]) == "left: 300 beats a minute, before None"
    receive(foot, swing_hz="2,5", side="right")
    assert foot.result == 150
    assert said(foot.views[0]) == "right: 150 beats a minute, before None"
    assert foot.words.html == "<p>right 150</p>"
    assert foot.details.html == "<ul><li>150</li></ul>"
    assert "<code>swing(2.5)</code>" in foot.code.html


def test_words_are_text_unless_they_are_markup() -> None:
    foot = made(words=lambda *_: "a < b <script>")
    assert foot.words.html == "<p>a &lt; b &lt;script&gt;</p>"
    assert Prose("<b>").html == "&lt;b&gt;"


def test_only_declared_parts_are_on_the_page() -> None:
    plain = made()
    assert list(every(plain, Prose)) == [plain.unmoved_note]
    assert the(plain, FigureView) is plain.views[0]
    words = made(figures=None, words=lambda *_: "Hello")
    assert the(words, Prose) is words.words
    assert words.views == []


def test_it_compares_with_the_start_until_another_state_is_kept() -> None:
    foot = made(compares=True)
    receive(foot, swing_hz=2)
    assert said(foot.views[0]).endswith("before 300.0")
    button(foot, "Compare with this from now on").click()
    assert said(foot.views[0]).endswith("before None")
    receive(foot, swing_hz=3)
    assert said(foot.views[0]).endswith("before 120.0")
    with pytest.raises(ValueError, match="not enough values"):
        button(made(), "Compare with this from now on")


def test_a_note_names_the_settings_that_are_kept() -> None:
    foot = made(compares=True)
    assert foot.kept_note.html == ""
    receive(foot, swing_hz=2, side="right")
    button(foot, "Compare with this from now on").click()
    assert 'role="status"' in foot.kept_note.html
    assert "is now this setting: Swings 2 Hz and Side Right." in foot.kept_note.html
    foot.controls.reset()
    foot.keep()
    assert "everything as it was at first" in foot.kept_note.html


def titled(foot: Foot, beats: float, _before: float | None) -> list[go.Figure]:
    return [go.Figure(layout={"title": {"text": "Fast" if beats > 300 else "Slow"}})]


def test_a_move_that_leaves_the_headline_says_so() -> None:
    foot = made(figures=titled)
    receive(foot, swing_hz=4)
    assert "Swings: 4 Hz instead of 5 Hz. The headline stays: “Slow”." in foot.unmoved_note.html
    receive(foot, swing_hz=9)
    assert foot.unmoved_note.html == ""
    receive(foot, swing_hz=8)
    assert "“Fast”" in foot.unmoved_note.html
    foot.refresh()  # for another reason: nothing was moved
    assert foot.unmoved_note.html == ""


def test_a_dashboard_may_say_in_its_own_words_what_a_move_did_not_change() -> None:
    foot = made(unmoved=lambda was, now: f"{was:g} became {now:g}")
    receive(foot, swing_hz=4)
    assert "300 became 240" in foot.unmoved_note.html


def test_other_inputs_of_the_model_can_cause_a_new_run() -> None:
    weight = 60
    foot = made(run=lambda foot: foot.swing_hz * weight)
    weight = 1
    foot.redraw()
    assert foot.result == 300
    foot.refresh()
    assert foot.result == 5
    assert said(foot.views[0]).startswith("left: 5 beats")


def test_the_parts_are_arranged_when_all_of_them_are_ready() -> None:
    ready: dict[str, Any] = {}

    def arrange(foot: Dashboard[Foot, float]) -> list[Any]:
        ready["said"] = said(foot.views[0]), foot.words.html, foot.result, foot.controls.value
        foot.on_change(lambda: ready.update(heard=said(foot.views[0])))
        return [foot.words, foot.controls]

    foot = made(words=lambda *_: "Hello", arrange=arrange)
    assert ready["said"] == (said(foot.views[0]), "<p>Hello</p>", 300, Foot())
    assert foot.children == (foot.words, foot.controls)
    receive(foot, swing_hz=2)
    assert ready["heard"] == said(foot.views[0])  # already shown on the page


def test_a_failing_model_is_logged_and_reported(caplog: pytest.LogCaptureFixture) -> None:
    def run(foot: Foot) -> float:
        return 1 / (foot.swing_hz - 2)

    foot = made(run=run)
    receive(foot, swing_hz=2)
    assert foot.controls._shown["failed"]
    assert "ZeroDivisionError" in caplog.text
    receive(foot, swing_hz=3)
    assert not foot.controls._shown["failed"]
    assert foot.result == 1


def test_its_settings_go_into_the_address_and_back() -> None:
    foot = made(address=True, presets=[FAST])
    link = address(foot).link
    assert the(foot, PageLink) is link
    receive(foot, side="right")
    assert link._written == "side=right"
    foot.controls.apply_preset("fast")
    assert link._written == "preset=fast"
    link._receive(link, {"query": "?preset=fast&side=right&swing_hz=<b>"}, [])
    assert foot.controls.value == Foot(swing_hz=9, side="right")
    assert "“&lt;b&gt;”" in address(foot).problems.html
    assert link._written == "swing_hz=9&side=right"


def test_an_address_that_is_read_only_is_not_written_and_knows_other_cases() -> None:
    cases = {"slow": Foot(swing_hz=1)}
    foot = made(address=Address(written=False, cases=cases, elsewhere={"causes"}))
    place = address(foot)
    place.take_query("?preset=slow&causes=stress")
    assert foot.controls.value == cases["slow"]
    assert place.problems.html == ""
    assert place.link._written == ""
    assert place.link.layout.display == "none"


def test_several_panels_share_an_address() -> None:
    foot, hand = Controls(Foot, presets=[FAST]), Controls(Hand)
    place = Address()
    place.add(foot)
    place.add(hand)
    place.take_query("?preset=fast&force_n=3&side=up&cake=1")
    assert (foot.value, hand.value) == (FAST.value, Hand(force_n=3))
    assert place.link._written == "swing_hz=9&force_n=3"
    assert place.problems.html.count("<p") == 2


def test_only_what_differs_from_the_default_counts_as_changed() -> None:
    assert Foot().changed() == {}
    assert Foot(side="right").changed() == {"side": "right"}


def test_no_dashboard_is_a_subclass_of_another() -> None:
    for name in widgets.__all__:
        getattr(widgets, name)
    assert Dashboard.__subclasses__() == []
