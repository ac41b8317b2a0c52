"""A page shows its figures and controls before its kernel has answered."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, WebSocketRoute, expect

from benchmarks.browsing import uncover
from tests.conftest import READY, UNCOVER
from twitchlib.serving.render import parts

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif("front" not in parts(""), reason="no bundle was built here"),
]

SEEN = "document.documentElement?.dataset.state === 'seen'"
CHANNELS = "**/api/kernels/*/channels*"
# Whether everything is drawn, also below the window, where figures and controls come last.
WHOLE = """() => !document.querySelector('.output > script')
  && [...document.querySelectorAll('.tw-figure-plot')].every((plot) =>
    plot.querySelector('.main-svg') || !plot.clientWidth)"""
HERE = "The figures and controls are here; your own copy, which answers, is on its way"
MOST_REQUESTS = 40
# Numbers every figure and control once, and returns where each is.
PLACES = """() => [...document.querySelectorAll(
    '.tw-figure-view, .js-plotly-plot, .main-svg, .tw-panel, input, button'
  )].map((node, number) => {
    node.seenAs ??= number;
    const { x, y, width, height } = node.getBoundingClientRect();
    return [node.seenAs, x + scrollX, y + scrollY, width, height].map(Math.round).join();
  })"""
# Draws each figure of the page once more, in one go; returns the first difference of each, if any.
AGAIN = """async () => {
  const shape = (plot) => [...plot.querySelectorAll('.main-svg :is(path, rect, line, text, image)')]
    .map((one) => [one.tagName, one.textContent, ...['d', 'x', 'y', 'x1', 'y1', 'width', 'height',
      'transform', 'style'].map((name) => one.getAttribute(name))].join()
      .replaceAll(plot._fullLayout._uid, ''));
  const { newPlot } = await globalThis[Symbol.for('twitchlib.plotly')];
  const others = [];
  for (const plot of document.querySelectorAll('.js-plotly-plot')) {
    const before = shape(plot);
    await newPlot(plot, plot.data, plot.layout, plot._context);
    const after = shape(plot);
    const at = before.findIndex((one, number) => one !== after[number]);
    if (at >= 0 || before.length !== after.length) others.push([before[at], after[at]]);
  }
  return others;
}"""
# Connections are refused until `Refusal.open`; Playwright itself can only leave them unanswered.
REFUSED = """
const Real = WebSocket;
globalThis.WebSocket = class {
  constructor(...how) {
    if (globalThis.mayConnect) return new Real(...how);
    setTimeout(() => this.onerror?.(new Event("error")));
  }
  close() {}
};
"""


class Refusal:
    """Refuses a page its connection to the kernel until it is opened."""

    def __init__(self, page: Page) -> None:
        self._page = page
        page.add_init_script(REFUSED)

    def open(self) -> None:
        """Let the page connect; it tries again and again."""
        self._page.evaluate("globalThis.mayConnect = true")


class Silence:
    """Leaves what a page sends to its kernel unanswered until it is opened."""

    def __init__(self, page: Page) -> None:
        self._held: list[WebSocketRoute] = []
        self._open = False
        page.route_web_socket(CHANNELS, self._connect)

    def _connect(self, connection: WebSocketRoute) -> None:
        if self._open:
            connection.connect_to_server()
        else:
            self._held.append(connection)

    def open(self) -> None:
        """Let the page reach its kernel: its held connections break, and it tries again."""
        self._open = True
        for connection in self._held:
            connection.close(code=1012)


@pytest.fixture
def visit(browser: Browser, course: str) -> Iterator[Callable[..., Page]]:
    contexts = []

    def open_(lesson: str, prepare: Callable[[Page], Any], **options: Any) -> Page:
        contexts.append(browser.new_context(**options))
        contexts[-1].set_default_timeout(120_000)
        page = contexts[-1].new_page()
        prepare(page)
        page.goto(f"{course}voila/render/{lesson}.ipynb", wait_until="commit")
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("lesson", ["01_nervous_system", "03_triggers"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_moves_when_the_kernel_answers(
    visit: Callable[..., Page], lesson: str, width: int
) -> None:
    gates: list[Silence] = []
    viewport = {"width": width, "height": 900}
    page = visit(lesson, lambda page: gates.append(Silence(page)), viewport=viewport)
    page.wait_for_function(SEEN)
    expect(page.locator("#starting-words")).to_have_text(HERE)
    expect(page.locator("#trouble")).to_be_hidden()
    page.wait_for_function(WHOLE)
    before = page.evaluate(PLACES)
    assert len(before) > 10
    gates[0].open()
    page.wait_for_function(READY)
    expect(page.locator("#starting")).to_be_hidden()
    assert page.evaluate(PLACES) == before


@pytest.mark.parametrize("gate", [Refusal, Silence])
def test_a_prediction_before_the_kernel_answers_is_kept_and_uncovers_the_figure(
    visit: Callable[..., Page], gate: type[Refusal | Silence]
) -> None:
    gates: list[Refusal | Silence] = []
    page = visit("03_triggers", lambda page: gates.append(gate(page)))
    page.wait_for_function(SEEN)
    question, answer = page.locator(".tw-predicted").first, page.locator(".tw-observed").first
    choice = question.get_by_role("radio").nth(1)
    choice.check()
    question.get_by_role("button", name="I predict this").press("Enter")
    expect(choice).to_be_checked()
    expect(answer.get_by_role("slider")).to_have_count(0)
    gates[0].open()
    page.wait_for_function(READY)
    expect(answer).to_contain_text("You predicted")
    expect(answer.get_by_role("slider").first).to_be_visible()


def test_a_kernel_that_ended_before_the_page_reached_it_is_reported(
    visit: Callable[..., Page],
) -> None:
    gates: list[Silence] = []
    page = visit("03_triggers", lambda page: gates.append(Silence(page)))
    page.wait_for_function(SEEN)
    kernel = page.evaluate(
        "JSON.parse(document.getElementById('jupyter-config-data').text).kernelId"
    )
    page.evaluate("kernel => fetch(`/voila/api/shutdown/${kernel}`, { method: 'POST' })", kernel)
    gates[0].open()
    page.get_by_text("Your copy of this lesson has ended").wait_for()
    expect(page.locator(".tw-predicted").first).to_be_visible()


def test_each_file_is_requested_once(visit: Callable[..., Page]) -> None:
    sent: list[Request] = []
    page = visit("03_triggers", lambda page: page.on("request", lambda r: sent.append(r)))
    page.wait_for_function(READY)
    page.evaluate(UNCOVER)
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    # On a busy machine the page also fetches what takes longer, to count how much has arrived.
    addresses = [request.url for request in sent if request.resource_type != "fetch"]
    assert len(addresses) == len(set(addresses))
    assert len(sent) <= MOST_REQUESTS


def test_a_figure_drawn_in_slices_is_the_same_as_one_drawn_at_once(
    visit: Callable[..., Page],
) -> None:
    count = """
      globalThis.pauses = 0;
      const pause = scheduler.yield.bind(scheduler);
      scheduler.yield = () => { globalThis.pauses += 1; return pause(); };
    """
    page = visit("03_triggers", lambda page: page.add_init_script(count))
    page.wait_for_function(READY)
    before = page.evaluate("pauses")
    uncover(page)
    figures = page.locator(".js-plotly-plot").count()
    assert figures >= 2
    assert page.evaluate("pauses") - before >= 10 * figures
    assert page.evaluate(AGAIN) == []
