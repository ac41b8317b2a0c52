"""While a control is in view, so is the figure that it changes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from twitchlib import guide

pytestmark = pytest.mark.browser

LEAST = 0.8
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 390, "height": 844},
    "laptop": {"width": 1280, "height": 800},
    "projector": {"width": 1024, "height": 768},
}
WITHOUT_FIGURES = {"00_start_here", "08_reuse_twitchlib", "09_before_and_after"}

# Scrolls to each control in three ways; wherever the control can be seen and reached, returns
# [dashboard, control, way, share of its figures that is in view].
SHARES = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const shares = [];
  const bars = () => [...document.querySelectorAll(".masthead, #present-bar")]
    .map((bar) => bar.getBoundingClientRect()).filter(({ height }) => height);
  const inView = (nodes) => {
    const top = Math.max(0, ...bars().filter((b) => b.top <= 0).map((b) => b.bottom));
    const bottom = Math.min(innerHeight, ...bars().filter((b) => b.top > 0).map((b) => b.top));
    let seen = 0, all = 0;
    for (const node of nodes) {
      const box = node.getBoundingClientRect();
      seen += Math.max(0, Math.min(box.bottom, bottom) - Math.max(box.top, top));
      all += box.height;
    }
    return seen / all;
  };
  const reachable = (part) => {
    const { left, top, width, bottom } = part.getBoundingClientRect();
    return [top + 2, bottom - 2].every((y) => {
      const there = document.elementFromPoint(left + width / 2, y);
      return part.contains(there) || (there?.contains(part) && there.closest(".tw-asked"));
    });
  };
  for (const folded of document.querySelectorAll(".tw-asked details")) folded.open = true;
  const boards = [...document.querySelectorAll(".tw-facing")];
  for (const [number, board] of boards.entries()) {
    const next = document.getElementById("present-on");
    while (!board.checkVisibility() && !next.disabled) next.click();
    await frame();
    const shown = (part) => part.checkVisibility();
    const figures = [...board.querySelectorAll(".tw-figure-view figure")].filter(shown);
    const controls = board.querySelectorAll(".tw-asked :is(input, select, button)");
    for (const control of [...controls].filter(shown)) {
      const isLabelled = control.matches("[type=radio], [type=checkbox]");
      const part = isLabelled ? control.closest("label") : control;
      const name = control.getAttribute("aria-label") ?? part.textContent ?? "";
      for (const block of ["start", "center", "end"]) {
        control.scrollIntoView({ block });  // what is sticky moves at once
        if (reachable(part)) shares.push([number + 1, name.trim(), block, inView(figures)]);
      }
    }
  }
  return shares;
}"""
# How many controls of dashboards with figures are outside the panel beside the figures.
LOOSE = """[...document.querySelectorAll(".tw-dashboard")]
  .filter((board) => board.querySelector(".tw-figure-view"))
  .flatMap((board) => [...board.querySelectorAll("input:not([readonly], .tw-stage *)")])
  .filter((input) => !input.closest(".tw-asked")).length"""
# Waits until all stages have kept their sizes for ten frames, after the window was resized.
AT_REST = """() => new Promise((resolve) => {
  let before = "", kept = 0;
  const look = () => {
    const boxes = [...document.querySelectorAll(".tw-stage, .tw-figure-plot, .tw-asked")]
      .map((part) => part.getBoundingClientRect());
    const now = JSON.stringify(boxes.map(({ width, height }) => [width, height]));
    kept = now === before ? kept + 1 : 0;
    before = now;
    if (kept < 10) requestAnimationFrame(look); else resolve(true);
  };
  look();
})"""


