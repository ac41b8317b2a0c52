"""A lesson in JupyterLab, in a window of 1000 or 1280 pixels with the file browser open."""

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DEADLINE_S, run_all_in_lab
from tests.tabs import Tabs

pytestmark = pytest.mark.browser

PROSE = """# A lesson

Some prose.

<details>
<summary>A question</summary>

Its answer.
</details>
"""
SHOWN = (
    "from twitchlib.widgets import CaffeineDay, Quiz, kind_card, normal_situations, signal_path",
    'kind_card("clonus")',
    "normal_situations()",
    'signal_path("axon")',
    "CaffeineDay()",
    'Quiz("03_triggers")',
)


def write(lab: tuple[str, Path], name: str, cells: list[NotebookNode]) -> str:
    """Write a notebook, and return its address."""
    address, here = lab
    made = new_notebook(cells=cells)
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(made, here / name)
    return f"{address}/lab/tree/{name}?reset"


@pytest.fixture(scope="module")
def notebook(lab: tuple[str, Path], browser: Browser) -> Iterator[Page]:
    folded = {"jupyter": {"source_hidden": True}}
    cells = [new_code_cell(source, metadata=folded) for source in SHOWN]
    address = write(lab, "look.ipynb", [new_markdown_cell(PROSE), *cells])
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    context.set_default_timeout(DEADLINE_S * 1000)
    page = context.new_page()
    run_all_in_lab(page, address)
    page.evaluate("jupyterapp.shell.expandLeft()")
    # JupyterLab puts off the layout of cells that are out of view.
    page.add_style_tag(content=".jp-Cell { content-visibility: visible !important }")
    expect(page.locator(".tw-quiz .tw-question")).to_be_attached()
    expect(page.locator(".tw-facing .js-plotly-plot .main-svg").first).to_be_attached()
    yield page
    context.close()


def test_widgets_have_the_text_size_of_the_prose(notebook: Page) -> None:
    def size(selector: str) -> str:
        found = notebook.locator(selector).first
        return str(found.evaluate("(element) => getComputedStyle(element).fontSize"))

    prose = size(".jp-MarkdownOutput p")
    for place in (".tw-card dd", ".tw-findings p", ".tw-head label", ".tw-question label"):
        assert size(place) == prose, place
    small = size(".tw-figure-notes figcaption")
    assert small == size(".tw-note")
    assert float(small[:-2]) < float(prose[:-2])


def test_the_columns_of_cards_are_wide_enough(notebook: Page) -> None:
    """No column is so narrow that its lines are single words, unless it has only one line."""
    narrow = notebook.evaluate(
        """() => [...document.querySelectorAll(".tw-card > *, .tw-findings > li > div")].filter(
          (part) => {
            const { width, height } = part.getBoundingClientRect();
            return width < 7 * parseFloat(getComputedStyle(part).fontSize) && height > 30;
          }).map((part) => part.textContent)"""
    )
    assert narrow == []


@pytest.mark.parametrize("width", [1000, 1280])
def test_nothing_is_wider_than_its_output(notebook: Page, width: int) -> None:
    notebook.set_viewport_size({"width": width, "height": 800})
    notebook.wait_for_function(  # the notebook is resized a little later than its window
        "Math.abs(document.querySelector('.jp-LabShell').clientWidth - innerWidth) < 1"
    )
    wider = notebook.evaluate(
        """() => [...document.querySelectorAll(".jp-WindowedPanel-outer, .jp-OutputArea-output")]
          .filter((part) => part.scrollWidth > part.clientWidth)
          .map((part) => [part.className, part.scrollWidth, part.clientWidth])"""
    )
    assert wider == []


def test_controls_stand_beside_their_figure_where_there_is_room(notebook: Page) -> None:
    notebook.set_viewport_size({"width": 1280, "height": 800})
    notebook.wait_for_function(
        """() => {
          const [stage, asked] = [".tw-stage", ".tw-asked"].map((part) =>
            document.querySelector(`.tw-facing > ${part}`).getBoundingClientRect());
          return asked.right <= stage.left && Math.abs(asked.top - stage.top) < 16;
        }"""
    )


