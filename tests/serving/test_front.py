"""The page's own front end: outputs and widgets of other people's lessons."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import READY
from twitchlib.serving.render import parts

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif("front" not in parts(""), reason="no bundle was built here"),
]

# This kernel cannot pack what the page would carry; the next packs it with other scripts' mark.
UNKNOWN = "import sys\nsys.modules['twitchlib.snapshot.states'] = None"
OTHER = "from twitchlib.snapshot import states\nstates.mark = lambda: 'other'"
LABEL = (
    "<b>bold</b><i onclick='x()'>leaning</i><script>window.bad = 1</script>"
    "<a href='javascript:1'>go</a>"
)
CELLS = [
    "# Widgets",
    "import ipywidgets as w\nout = w.Output()\nwith out:\n    print('printed inside')\nout",
    f"w.IntSlider(description={LABEL!r}, description_allow_html=True)",
    "w.Tab([w.Text('one'), w.IntText(2)], titles=['A', 'B'])",
    "import pandas as pd\npd.DataFrame({'a': [1.5]})",
    "'only text'",
]


@pytest.fixture(scope="module")
def lesson(
    serve: Callable[..., Any],
    write_course: Callable[..., Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    folder = write_course(tmp_path_factory.mktemp("front"), {"00_all": CELLS})
    return str(serve(folder).url)


def test_outputs_and_widgets_of_every_kind(page_at: Callable[..., Any], lesson: str) -> None:
    visit = page_at(lesson)
    page = visit.page
    assert visit.problems == []
    assert not page.evaluate("'jupyterapp' in window")
    page.get_by_text("printed inside").wait_for()
    page.get_by_role("cell", name="1.5").wait_for()
    page.get_by_text("'only text'").wait_for()
    page.get_by_role("tab", name="B").click()
    assert page.locator("input[type=number]:visible").input_value() == "2"


def test_a_label_keeps_its_markup_and_nothing_else(
    page_at: Callable[..., Any], lesson: str
) -> None:
    page = page_at(lesson).page
    label = page.locator(".widget-slider .widget-label")
    assert label.evaluate("l => l.innerHTML") == "<b>bold</b><i>leaning</i><a>go</a>"
    assert page.evaluate("window.bad") is None


def test_a_page_that_carries_no_widgets_or_unknown_ones_borrows_voilas_front_end(
    page_at: Callable[..., Any],
    serve: Callable[..., Any],
    write_course: Callable[..., Path],
    tmp_path: Path,
) -> None:
    shown = "import ipywidgets as w\nw.VBox([w.IntSlider(), w.Button()])"
    kernels = {"00_plain": UNKNOWN, "01_other": OTHER}
    write_course(tmp_path, {name: ["# L", code, shown] for name, code in kernels.items()})
    server = serve(tmp_path, "--no-fork")
    for name, carried in zip(kernels, (0, 1), strict=True):
        page = page_at(f"{server.url}voila/render/{name}.ipynb").page
        assert page.locator("#widget-states").count() == carried
        assert page.evaluate("'jupyterapp' in window")
        assert page.locator(".widget-slider").count() == 1
        assert page.locator(".widget-button").count() == 1


def test_a_browser_that_cannot_unpack_widgets_borrows_it_too(browser: Any, lesson: str) -> None:
    page = browser.new_context().new_page()
    page.add_init_script("delete globalThis.DecompressionStream")
    page.goto(lesson, wait_until="commit")
    page.wait_for_function(READY, timeout=120_000)
    assert page.evaluate("'jupyterapp' in window")
    page.locator(".widget-slider").wait_for()
    page.context.close()


def test_a_lesson_without_widgets_needs_none(
    page_at: Callable[..., Any],
    serve: Callable[..., Any],
    write_course: Callable[..., Path],
    tmp_path: Path,
) -> None:
    write_course(tmp_path, {"00_text": ["# Text", "'only text'"]})
    visit = page_at(serve(tmp_path).url)
    visit.page.get_by_text("'only text'").wait_for()
    assert visit.page.locator("#widget-states").count() == 0
    assert not visit.page.evaluate("'jupyterapp' in window")
    assert visit.problems == []


def test_widgets_before_a_mishap_still_answer(
    page_at: Callable[..., Any],
    serve: Callable[..., Any],
    write_course: Callable[..., Path],
    tmp_path: Path,
) -> None:
    slider = (
        "import ipywidgets as w\nslider, said = w.IntSlider(), w.Label('nothing yet')\n"
        "slider.observe(lambda change: setattr(said, 'value', f'{change.new} h'), 'value')\n"
        "w.VBox([slider, said])"
    )
    write_course(tmp_path, {"00_mishap": ["# Mishap", slider, "1 / 0"]})
    page = page_at(serve(tmp_path).url).page
    page.locator(".noUi-handle").press("ArrowRight")
    page.get_by_text("1 h", exact=True).wait_for()
