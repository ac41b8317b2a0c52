"""What a person sees and does on the page of a lesson."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.browser

STORM_VISITS = 4
KERNEL = "JSON.parse(document.getElementById('jupyter-config-data').text).kernelId"


@pytest.fixture(scope="module")
def server(serve: Callable[..., Any], course: Path) -> Any:
    return serve(course)


@pytest.fixture(scope="module")
def lesson(server: Any) -> str:
    return f"{server.url}voila/render/00_start_here.ipynb"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_lesson_opens_completely_and_only_from_this_server(
    page_at: Callable[..., Any], lesson: str, width: int, scheme: str
) -> None:
    visit = page_at(lesson, width=width, scheme=scheme)
    assert visit.problems == []
    assert visit.hosts == {urlsplit(lesson).netloc}
    assert visit.page.locator(".widget-slider").is_visible()
    assert visit.page.locator("#starting").is_hidden()
    assert visit.page.locator("#trouble").is_hidden()
    assert not visit.scrolls_sideways
    is_light = visit.page.locator("body").get_attribute("data-jp-theme-light")
    assert is_light == str(scheme == "light").lower()


def test_a_slider_answers(page_at: Callable[..., Any], lesson: str) -> None:
    page = page_at(lesson).page
    page.locator(".noUi-handle").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_text("1 h", exact=True).wait_for()


def test_the_switches_change_the_page_and_are_remembered(
    page_at: Callable[..., Any], lesson: str
) -> None:
    visit = page_at(lesson)
    page = visit.page
    paper = "getComputedStyle(document.body).backgroundColor"
    size = (
        "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
        " * document.querySelector('main p').currentCSSZoom"
    )
    light, small = page.evaluate(paper), page.evaluate(size)
    page.get_by_role("button", name="Dark page").click()
    page.get_by_role("button", name="Larger text").click()

    def check() -> None:
        assert page.evaluate(paper) != light
        assert page.evaluate(size) == 1.5 * small
        assert page.locator("body").get_attribute("data-jp-theme-light") == "false"
        assert page.locator("body").get_attribute("data-jp-theme-name") == "JupyterLab Dark"
        for name in ("Dark page", "Larger text"):
            button = page.get_by_role("button", name=name)
            assert button.get_attribute("aria-pressed") == "true"

    check()
    page.reload()
    visit.wait_until_ready()
    check()


def test_the_keyboard_reaches_the_lesson_and_the_list(
    page_at: Callable[..., Any], lesson: str
) -> None:
    page = page_at(lesson).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the lesson"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "lesson"
    summary = page.locator("details.contents summary")
    summary.press("Enter")
    assert page.locator("details.contents a[aria-current=page]").inner_text() == "Start here"
    page.keyboard.press("Escape")
    assert page.locator("details.contents[open]").count() == 0


def test_navigation_through_the_course(page_at: Callable[..., Any], server: Any) -> None:
    visit = page_at(server.url)
    page = visit.page
    page.get_by_role("link", name="about buttons").click()
    page.wait_for_url("**/01_buttons.ipynb")
    visit.wait_until_ready()
    page.locator("header a[rel=next]").click()
    page.wait_for_url("**/02_broken.ipynb")
    page.locator("a.course").click()
    page.wait_for_url("**/00_start_here.ipynb")


def test_a_query_reaches_the_page(page_at: Callable[..., Any], lesson: str) -> None:
    page = page_at(f"{lesson}?sleep_h=4&caffeine_mg=200").page
    assert page.evaluate("location.search") == "?sleep_h=4&caffeine_mg=200"


def test_closing_the_page_ends_its_kernel(page_at: Callable[..., Any], lesson: str) -> None:
    one, other = page_at(lesson).page, page_at(lesson).page
    address = f"/api/kernels/{one.evaluate(KERNEL)}"
    there = "async (address) => (await fetch(address)).status"
    assert other.evaluate(there, address) == 200
    one.close()
    other.wait_for_function(f"address => ({there})(address).then(s => s === 404)", arg=address)


def test_a_download_does_not_end_the_kernel(page_at: Callable[..., Any], lesson: str) -> None:
    page = page_at(lesson).page
    # The event that a mail link or a download fires, although the page stays.
    page.evaluate("dispatchEvent(new Event('beforeunload', { cancelable: true }))")
    page.locator(".noUi-handle").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_text("1 h", exact=True).wait_for()


def test_an_ended_kernel_is_reported_and_a_new_copy_is_a_click_away(
    page_at: Callable[..., Any], lesson: str
) -> None:
    visit = page_at(lesson)
    page = visit.page
    page.evaluate(f"fetch('/voila/api/shutdown/' + {KERNEL}, {{ method: 'POST' }})")
    page.get_by_text("Your copy of this lesson has ended").wait_for()
    page.get_by_role("button", name="Start a new copy").click()
    page.locator("#trouble").wait_for(state="hidden")
    visit.wait_until_ready()


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("new Uint8Array(8).fill(255)", "This page sent more than the course takes"),
        ("'text'", "This page sent more than the course takes"),
    ],
)
def test_a_copy_that_was_ended_for_taking_too_much_says_what_it_took(
    page_at: Callable[..., Any], lesson: str, bad: str, said: str
) -> None:
    page = page_at(lesson).page
    page.evaluate(
        f"""async () => {{
          const wire = new WebSocket(
            `ws://${{location.host}}/api/kernels/${{{KERNEL}}}/channels?session_id=rude`,
            ["v1.kernel.websocket.jupyter.org"]);
          await new Promise((open) => {{ wire.onopen = open; }});
          for (let i = 0; i < 100; i++) wire.send({bad});
        }}"""
    )
    page.get_by_text(said).wait_for()
    page.get_by_role("button", name="Start a new copy").click()
    page.locator("#trouble").wait_for(state="hidden")


def test_the_text_is_there_before_the_kernel(
    page_at: Callable[..., Any],
    serve: Callable[..., Any],
    write_course: Callable[..., Path],
    tmp_path: Path,
) -> None:
    gate = tmp_path / "gate"
    wait = f"import os, time\nwhile not os.path.exists({str(gate)!r}):\n    time.sleep(0.05)"
    slider = "import ipywidgets as w\nw.IntSlider()"
    write_course(tmp_path, {"00_slow": ["# Slow", wait, slider]})
    server = serve(tmp_path)
    visit = page_at(server.url, ready=False, until="commit")
    visit.page.get_by_role("heading", name="Slow").wait_for()
    starting = visit.page.locator("#starting")
    assert "Starting your own copy of this lesson" in starting.inner_text()
    visit.page.get_by_text(re.compile(r"step \d of 3")).wait_for()
    gate.touch()
    visit.wait_until_ready()
    assert starting.is_hidden()


def test_no_visit_of_many_at_once_is_left_without_its_widgets(
    page_at: Callable[..., Any],
    serve: Callable[..., Any],
    write_course: Callable[..., Path],
    tmp_path: Path,
) -> None:
    panel = "w.VBox([w.FloatSlider(description=f'{n}') for n in range(8)])"
    cells = ["# Many", "import ipywidgets as w", *[panel] * 8]
    write_course(tmp_path, {"00_many": cells})
    url = f"{serve(tmp_path).url}voila/render/00_many.ipynb"
    visits = [page_at(url, ready=False, until="commit") for _ in range(STORM_VISITS)]
    for visit in visits:
        visit.wait_until_ready()
        assert visit.page.locator(".widget-slider").count() == 64
        assert visit.problems == []


def test_a_missing_page_shows_the_way_back(page_at: Callable[..., Any], server: Any) -> None:
    page = page_at(f"{server.url}voila/render/99_none.ipynb", width=390).page
    assert page.get_by_role("heading").inner_text() == "There is no such page"
    page.get_by_role("main").get_by_role("link", name="Buttons").click()
    page.wait_for_url("**/01_buttons.ipynb")