@pytest.mark.parametrize("width", [1000, 1280])
def test_a_stage_stays_in_view_while_its_controls_scroll_past(notebook: Page, width: int) -> None:
    notebook.set_viewport_size({"width": width, "height": 800})
    notebook.evaluate("document.querySelector('.tw-facing .tw-foot').scrollIntoView(false)")
    notebook.wait_for_function(
        """() => {
          const seen = document.querySelector(".jp-WindowedPanel-outer").getBoundingClientRect();
          const stage = document.querySelector(".tw-facing > .tw-stage").getBoundingClientRect();
          return stage.top >= seen.top - 1 && stage.bottom <= seen.bottom + 1;
        }"""
    )


def test_code_is_folded_and_can_be_opened(notebook: Page) -> None:
    folded = notebook.locator(".jp-CodeCell .jp-InputPlaceholder")
    expect(folded).to_have_count(len(SHOWN))
    assert notebook.locator(".jp-CodeCell .jp-InputArea-editor:visible").count() == 0
    folded.nth(1).click()
    expect(notebook.locator(".jp-CodeCell .jp-InputArea-editor:visible")).to_have_count(1)


def test_a_fold_in_the_prose_has_a_box(notebook: Page) -> None:
    fold = notebook.locator(".jp-MarkdownOutput details")
    expect(fold).to_have_css("border-top-style", "solid")
    expect(fold.locator("summary")).to_have_css("font-weight", "600")


LESSON = (
    "# A lesson",
    "from twitchlib.widgets import CaffeineDay, eyelid, observe, predict\n\neyelid()",
    'predict("cola-espresso")',
    'observe("cola-espresso", CaffeineDay())',
    *(f"## Step {number}\n\n" + "Some prose.\n\n" * 20 for number in range(3)),
    "from twitchlib.widgets import Quiz\n\nQuiz('03_triggers')",
    "## Take away",
)


@pytest.fixture
def long_lesson(lab: tuple[str, Path], tabs: Tabs) -> tuple[str, Page]:
    """Write a lesson that is longer than the window; return its address."""
    cells = [
        new_markdown_cell(source) if source.startswith("#") else new_code_cell(source)
        for source in LESSON
    ]
    return write(lab, f"long{len(list(lab[1].glob('*.ipynb')))}.ipynb", cells), tabs.open(lab[0])


SCROLLED = "document.querySelector('.jp-WindowedPanel-outer').scrollTop"


def test_run_all_ends_at_the_beginning_of_a_lesson(long_lesson: tuple[str, Page]) -> None:
    address, page = long_lesson
    run_all_in_lab(page, address)
    expect(page.locator(".tw-quiz .tw-question")).to_be_attached()
    page.wait_for_function(f"{SCROLLED} === 0")
    page.mouse.move(700, 400)
    page.mouse.wheel(0, 600)
    page.wait_for_function(f"{SCROLLED} > 300")  # a reader who scrolls is not taken back


def test_running_cell_by_cell_does_not_scroll_back(long_lesson: tuple[str, Page]) -> None:
    address, page = long_lesson
    page.goto(address)
    page.locator(".jp-Notebook").wait_for()
    page.wait_for_function("window.jupyterapp?.shell.currentWidget?.sessionContext")
    page.evaluate("jupyterapp.shell.currentWidget.sessionContext.ready.then(() => 0)")
    for _ in LESSON[:-1]:
        page.evaluate("jupyterapp.commands.execute('notebook:run-cell-and-select-next')")
    expect(page.locator(".tw-quiz .tw-question")).to_be_attached()
    page.wait_for_function(f"{SCROLLED} > 300")
    assert page.evaluate(f"{SCROLLED} > 300")
