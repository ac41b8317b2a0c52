"""On a real page, drawings move by the numbers of their scenes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import box_of
from twitchlib import scenes
from twitchlib.widgets import NervousSystem, openers

pytestmark = pytest.mark.browser


def drawing(page: Page, name: str) -> Locator:
    return page.locator(f".tw-body:has(.tw-b-{name})")


def show(body: Locator, seconds: float) -> None:
    """Move the slider under a drawing."""
    body.locator(".tw-b-bar input[type=range]").evaluate(
        "(s, at) => { s.value = at; s.dispatchEvent(new Event('input')); }", seconds
    )


def lit(body: Locator) -> int:
    """Return how many discs are lit."""
    opacity = "discs => discs.filter((d) => +d.getAttribute('fill-opacity') > 0.5).length"
    found: int = body.locator("svg circle[fill-opacity]").evaluate_all(opacity)
    return found


def test_hand_presses_and_units_light_up(lesson: Callable[..., Page]) -> None:
    body = drawing(lesson("01_nervous_system"), "hand")
    show(body, 0)
    at_rest = body.locator("svg path[transform^=translate]").last.get_attribute("transform")
    assert lit(body) == 0
    show(body, 0.8)
    some = lit(body)
    show(body, 1.5)
    assert 0 < some < lit(body) < 120
    assert body.locator("svg path[transform^=translate]").last.get_attribute("transform") != at_rest


def filled(body: Locator) -> list[float]:
    """Return the radii of the upper discs, which show how full the units are."""
    circles = body.locator("svg circle[fill-opacity]")
    radii: list[float] = circles.evaluate_all("discs => discs.map((d) => +d.getAttribute('r'))")
    return radii[1::2]


def test_hold_presses_and_units_empty(lesson: Callable[..., Page]) -> None:
    body = drawing(lesson("01_nervous_system", "preset=light-load"), "hold")
    show(body, 0)
    rested, lit_at_first = filled(body), lit(body)
    show(body, 511)
    tired = filled(body)
    assert len(rested) == len(tired) == 120
    assert min(tired) == 0 < min(rested)
    assert tired[0] > 0.95 * rested[0]
    assert tired[119] > 0.95 * rested[119]
    assert lit(body) > lit_at_first


def test_fibre_shortens_by_the_force(lesson: Callable[..., Page]) -> None:
    body = drawing(lesson("01_nervous_system", "pulses=30&rate_hz=20"), "fibre")
    pointer = body.locator("svg path[transform^=translate]")
    show(body, 0)
    expect(pointer).to_have_attribute("transform", "translate(414)")
    show(body, 1.5)
    at = pointer.get_attribute("transform") or ""
    assert 274 < float(at.removeprefix("translate(").removesuffix(")")) < 386


def test_junction_fires_once_enough_packets_are_across(lesson: Callable[..., Page]) -> None:
    page = lesson("01_nervous_system")
    body = drawing(page, "junction")
    fibre = body.locator("svg path.tw-b-muscle")
    show(body, 0.6)
    expect(fibre).not_to_have_class("tw-b tw-b-muscle tw-b-fill")
    show(body, 1)
    expect(fibre).to_have_class("tw-b tw-b-muscle tw-b-fill")
    expect(body.locator(".tw-b-time")).to_have_text("impulse 1")
    expect(body.get_by_text("life")).to_have_count(0)
    # The figure of the same stop shows the same impulse.
    line = page.locator(".tw-figure-moment:visible")
    expect(line).to_have_count(1)


def fired_mm(body: Locator) -> list[float]:
    """Return where on the drawing nodes have fired."""
    found: list[float] = body.locator("svg path.tw-b-solid").evaluate(
        "(path) => [...path.getAttribute('d').matchAll(/M([0-9.]+)/g)].map((at) => +at[1])"
    )
    return found


def test_a_spike_runs_along_the_axon_both_ways(lesson: Callable[..., Page]) -> None:
    page = lesson("01_nervous_system", "preset=by-itself")
    body = drawing(page, "axon")
    show(body, 0)
    assert not fired_mm(body)
    show(body, 0.0006)
    begun = fired_mm(body)
    show(body, 0.0007)
    later = fired_mm(body)
    assert min(later) < min(begun) < max(begun) < max(later)
    # The figure of the same stop shows the same moment.
    expect(page.locator(".tw-figure-moment:visible")).to_have_count(1)
    show(body, 0.0019)
    assert not fired_mm(body)


def test_cup_fills_with_a_drink(lesson: Callable[..., Page]) -> None:
    page = lesson("03_triggers")
    body = page.locator(".tw-dashboard .tw-body:has(.tw-b-cup)")  # another cup opens the lesson
    amount = body.locator("svg text").filter(has_text=re.compile(r"\d mg"))
    show(body, 0)
    expect(amount).to_have_text("0 mg")
    expect(body.locator(".tw-b-time")).to_have_text("06:00")
    line = page.locator(".tw-figure-moment:visible")
    at_six = box_of(line)["x"]
    show(body, 3 * 3600)
    expect(amount).not_to_have_text("0 mg")
    expect(body.locator(".tw-b-time")).to_have_text("09:00")
    expect(body.get_by_text("3,600 times faster than in real life")).to_be_visible()
    assert box_of(line)["x"] > at_six + 20


def test_membrane_shows_potential_and_gate(lesson: Callable[..., Page]) -> None:
    body = drawing(lesson("01_nervous_system"), "membrane").first
    run = NervousSystem().axon.result
    for sample in (0, 60):
        show(body, float(run.time_ms[sample]) / 1000)
        shown = f"{run.potential_mv[sample]:.0f} mV".replace("-", "−")
        expect(body.locator("svg text", has_text="mV")).to_have_text(shown)
        h = float(run.gates["gate_h"][sample])
        place = body.locator("svg g", has_text="h").get_attribute("transform")
        assert place
        x = float(place.removeprefix("translate(").split()[0])
        assert x == pytest.approx(335 + 54 * h, abs=0.02)  # a drawing gets h in steps of 1/4096


def test_path_and_eyelid_follow_their_tracks(in_voila: Callable[..., Page]) -> None:
    page = in_voila(
        "from twitchlib.widgets import eyelid\n\neyelid()",
        "from twitchlib.widgets import spike_on_its_way\n\nspike_on_its_way()",
    )
    lid, way = drawing(page, "eyelid"), drawing(page, "path")
    track = scenes.path().tracks["turn_deg"]
    for sample in (0, 50):
        show(way, sample / track.sample_hz)
        foot = way.locator("[transform*=rotate]").get_attribute("transform")
        assert foot
        angle_deg = float(foot.partition("rotate(")[2].rstrip(")"))
        assert angle_deg == pytest.approx(6 + track.values[sample], abs=0.01)

    lifts = scenes.eyelid(openers.flutter()).tracks["lift"]
    for sample in (0, int(lifts.values.argmax())):
        show(lid, sample / lifts.sample_hz)
        d = lid.locator("path.tw-b-muscle").get_attribute("d")
        assert d
        middle = float(d.split("Q340 ")[1].split()[0])
        assert middle == pytest.approx(256 - 44 * lifts.values[sample], abs=0.01)
