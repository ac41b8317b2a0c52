"""Drawings move by the numbers of their scenes, on a real page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from twitchlib import scenes
from twitchlib.widgets import NervousSystem, openers

pytestmark = pytest.mark.browser


def drawn(page: Page, name: str) -> Locator:
    return page.locator(f".tw-body:has(.tw-b-{name})")


def show(body: Locator, seconds: float) -> None:
    """Move the slider under a drawing."""
    body.locator(".tw-b-bar input[type=range]").evaluate(
        "(s, at) => { s.value = at; s.dispatchEvent(new Event('input')); }", seconds
    )


def test_membrane(lesson: Callable[..., Page]) -> None:
    body = drawn(lesson("01_nervous_system"), "membrane").first
    run = NervousSystem().axon.result
    for sample in (0, 60):
        show(body, float(run.time_ms[sample]) / 1000)
        said = f"{run.potential_mv[sample]:.0f} mV".replace("-", "−")
        expect(body.locator("svg text", has_text="mV")).to_have_text(said)
        h = float(run.gates["gate_h"][sample])
        place = body.locator("svg g", has_text="h").get_attribute("transform")
        assert place
        assert float(place.removeprefix("translate(").split()[0]) == pytest.approx(335 + 54 * h)


def test_path_and_eyelid(in_voila: Callable[..., Page]) -> None:
    page = in_voila(
        "from twitchlib.widgets import eyelid\n\neyelid()",
        "from twitchlib.widgets import spike_on_its_way\n\nspike_on_its_way()",
    )
    lid, way = drawn(page, "eyelid"), drawn(page, "path")
    turns = scenes.path().tracks["turn_deg"]
    for sample in (0, 50):
        show(way, sample / turns.sample_hz)
        foot = way.locator("[transform*=rotate]").get_attribute("transform")
        assert foot
        turned = float(foot.partition("rotate(")[2].rstrip(")"))
        assert turned == pytest.approx(6 + turns.values[sample], abs=0.01)

    lifts = scenes.eyelid(openers.flutter()).tracks["lift"]
    for sample in (0, int(lifts.values.argmax())):
        show(lid, sample / lifts.sample_hz)
        d = lid.locator("path.tw-b-muscle").get_attribute("d")
        assert d
        middle = float(d.split("Q340 ")[1].split()[0])
        assert middle == pytest.approx(256 - 44 * lifts.values[sample], abs=0.01)
