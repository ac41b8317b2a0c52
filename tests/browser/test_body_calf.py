"""On a real page, a calf's patches and a sleeper's leg move by the numbers of their scenes."""

from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from twitchlib.physiology import motor_pool
from twitchlib.physiology.motor_pool import Discharges
from twitchlib.physiology.motor_units import POOL
from twitchlib.widgets import TwitchTypes, asleep

pytestmark = pytest.mark.browser


def show(body: Locator, seconds: float) -> None:
    """Move the slider under a drawing."""
    body.get_by_role("slider", name="Moment shown").evaluate(
        "(slider, at) => { slider.value = at; slider.dispatchEvent(new Event('input')); }", seconds
    )


def radii(body: Locator) -> np.ndarray:
    found = body.locator(".tw-b-patch").evaluate_all("all => all.map((c) => c.r.baseVal.value)")
    return np.array(found)


def rotation_deg(body: Locator) -> float:
    """Return the rotation of the last part that is rotated."""
    transform = body.locator("svg [transform*=rotate]").last.get_attribute("transform") or ""
    return float(transform.partition("rotate(")[2].rstrip(")"))


def test_patches_of_a_calf_grow_with_the_force_of_their_units(lesson: Callable[..., Page]) -> None:
    body = lesson("02_twitch_types", "stretch_at_s=5").locator(".tw-body:has(.tw-b-calf)").nth(1)
    stop = TwitchTypes().spasm
    stop.controls.set(stretch_at_s=5)
    assert stop.body
    recording, numbers = stop.result, stop.body._scene["numbers"]
    largest = 17 if numbers["few"] else 10
    alone = [
        motor_pool.force(POOL, Discharges.of([unit] * at_s.size, at_s), 12_000, sample_hz=1000)
        for unit, at_s in recording.spikes_s.items()
    ]
    for at_s in (0.0, 1.5, 3.0):
        show(body, at_s)
        expected = largest * np.sqrt([one[round(1000 * at_s)] / numbers["full_n"] for one in alone])
        np.testing.assert_allclose(radii(body), expected, atol=0.25)
    before = rotation_deg(body)
    expect(body.locator(".tw-b-label")).to_have_css("opacity", "0")
    show(body, 7)
    expect(body.locator(".tw-b-label")).to_have_css("opacity", "1")
    assert rotation_deg(body) > before + 20


def test_four_calves_twitch(lesson: Callable[..., Page]) -> None:
    body = lesson("02_twitch_types").locator(".tw-dashboard .tw-body:has(.tw-b-calves)")
    show(body, 0)
    assert radii(body).max() == 0
    expect(body.locator(".tw-b-label")).to_have_count(4)
    show(body, TwitchTypes().gallery.body._scene["still_s"])
    assert radii(body).max() > 5


def test_a_sleeper_kicks(in_voila: Callable[..., Page]) -> None:
    body = in_voila("from twitchlib.widgets import asleep\n\nasleep()").locator(".tw-body")
    scene = asleep()._scene
    kick_deg = np.frombuffer(scene["tracks"]["kick_deg"]["values"], "<f4")
    for at_s in (0.0, scene["still_s"]):
        show(body, at_s)
        sample = round(at_s * scene["tracks"]["kick_deg"]["sample_hz"])
        assert rotation_deg(body) == pytest.approx(kick_deg[sample] - 25, abs=1)