@pytest.mark.parametrize(
    "name", [name for name in guide.rows("lessons") if name not in WITHOUT_FIGURES]
)
def test_the_figure_is_in_view_with_each_control(lesson: Callable[..., Page], name: str) -> None:
    page = lesson(name, touch=True, **SIZES["phone"])
    hidden, boards = [], set()
    for size, window in SIZES.items():
        page.set_viewport_size(window)
        if size == "projector":
            page.get_by_role("button", name="Present this lesson").click()
        page.evaluate(AT_REST)
        shares: list[tuple[int, str, str, float]] = page.evaluate(SHARES)
        assert len({(board, control) for board, control, _, _ in shares}) > 3
        boards.add(frozenset(board for board, _, _, _ in shares))
        hidden += [
            f"{size}: dashboard {board}, {control!r} scrolled to {block}: {share:.0%}"
            for board, control, block, share in shares
            if share < LEAST
        ]
        assert page.evaluate(LOOSE) == 0, "a control is outside the panel beside the figures"
    assert len(boards) == 1, "a dashboard was not seen at every size"
    assert not hidden, "\n".join([f"too little of a figure is in view ({name}):", *hidden])


DRAWN = """
from dataclasses import dataclass
from twitchlib.figures.theme import figure
from twitchlib.markup import Markup
from twitchlib.quantity import Quantities, quantity
from twitchlib.widgets.controls import Controls
from twitchlib.widgets.figure_view import FigureView
from twitchlib.widgets.layout import facing, stage
from twitchlib.widgets.prose import Prose
import ipywidgets

@dataclass(frozen=True)
class Foot(Quantities):
    swing_hz: float = quantity(5, "Swings", unit="Hz", low=1, high=10, source="test")

def view(name):
    line = {"type": "scatter", "x": [0, 1], "y": [1, 2]}
    axes = {"x": {"title": "Time (s)"}, "y": {"title": "Angle (°)"}}
    return FigureView(figure([line], title=name, description=f"{name}.", height=500, **axes))

body = Prose(Markup('<svg viewBox="0 0 200 100"><title>A foot</title><path d="M0 0H200"/></svg>'))
made = stage([view("Swing"), view("Beat")], ["Swing", "Beat"], drawing=body)
"""
SHOWN = 'ipywidgets.VBox([facing(Controls(Foot), made)], _dom_classes=("tw-dashboard",))'


def expect_figures(page: Page, *names: str) -> None:
    """Wait until exactly these figures are visible, and drawn."""
    plots = page.locator(".tw-figure-plot:visible")
    expect(plots).to_have_count(len(names))
    for plot, name in zip(plots.all(), names, strict=True):
        expect(plot).to_have_accessible_name(name)
        expect(plot.locator(".main-svg").first).to_be_visible()
        assert (plot.bounding_box() or {"height": 0.0})["height"] >= 160


def test_a_drawing_stands_above_the_figure_or_has_a_tab(in_voila: Callable[..., Page]) -> None:
    page = in_voila(DRAWN, SHOWN)
    drawing = page.locator(".tw-drawing")
    expect_figures(page, "Swing")
    expect(drawing).to_be_visible()
    expect(page.get_by_role("radio")).to_have_count(2)
    page.get_by_role("radio", name="Swing").press("ArrowRight")
    expect_figures(page, "Beat")
    expect(page.get_by_text("Beat.")).to_be_visible()
    expect(page.get_by_text("Swing.")).to_be_hidden()
    height = page.locator(".tw-stage").evaluate("stage => stage.offsetHeight / innerHeight")
    assert 0.5 < height < 1

    page.set_viewport_size({"width": 390, "height": 844})
    expect_figures(page, "Beat")
    expect(drawing).to_be_hidden()
    page.get_by_role("radio", name="Drawing").check(force=True)
    expect(drawing).to_be_visible()
    expect_figures(page)
    height = page.locator(".tw-stage").evaluate("stage => stage.offsetHeight / innerHeight")
    assert height < 0.46

    page.set_viewport_size({"width": 1280, "height": 900})
    expect_figures(page, "Swing")


def test_the_stage_stays_in_jupyterlab_too(in_lab: Callable[..., Page]) -> None:
    page = in_lab("from twitchlib.widgets import NervousSystem\nNervousSystem().ions")
    for width in (1280, 1000):
        page.set_viewport_size({"width": width, "height": 800})
        page.locator(".tw-figure-plot:visible .main-svg").first.wait_for()
        last = page.get_by_role("slider", name="Strength of the test pulse")
        for block in ("start", "center", "end"):
            last.evaluate("(slider, block) => slider.scrollIntoView({ block })", block)
            expect(page.locator(".tw-figure-view:visible").first).to_be_in_viewport(ratio=LEAST)
