"""The page's own front end: outputs and widgets of other people's lessons."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from twitchlib.serving.render import parts
from twitchlib.snapshot.states import TARGET

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif("front" not in parts(""), reason="no bundle was built here"),
]

NO_OFFER = f"import comm\ncomm.get_comm_manager().unregister_target({TARGET!r}, None)"
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


def test_a_kernel_without_packed_states_is_asked_the_jupyter_way(
    page_at: Callable[..., Any],
    serve: Callable[..., Any],
    write_course: Callable[..., Path],
    tmp_path: Path,
) -> None:
    cells = ["# Plain", NO_OFFER, "import ipywidgets as w\nw.VBox([w.IntSlider(), w.Button()])"]
    write_course(tmp_path, {"00_plain": cells})
    visit = page_at(serve(tmp_path).url)
    assert visit.page.locator(".widget-slider").count() == 1
    assert visit.page.locator(".widget-button").count() == 1
    assert visit.problems == []
